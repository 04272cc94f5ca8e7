import { describe, expect, test, vi } from 'vitest';
import { arm, type Fn, globals, marks } from './pictures-page.ts';

/** How long a hook stays, and what may happen to it meanwhile. */

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
