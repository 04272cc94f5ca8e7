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

describe('news', () => {
  test('come when there is something else than is known, and when the hook is done', async () => {
    globals.tFn = () => 0;
    const hook = arm('tFn', { calls: 2 });
    const call = () => (globals.tFn as Fn)();
    const finished = hook.finished();
    const first = hook.news(0, 0);
    call();
    expect(await first).toMatchObject({ begun: 1, ended: 1, isOver: false });
    // What happened before anybody asked is told at once.
    expect(await hook.news(0, 0)).toMatchObject({ begun: 1, ended: 1 });
    const second = hook.news(1, 1);
    call();
    expect(await second).toMatchObject({ begun: 2, ended: 2, isOver: true });
    expect(await finished).toMatchObject({ begun: 2, ended: 2, isOver: true });
    expect(await hook.news(2, 2)).toMatchObject({ isOver: true });
  });

  test('come when the hook is taken off', async () => {
    globals.tFn = () => 0;
    const hook = arm('tFn');
    const waiting = [hook.news(0, 0), hook.finished()];
    hook.release();
    expect(await Promise.all(waiting)).toMatchObject([{ isOver: true }, { isOver: true }]);
  });
});

describe('calls that must last longer than 5 ms', () => {
  /** Takes so many milliseconds of the clock that stands still otherwise. */
  const take = (milliseconds: number) => vi.advanceTimersByTime(milliseconds);

  test('are kept where they do, and dropped where they do not; the others do not count', () => {
    globals.tFn = take;
    const hook = arm('tFn', { calls: 2, longerThan: 5 });
    const call = (milliseconds: number) => (globals.tFn as (n: number) => unknown)(milliseconds);
    for (const milliseconds of [1, 6, 5, 4]) call(milliseconds);
    expect(hook.state).toMatchObject({ begun: 1, ended: 1, dropped: 3, isOver: false });
    expect(globals.tFn).not.toBe(take);
    call(7);
    expect(hook.state).toMatchObject({ begun: 2, ended: 2, dropped: 3, isOver: true });
    expect(hook.state.kept).toEqual([
      [1, 'returned'],
      [4, 'returned'],
    ]);
    expect(globals.tFn).toBe(take);
    expect(marks.filter((mark) => mark.endsWith(':dropped'))).toEqual(
      [0, 2, 3].map((n) => `flambe:c0ffee:${n}:dropped`),
    );
  });

  test('are dropped where the rounded clock might have made them longer than they were', () => {
    globals.tFn = take;
    const hook = arm('tFn', { longerThan: 5 });
    (globals.tFn as (n: number) => unknown)(5.2);
    expect(hook.release()).toMatchObject({ ended: 0, dropped: 1 });
  });
});

describe('what the page does to the place', () => {
  const shut: [string, (app: object) => void][] = [
    ['frozen', Object.freeze],
    ['made read-only', (app) => Object.defineProperty(app, 'fn', { writable: false, configurable: false })],
  ];

  test.each(shut)('while a call runs: %s, the target stays and the hook is out', (_, lock) => {
    const fn = () => lock(app);
    const app = { fn };
    globals.tApp = app;
    const hook = arm('tApp.fn');
    app.fn();
    expect(app.fn).toBe(fn);
    expect(hook.state).toMatchObject({ ended: 1, isOver: true, trouble: 'locked out' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each(shut)('between calls: %s, the hook stays and passes calls on', (_, lock) => {
    const app = { fn: () => 1 };
    globals.tApp = app;
    const hook = arm('tApp.fn');
    lock(app);
    expect(hook.release()).toMatchObject({ isOver: true, trouble: 'locked in' });
    expect(app.fn()).toBe(1);
    expect(marks).toEqual([]);
  });

  test('while a call runs: replaced, the new one stays', () => {
    const newer = () => 2;
    const app = { fn: (): unknown => (app.fn = newer) };
    globals.tApp = app;
    const hook = arm('tApp.fn');
    app.fn();
    expect(app.fn).toBe(newer);
    expect(hook.state).toMatchObject({ ended: 1, isOver: true, trouble: 'replaced' });
  });

  test('between calls: replaced, which shows at once; wrapped, calls still count', () => {
    const app = { fn: () => 1 };
    globals.tApp = app;
    const hook = arm('tApp.fn');
    const wrapped = app.fn;
    app.fn = () => wrapped() + 1;
    expect(hook.state).toMatchObject({ isOver: false, trouble: 'replaced' });
    expect(app.fn()).toBe(2);
    expect(hook.release()).toMatchObject({ ended: 1, trouble: 'replaced' });
  });

  test('a proxy that tells of every change: the hook stays while calls run', () => {
    const changes: PropertyKey[] = [];
    const app: { fn(): unknown } = new Proxy(
      { fn: () => app.fn },
      {
        defineProperty: (target, key, property) => {
          changes.push(key);
          return Reflect.defineProperty(target, key, property);
        },
      },
    );
    globals.tApp = app;
    const hook = arm('tApp.fn', { stays: true });
    expect(app.fn()).toBe(app.fn);
    hook.release();
    expect(changes).toEqual(['fn', 'fn']);
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

describe('the lease', () => {
  test('ends a hook that nobody renews', () => {
    const fn = () => 0;
    globals.tFn = fn;
    const hook = arm('tFn');
    vi.advanceTimersByTime(29_999);
    expect(hook.state).toMatchObject({ isOver: false, leaseEnded: false });
    vi.advanceTimersByTime(1);
    expect(hook.state).toMatchObject({ isOver: true, leaseEnded: true });
    expect(globals.tFn).toBe(fn);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('lasts as long as it is renewed, and its length from then on', () => {
    globals.tFn = () => 0;
    const hook = arm('tFn');
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(10_000);
      hook.renew();
    }
    vi.advanceTimersByTime(29_999);
    expect(hook.state.isOver).toBe(false);
    vi.advanceTimersByTime(1);
    expect(hook.state).toMatchObject({ isOver: true, leaseEnded: true });
  });

  test('leaves no timer behind when the hook goes: released, or with its last call', () => {
    globals.tFn = () => 0;
    arm('tFn').release();
    expect(vi.getTimerCount()).toBe(0);
    arm('tFn', { calls: 1 });
    (globals.tFn as Fn)();
    expect(vi.getTimerCount()).toBe(0);
  });
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
