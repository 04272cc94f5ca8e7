import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callTree } from '../../src/capture/trees.ts';
import { activeTime, type Outcome } from '../../src/profile/model.ts';
import { type AttachedSession, attach } from '../harness/cdp.ts';
import { captureWhile, openStage, remember, type Stage, samplers } from './pages/stage.ts';

interface Row {
  readonly what: string;
  readonly target: string;
  /** Calls the target and says what came of it. */
  readonly use: string;
  readonly calls?: number;
  readonly kind?: string;
  readonly outcome?: Outcome;
  readonly name: string;
  /** The text in the page at which the target stands; left out for what has no place. */
  readonly at?: string;
  /** Whether it takes the 1 ms a call that most functions of the page take. Default true. */
  readonly slow?: false;
}

const rows: readonly Row[] = [
  {
    what: 'a function',
    target: 'plain',
    use: '[plain(1), window.plain(3, 4)]',
    calls: 2,
    name: 'plain',
    at: '(a, b = 2)',
  },
  {
    what: 'a method of an object',
    target: 'app.times',
    use: 'app.times(7)',
    name: 'times',
    at: 'times(x)',
    kind: 'function',
  },
  {
    what: 'a method of a prototype, called on every instance',
    target: 'Widget.prototype.render',
    use: '[widget.render(2), otherWidget.render(2)]',
    calls: 2,
    name: 'render',
    at: 'render(scale)',
  },
  {
    what: 'an inherited method, called on this instance only',
    target: 'widget.render',
    use: '[otherWidget.render(2), widget.render(2), Object.keys(widget)]',
    name: 'render',
    at: 'render(scale)',
    kind: 'method',
  },
  {
    what: 'a class: new, super, Reflect.construct',
    target: 'Widget',
    use: `(() => {
      class Sub extends Widget {}
      class Other {}
      const made = [new Widget(7), new Sub(8), Reflect.construct(Widget, [9], Other)];
      return made.map((it) => [it.size, it.madeBy, it.constructor.name, it instanceof Widget, it instanceof Sub]);
    })()`,
    calls: 3,
    name: 'Widget',
    kind: 'class',
  },
  { what: 'a top-level let', target: 'rebindable', use: 'rebindable(21)', name: 'rebindable', at: '(x) =>' },
  {
    what: 'a top-level class',
    target: 'Gadget',
    use: '[new Gadget(2).size, new Gadget(3).madeBy]',
    calls: 2,
    name: 'Gadget',
    kind: 'class',
  },
  {
    what: 'an async function',
    target: 'later',
    use: 'later("soon")',
    name: 'later',
    at: '(value)',
    kind: 'async function',
    outcome: 'returned a promise',
  },
  {
    what: 'a generator function',
    target: 'upTo',
    use: '[...upTo(3)]',
    name: 'upTo',
    at: '(n)',
    kind: 'generator',
    slow: false,
  },
  { what: 'a bound function', target: 'bound', use: 'bound(2)', name: 'bound plain' },
  { what: 'a native function', target: 'JSON.parse', use: `JSON.parse('{"a": [1]}')`, name: 'parse', slow: false },
  { what: 'a numbered key', target: 'list[0]', use: 'list[0]()', name: '0', at: '() =>' },
  { what: 'a key with a space', target: 'odd["my fn"]', use: 'odd["my fn"]()', name: 'my fn', at: "'my fn'()" },
  { what: 'a hidden property', target: 'odd.hidden', use: 'odd.hidden()', name: 'value', at: '() =>' },
  {
    what: 'a symbol',
    target: 'odd[Symbol.iterator]',
    use: '[...odd]',
    name: '[Symbol.iterator]',
    at: '[Symbol.iterator]()',
  },
  {
    what: 'an expression',
    target: 'getApp().store.dispatch',
    use: 'store.dispatch(4)',
    name: 'dispatch',
    at: 'dispatch(n)',
  },
];

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

let stage: Stage;
let page: Page;
let source: readonly string[];

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('kinds.html');
  source = (await readFile(path.join(import.meta.dirname, 'pages/kinds.html'), 'utf8')).split('\n');
});

afterAll(() => stage?.close());

describe.each(samplers)('with the $sampler domain, capture', ({ sampler, trusted }) => {
  let session: AttachedSession;
  beforeAll(async () => {
    session = await attach(page, { trusted });
  });
  afterAll(() => session?.detach());

  test.each(rows)(
    'clocks the calls of $what',
    async ({ target, use, calls = 1, kind, outcome = 'returned', name, at, slow }) => {
      const expected = await page.evaluate(use);
      const changes = await remember(page);
      const { captured, value } = await captureWhile(page, session, target, calls, use);
      expect(value).toEqual(expected);
      expect(await changes()).toEqual([]);

      const { fn, calls: table } = captured;
      expect(captured).toMatchObject({
        sampler,
        end: 'complete',
        askedCalls: calls,
        page: { url: stage.url('kinds.html') },
      });
      expect(table.outcome).toEqual(Array(calls).fill(outcome));
      if (kind) expect(fn.kind).toBe(kind);
      expect(fn.name).toBe(name);
      if (at) expect(source[fn.line - 1]).toContain(at);

      const times = [...Array(calls).keys()].map((call) => activeTime(table, call));
      for (const call of [...Array(calls).keys(), 'all'] as const) {
        const clocked = call === 'all' ? sum(times) : times[call]!;
        const tree = callTree(captured, call);
        expect(tree.total[0]).toBe(clocked);
        const { frames } = tree;
        const root = tree.frame[0]!;
        expect([frames.name[root], frames.url[root], frames.line[root]]).toEqual([fn.name, fn.url, fn.line]);
        expect(frames.url.filter((_, frame) => tree.frame.includes(frame)).join()).not.toContain('flambe');
        if (slow !== false) expect(clocked).toBeGreaterThan(980);
      }
    },
  );

  test('evaluates an expression exactly once', async () => {
    const before = await page.evaluate<number>('timesAsked');
    await captureWhile(page, session, 'getApp().store.dispatch', 1, 'store.dispatch(1)');
    expect(await page.evaluate('timesAsked')).toBe(before + 1);
  });
});
