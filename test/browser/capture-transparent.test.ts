import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callTree } from '../../src/capture/trees.ts';
import { callCount } from '../../src/profile/model.ts';
import { type AttachedSession, attach } from '../harness/cdp.ts';
import { arm, openStage, remember, type Stage } from './pages/stage.ts';

interface Row {
  /** What the page must not be able to tell apart. */
  readonly what: string;
  readonly target: string;
  /** How the page sees it, as a value that JSON can hold. */
  readonly see: string;
  /** Outermost calls that `see` makes. */
  readonly calls: number;
}

const rows: readonly Row[] = [
  {
    what: 'this',
    target: 'look',
    see: `(() => {
      const self = {};
      return [look.call(self).self === self, look().self === window, { look }.look().self.look.name];
    })()`,
    calls: 3,
  },
  {
    what: 'a primitive this',
    target: 'strict',
    see: '[strict.call(1), strict.call("x"), strict.call(null), typeof strict()]',
    calls: 4,
  },
  {
    what: 'arguments',
    target: 'look',
    see: '(() => { const it = {}; const { args } = look(it, undefined, 3); return [args[0] === it, args.length, args]; })()',
    calls: 1,
  },
  {
    what: 'what is returned',
    target: 'give',
    see: `[{}, [], Symbol(), () => 0, new Proxy({}, {}), -0, NaN, null, undefined, 2n ** 70n, Promise.resolve()]
      .map((value) => Object.is(give(value), value))`,
    calls: 11,
  },
  {
    what: 'a returned proxy that was revoked',
    target: 'give',
    see: `(() => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return give(proxy) === proxy;
    })()`,
    calls: 1,
  },
  {
    what: 'what is thrown',
    target: 'fail',
    see: `[new Error('x'), 'text', undefined, null, {}].map((thrown) => {
      try { fail(thrown); } catch (caught) { return Object.is(caught, thrown); }
    })`,
    calls: 5,
  },
  {
    what: 'the message and, but for the hook, the stack of an error',
    target: 'trip',
    see: `(() => {
      try { trip(); } catch (error) {
        return [error.message, error.stack.split('\\n').filter((line) => !line.includes('flambe-hook'))];
      }
    })()`,
    calls: 1,
  },
  {
    what: 'new and new.target',
    target: 'look',
    see: `(() => {
      class Sub extends look {}
      class Other {}
      const all = [new look(1), new Sub(2), Reflect.construct(look, [3], Other)];
      return all.map(({ newTarget, args }) => [owners.includes(newTarget), newTarget === Sub, newTarget === Other, args]);
    })()`,
    calls: 3,
  },
  {
    what: 'what new makes',
    target: 'Widget',
    see: `(() => {
      const made = new Widget(4);
      return [made instanceof Widget, made.render(2), Object.getPrototypeOf(made) === Widget.prototype, Object.keys(made)];
    })()`,
    calls: 1,
  },
  {
    what: 'that a class cannot be called',
    target: 'Widget',
    see: '(() => { try { return Widget(); } catch (error) { return [error.name, error instanceof TypeError]; } })()',
    calls: 1,
  },
  {
    what: 'that a method is no constructor',
    target: 'app.times',
    see: '(() => { try { return new app.times(); } catch (error) { return error.name; } })()',
    calls: 0,
  },
  {
    what: 'name, length, prototype and own properties',
    target: 'look',
    see: `[look.name, look.length, look.note, look.prototype.shared, look.prototype.constructor.note, typeof look,
      Reflect.ownKeys(look), JSON.stringify(Object.getOwnPropertyDescriptors(look)), Object.prototype.toString.call(look)]`,
    calls: 0,
  },
  {
    what: 'that properties can be set and deleted',
    target: 'look',
    see: `(() => {
      look.fresh = 1;
      const keys = Object.keys(look);
      return [keys, delete look.fresh, 'fresh' in look];
    })()`,
    calls: 0,
  },
  {
    what: 'the attributes of the property',
    target: 'odd.hidden',
    see: `(({ value, ...attributes }) => attributes)(Object.getOwnPropertyDescriptor(odd, 'hidden'))`,
    calls: 0,
  },
  {
    what: 'the order of properties',
    target: 'app.times',
    see: '[Object.keys(app), Object.getOwnPropertyNames(window).indexOf("app"), Object.getOwnPropertyNames(frames[0])]',
    calls: 0,
  },
  {
    what: 'the keys of an instance',
    target: 'widget.render',
    see: '[Object.keys(widget), (() => { const keys = []; for (const key in widget) keys.push(key); return keys; })()]',
    calls: 0,
  },
  { what: 'the names of the globals', target: 'plain', see: 'Object.getOwnPropertyNames(window)', calls: 0 },
  { what: 'recursion, which is one call', target: 'fib', see: '[fib(7), fib(3)]', calls: 2 },
  { what: 'two functions that call each other', target: 'ping', see: 'ping(5)', calls: 1 },
];

let stage: Stage;
let page: Page;
let session: AttachedSession;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('kinds.html');
  session = await attach(page, { trusted: true });
});

afterAll(() => stage?.close());

test.each(rows)('the page cannot tell $what', async ({ target, see, calls }) => {
  const expected = await page.evaluate(see);
  const changes = await remember(page);
  const armed = await arm(session, target, 1000);
  const seen = await page.evaluate(see);
  armed.cancel();
  const captured = await armed.finished;
  expect(seen).toEqual(expected);
  expect(await changes()).toEqual([]);
  expect(captured.end).toBe('cancelled');
  expect(callCount(captured.calls)).toBe(calls);
});

test('nested calls stand in the tree of the outer one', async () => {
  const armed = await arm(session, 'fib', 1);
  await page.evaluate('fib(30)');
  const captured = await armed.finished;
  const tree = callTree(captured, 'all');
  const names = new Set(Array.from(tree.frame, (frame) => tree.frames.name[frame]));
  expect(names).toContain('fib');
  expect(Math.max(...tree.depth)).toBeGreaterThan(5);
  expect(
    [...names].filter((name) => !['fib', '(not sampled)', '(garbage collector)', '(program)'].includes(name!)),
  ).toEqual([]);
});

test('an exception shows as the outcome of its call', async () => {
  const armed = await arm(session, 'fail', 2);
  await page.evaluate('for (let i = 0; i < 2; i++) try { fail(i); } catch {}');
  expect((await armed.finished).calls.outcome).toEqual(['threw', 'threw']);
});
