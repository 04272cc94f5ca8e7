import { describe, expect, test, vi } from 'vitest';
import type { Hook } from '../../src/capture/page/hook.ts';
import { arm, defaults, type Fn, FoundTarget, find, globals, look, marks, Widget } from './pictures-page.ts';

describe('calls through a hook', () => {
  /** Uses the function that stands at tFn, once without a hook and once with one: nothing may differ. */
  function same(make: () => object, use: (fn: never) => unknown): void {
    const observe = (hooked: boolean) => {
      globals.tFn = make();
      const hook = hooked ? arm('tFn') : null;
      try {
        return { returned: use(globals.tFn as never) };
      } catch (error) {
        return { threw: error instanceof Error ? `${error.name}: ${error.message}` : error };
      } finally {
        hook?.release();
      }
    };
    expect(observe(true)).toEqual(observe(false));
  }
  const receiver = { me: 1 };
  class Base {
    made: unknown;
    constructor(...args: unknown[]) {
      this.made = [args, new.target === Base, new.target.name];
    }
    who() {
      return 'base';
    }
    static who() {
      return `static ${Base.name}`;
    }
  }
  const sloppy = () =>
    function sum(this: unknown, a: number, b: number) {
      return [this, a, b];
    };

  test.each<[string, () => object, (fn: never) => unknown]>([
    ['this and arguments', sloppy, (fn: Fn) => fn.call(receiver as never, 1 as never, 2 as never)],
    ['no this', sloppy, (fn: Fn) => fn()],
    ['apply', sloppy, (fn: Fn) => fn.apply(null, [1, 2] as never)],
    ['bind', sloppy, (fn: Fn) => fn.bind(receiver as never, 1 as never)()],
    [
      'what it throws',
      () => () => {
        throw new RangeError('as planned');
      },
      (fn: () => void) => fn(),
    ],
    [
      'thrown things that are no errors',
      () => () => {
        throw receiver;
      },
      (fn: () => void) => fn(),
    ],
    ['new, its arguments and new.target', () => Base, (fn: typeof Base) => new fn(1, 2)],
    [
      'instances',
      () => Base,
      (fn: typeof Base) => {
        const one = new fn();
        return [one instanceof fn, one instanceof Base, one.who(), one.constructor === Base];
      },
    ],
    ['prototypes of instances', () => Base, (fn: typeof Base) => Reflect.getPrototypeOf(new fn()) === Base.prototype],
    [
      'subclasses',
      () => Base,
      (fn: typeof Base) => {
        class Sub extends fn {
          override who() {
            return `sub of ${super.who()}`;
          }
        }
        const one = new Sub(3);
        return [one, one instanceof Sub, one instanceof Base, one.who(), Sub.who()];
      },
    ],
    [
      'another new.target',
      () => Base,
      (fn: typeof Base) => Reflect.getPrototypeOf(Reflect.construct(fn, [], Array)) === Array.prototype,
    ],
    ['a class called without new', () => Base, (fn: never) => (fn as Fn)()],
    ['an arrow called with new', () => () => 0, (fn: never) => new (fn as new () => object)()],
    [
      'constructors that return something else',
      () => () => receiver,
      (fn: never) => new (fn as new () => object)() === receiver,
    ],
    ['name and length', sloppy, (fn: Fn) => [fn.name, fn.length, typeof fn]],
    ['own properties', () => Object.assign(() => 0, { extra: receiver }), (fn: never) => look(fn as object)],
    ['the prototype', () => Base, (fn: typeof Base) => fn.prototype === Base.prototype],
    [
      'what it inherits',
      () => Base,
      (fn: typeof Base) => [fn.who(), Reflect.getPrototypeOf(fn) === Function.prototype],
    ],
    [
      'generators',
      () =>
        function* () {
          yield 1;
          yield 2;
        },
      (fn: () => Iterable<number>) => [...fn()],
    ],
    ['tests of kind', () => async () => 0, (fn: Fn) => Object.prototype.toString.call(fn)],
  ])('keep %s', (_, make, use) => {
    same(make, use);
  });

  test('let properties be set on the function itself', () => {
    const fn: Fn & { extra?: number } = () => 0;
    globals.tFn = fn;
    const hook = arm('tFn');
    (globals.tFn as typeof fn).extra = 5;
    hook.release();
    expect(fn.extra).toBe(5);
  });

  test('give back the very value and the very exception', () => {
    const value = {};
    globals.tApp = {
      give: () => value,
      fail: () => {
        throw value;
      },
    };
    const hooks = [arm('tApp.give'), arm('tApp.fail')];
    const { give, fail } = globals.tApp as { give: Fn; fail: Fn };
    expect(give()).toBe(value);
    let thrown: unknown;
    try {
      fail();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBe(value);
    for (const hook of hooks) hook.release();
  });

  test('leave marks around them, with how they ended', () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    globals.tFn = (what: string) => {
      if (what === 'throw') throw new Error('as planned');
      return {
        value: 1,
        promise: Promise.resolve(1),
        thenable: Object.fromEntries([['then', () => 0]]),
        revoked: revoked.proxy,
      }[what];
    };
    const hook = arm('tFn');
    const call = globals.tFn as (what: string) => unknown;
    for (const what of ['value', 'promise', 'thenable', 'revoked']) call(what);
    expect(() => call('throw')).toThrow('as planned');
    const outcomes = ['returned', 'returned a promise', 'returned', 'returned', 'threw'];
    expect(hook.release().kept).toEqual(outcomes.map((outcome, i) => [i, outcome]));
    expect(marks).toEqual(outcomes.flatMap((outcome, i) => [`flambe:c0ffee:${i}`, `flambe:c0ffee:${i}:${outcome}`]));
  });

  test('count as one with all that they call of themselves', () => {
    globals.tFn = (n: number): number => (n === 0 ? 0 : 1 + (globals.tFn as (n: number) => number)(n - 1));
    const hook = arm('tFn');
    expect((globals.tFn as (n: number) => number)(5)).toBe(5);
    expect(hook.release()).toMatchObject({ begun: 1, ended: 1 });
    expect(marks).toEqual(['flambe:c0ffee:0', 'flambe:c0ffee:0:returned']);
  });

  test('find the target itself in its place, and with the last one the hook is off', () => {
    const seen: unknown[] = [];
    const fn = () => seen.push(globals.tFn);
    globals.tFn = fn;
    const hook = arm('tFn', { calls: 2 });
    const standIn = globals.tFn as Fn;
    for (let i = 0; i < 4; i++) (globals.tFn as Fn)();
    expect(seen).toEqual([fn, fn, fn, fn]);
    expect(globals.tFn).toBe(fn);
    expect(hook.state).toMatchObject({ begun: 2, ended: 2, isOver: true, trouble: null });
    // A reference that the page took keeps working, without marks.
    standIn();
    expect(marks.length).toBe(4);
  });

  test('still get their end mark when the hook is taken off while they run', () => {
    const fn = () => hook.release();
    globals.tFn = fn;
    const hook: Hook = arm('tFn');
    (globals.tFn as Fn)();
    expect(globals.tFn).toBe(fn);
    expect(marks).toEqual(['flambe:c0ffee:0', 'flambe:c0ffee:0:returned']);
  });

  test('are told apart as console profiles where those are the marks', () => {
    globals.tFn = () => 0;
    const hook = arm('tFn', { marks: 'profile' });
    (globals.tFn as Fn)();
    hook.release();
    expect(marks).toEqual(['profile flambe:c0ffee:0', 'profileEnd flambe:c0ffee:0']);
  });

  test('go through though the page has replaced what the hook needs', () => {
    globals.tFn = () => 1;
    const hook = arm('tFn');
    const { apply } = Reflect;
    const { timeStamp } = console;
    Object.assign(Reflect, { apply: null });
    Object.assign(console, { timeStamp: null });
    try {
      expect((globals.tFn as Fn)()).toBe(1);
    } finally {
      Object.assign(Reflect, { apply });
      Object.assign(console, { timeStamp });
    }
    expect(hook.release().kept).toEqual([[0, 'returned']]);
    expect(marks.length).toBe(2);
  });
});

test('a hooked function gives its own source', () => {
  function target() {
    return 'of its own';
  }
  globals.tFn = target;
  const hook = arm('tFn');
  const hooked = globals.tFn as Fn;
  expect(hooked).not.toBe(target);
  expect([String(hooked), `${hooked}`, hooked.toString()]).toEqual(Array(3).fill(String(target)));
  hook.release();
});

describe('a call that Flambe makes itself', () => {
  const run = (path: string, args: unknown[], isClass = false) => {
    const found = find(path);
    if (!(found instanceof FoundTarget)) throw new Error(JSON.stringify(found));
    const hook = found.wrap(defaults);
    return { result: hook.run(found.receiver, args, isClass), state: hook.release() };
  };

  test('has the owner as this, and gives what comes back', () => {
    const app = {
      add(this: unknown, a: number, b: number) {
        return [this, a + b];
      },
    };
    globals.tApp = app;
    expect(run('tApp.add', [1, 2])).toMatchObject({
      result: { outcome: 'returned', value: [app, 3] },
      state: { kept: [[0, 'returned']] },
    });
    expect(marks.length).toBe(2);
  });

  test('gives what is thrown, and makes instances of classes', () => {
    const error = new Error('as planned');
    globals.tApp = {
      fail: () => {
        throw error;
      },
      Widget,
    };
    expect(run('tApp.fail', []).result).toEqual({ outcome: 'threw', value: error });
    expect(run('tApp.Widget', [], true).result.value).toBeInstanceOf(Widget);
  });

  test('touches nothing of the page and leaves no timer', () => {
    const app = { fn: () => look(app) };
    globals.tApp = app;
    const before = look(app);
    expect(run('tApp.fn', []).result.value).toEqual(before);
    expect(vi.getTimerCount()).toBe(0);
  });
});
