import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openOwnWindow, waitFor } from '../harness/index.ts';
import { OwnWindow } from './hook/own-window.ts';
import { openStage, type Stage } from './hook/stage.ts';
import type { Subject } from './hook/subject.ts';

/** What counts while a hook stands, when it comes off, and what the page may do to it meanwhile. */

let stage: Stage;
let subject: Subject;
let flambe: OwnWindow;

beforeAll(async () => {
  stage = await openStage();
  subject = await stage.open('armed.html');
  flambe = await stage.window(subject);
});
afterAll(() => stage?.close());
// After a test that failed, the next one begins afresh.
afterEach(() => flambe?.cancel());

test.each([
  { target: 'tick', use: 'tick()', isOff: 'tick === originals.tick' },
  { target: 'widget.render', use: 'widget.render()', isOff: `!Object.hasOwn(widget, 'render')` },
])(
  'of 100,000 calls of $target a thousand are captured, then the hook is off at once',
  async ({ target, use, isOff }) => {
    const changes = await subject.remember();
    await flambe.arm(target, { calls: 1000 });
    const seen = await subject.see(`(() => {
    const off = [];
    for (let i = 1; i <= 100_000; i++) {
      ${use};
      if (i === 1 || i === 999 || i === 1000 || i === 100_000) off.push(${isOff});
    }
    return off;
  })()`);
    expect(seen).toEqual([false, false, true, true]);
    expect(await changes()).toEqual([]);
    await flambe.status(/^Captured 1,000 calls, /);
    expect((await flambe.calls()).length).toBe(1000);
  },
);

test('only calls longer than asked are kept and count, and the hook is off as the last of them has ended', async () => {
  const changes = await subject.remember();
  await flambe.arm('work', { calls: 3, longerThan: 20 });
  await subject.see('[1, 0.5, 1].map((each) => work(each))');
  await flambe.status(/^Waiting for call 1 of 3 of work longer than 20 ms \(3 were shorter\)$/);
  await subject.see('work(40)');
  await flambe.status(/^Waiting for call 2 of 3 of work longer than 20 ms \(3 were shorter\)$/);
  const isOff = 'work === originals.work';
  const seen = await subject.see(`[work(40), ${isOff}, work(1), ${isOff}, work(40), ${isOff}, work(40)]`);
  expect(seen).toEqual([40, false, 1, false, 40, true, 40]);
  expect(await changes()).toEqual([]);
  await flambe.status(/^Captured 3 calls, /);
  for (const { milliseconds } of await flambe.calls()) expect(milliseconds).toBeGreaterThan(20);
});

test('of calls about as long as asked, none is kept that was shorter', async () => {
  await flambe.arm('work', { calls: 1000, longerThan: 2 });
  await subject.see('for (let i = 0; i < 200; i++) work(1.5 + i / 200)');
  await flambe.cancel();
  const calls = await flambe.calls();
  expect(calls.length).toBeGreaterThan(20);
  expect(Math.min(...calls.map(({ milliseconds }) => milliseconds))).toBeGreaterThan(2);
});

describe('the page puts something else in the place of the target:', () => {
  const replaced = (target: string) =>
    new RegExp(
      `^The page has put another function in the place of ${target}: only what it still calls of the old one counts`,
    );

  interface Row {
    readonly what: string;
    readonly target: string;
    /** What the page does while the hook waits. */
    readonly meanwhile: string;
    /** What comes of it, and still does afterwards. */
    readonly use: string;
    readonly value: unknown;
  }
  const rows: readonly Row[] = [
    {
      what: 'another function',
      target: 'app.fn',
      meanwhile: 'app.fn = replacement',
      use: 'app.fn === replacement && app.fn()',
      value: 'new',
    },
    {
      what: 'an accessor',
      target: 'app.fn',
      meanwhile: `Object.defineProperty(app, 'fn', { configurable: true, enumerable: true, get: () => replacement })`,
      use: 'app.fn === replacement && app.fn()',
      value: 'new',
    },
    { what: 'nothing', target: 'app.fn', meanwhile: 'delete app.fn', use: `'fn' in app`, value: false },
    {
      what: 'nothing, on one instance',
      target: 'widget.render',
      meanwhile: 'delete widget.render',
      use: 'widget.render()',
      value: 'widget',
    },
    {
      what: 'something of its own, on one instance',
      target: 'other.render',
      meanwhile: 'other.render = replacement',
      use: 'Object.hasOwn(other, "render") && other.render()',
      value: 'new',
    },
    {
      what: 'another value of a top-level let',
      target: 'binding',
      meanwhile: 'binding = replacement',
      use: 'binding()',
      value: 'new',
    },
    {
      what: 'the same declaration, in another script',
      target: 'declared',
      meanwhile: `document.head.append(Object.assign(document.createElement('script'), { textContent: 'function declared() { return "new"; }' }))`,
      use: 'declared()',
      value: 'new',
    },
  ];

  beforeEach(async () => {
    await subject.see(`app.fn = () => 'old'`);
  });

  test.each(rows)('$what', async ({ target, meanwhile, use, value }) => {
    await flambe.arm(target);
    await subject.see(`${meanwhile}; 0`);
    const changes = await subject.remember();
    await flambe.status(replaced(target));
    expect(await subject.see(use)).toEqual(value);
    await flambe.cancel();
    expect(await flambe.alert()).toMatch(
      new RegExp(
        `^No call of ${target} was seen\\s*The page has put another function in the place of ${target} .* It stays there\\. Press Capture`,
      ),
    );
    expect(await subject.see(use)).toEqual(value);
    expect(await changes()).toEqual([]);
  });

  test('after which the next capture takes what is there', async () => {
    await flambe.arm('app.fn');
    await subject.see('app.fn = replacement; 0');
    await flambe.status(replaced('app.fn'));
    await flambe.cancel();
    await flambe.arm('app.fn');
    expect(await subject.see('app.fn()')).toBe('new');
    await flambe.status(/^Captured 1 call, /);
    expect(await flambe.root()).toBe('replacement');
    expect(await subject.see('app.fn === replacement')).toBe(true);
  });

  test('until the timeout, at which it is said', async () => {
    await flambe.arm('app.fn', { timeout: 1 });
    await subject.see('app.fn = replacement; 0');
    expect(await flambe.alert()).toMatch(/^No call of app\.fn was seen\s*The page has put another function/);
    expect(await subject.see('app.fn === replacement')).toBe(true);
  });

  test('a wrapper, whose calls still come through', async () => {
    await flambe.arm('app.fn', { calls: 2 });
    await subject.see('((old) => { app.fn = function wrapper() { return "wrapped " + old(); }; })(app.fn)');
    await flambe.status(replaced('app.fn'));
    expect(await subject.see('[app.fn(), app.fn(), app.fn(), app.fn.name]')).toEqual([
      'wrapped old',
      'wrapped old',
      'wrapped old',
      'wrapper',
    ]);
    await flambe.status(/^Captured 2 calls, /);
    expect((await flambe.calls()).map(({ outcome }) => outcome)).toEqual(['returned', 'returned']);
    expect(await subject.see('[app.fn(), app.fn.name]')).toEqual(['wrapped old', 'wrapper']);
  });

  test('another function, and then the hook again', async () => {
    await subject.see('originals.fn = app.fn; 0');
    await flambe.arm('app.fn');
    await subject.see('((mine) => { app.fn = replacement; app.fn(); app.fn = mine; })(app.fn)');
    await subject.see('app.fn()');
    await flambe.status(/^Captured 1 call, /);
    expect(await subject.see('app.fn === originals.fn')).toBe(true);
  });

  test('within a call of the target', async () => {
    await flambe.arm('app.lazy', { calls: 3 });
    expect(await subject.see('[app.lazy(), app.lazy(), app.lazy === replacement]')).toEqual(['old', 'new', true]);
    await flambe.status(/^Captured 1 of 3 calls, /);
    expect(await flambe.alert()).toMatch(
      /^Only 1 of 3 calls\s*The page has put another function in the place of app\.lazy/,
    );
    expect(await subject.see('app.lazy === replacement')).toBe(true);
  });

  describe('every few milliseconds,', () => {
    beforeEach(() =>
      subject.see('remake(); timer = setInterval(() => { if (app.remade() !== made) wrong++; remake(); }, 2)'),
    );
    afterEach(() => subject.see('clearInterval(timer)'));

    test('and never finds an older one there', async () => {
      await flambe.name('app.remade');
      await flambe.press({ calls: 5 });
      await flambe.status(replaced('app.remade'));
      await flambe.cancel();
      expect(await flambe.alert()).toMatch(/The page has put another function in the place of app\.remade/);
      expect(await subject.see('[app.remade() === made, wrong]')).toEqual([true, 0]);
    });
  });
});

describe('the page locks the place', () => {
  test('while the hook waits', async () => {
    await flambe.arm('waiting.fn');
    await subject.see('Object.freeze(waiting)');
    await flambe.cancel();
    expect(await flambe.alert()).toMatch(
      /^No call of waiting\.fn was seen\s*The page made waiting\.fn read-only while the hook stood there, so that it can't be taken off\. It does nothing any more but pass calls on\.\s*Reload the page to be rid of it/,
    );
    expect(await subject.see('waiting.fn()')).toBe('fn');
    await flambe.name('waiting.fn');
    await flambe.press();
    expect(await flambe.alert()).toMatch(/^waiting\.fn can't be captured\s*It is read-only/);
  });

  test('while the hook waits, and then comes a call', async () => {
    await flambe.arm('called.fn');
    await subject.see('Object.freeze(called)');
    expect(await subject.see('[called.fn(), called.fn()]')).toEqual(['fn', 'fn']);
    await flambe.status(/^Captured 1 call, /);
    expect(await flambe.alert()).toMatch(
      /^The hook can't be taken off\s*The page made called\.fn read-only while the hook stood there/,
    );
  });

  test('in a call, with the target in it', async () => {
    await flambe.arm('during.freeze', { calls: 2 });
    expect(await subject.see('[during.freeze(), during.freeze === originals.freeze.during]')).toEqual(['frozen', true]);
    await flambe.status(/^Captured 1 of 2 calls, /);
    expect(await flambe.alert()).toMatch(
      /^Only 1 of 2 calls\s*The page made during\.freeze read-only while a call of it ran.*What there is, is shown\. Capture a function that calls it/,
    );
  });

  test('in the last call, when the hook is off', async () => {
    await flambe.arm('last.freeze');
    expect(await subject.see('[last.freeze(), last.freeze === originals.freeze.last]')).toEqual(['frozen', true]);
    await flambe.status(/^Captured 1 call, /);
    expect(await flambe.panel.getByRole('alert').filter({ hasText: 'read-only' }).count()).toBe(0);
  });

  test('of an instance, which keeps a property of its own but not the hook', async () => {
    await flambe.arm('fourth.render');
    await subject.see('Object.seal(fourth); 0');
    await flambe.cancel();
    expect(await subject.see('fourth.render === originals.render')).toBe(true);
  });

  test('of an instance to new properties, which the hook does not need', async () => {
    await flambe.arm('third.render');
    await subject.see('Object.preventExtensions(third); 0');
    await flambe.cancel();
    await flambe.status(/^Cancelled before any call of third\.render$/);
    expect(await subject.see(`Object.hasOwn(third, 'render')`)).toBe(false);
  });
});

describe('another capture, of another window of Flambe:', () => {
  async function openAnother(page: Page): Promise<OwnWindow> {
    return new OwnWindow(await openOwnWindow(stage.launched, page));
  }

  test('on the same page', async () => {
    const second = await openAnother(subject.page);
    expect(await second.alert()).toMatch(/^Flambe is attached to this page already/);
    const changes = await subject.remember();
    await flambe.arm('tick', { calls: 2 });
    await second.name('work');
    await second.press();
    expect(await second.alert()).toMatch(
      /^Another panel of Flambe is capturing tick in this page\s*Only one of them can hold the debugger.*Cancel it there, or wait until it has ended/,
    );
    await subject.see('[tick(), tick()]');
    await flambe.status(/^Captured 2 calls, /);
    expect(await changes()).toEqual([]);
    await flambe.panel.close();
    // Nobody tells the second window that the page is free: people try again.
    await waitFor('the second window to attach', async () => {
      await second.press({ calls: 2 });
      return second.status(/^Waiting for call 1 of 2 of work$/);
    });
    await subject.see('[work(1), work(1)]');
    await second.status(/^Captured 2 calls, /);
    expect(await changes()).toEqual([]);
    await second.panel.close();
    flambe = await stage.window(subject);
  });

  test('on another page', async () => {
    const elsewhere = await stage.open('armed.html');
    const second = await stage.window(elsewhere);
    const changes = await elsewhere.remember();
    await flambe.arm('tick');
    await second.name('tick');
    await second.press();
    expect(await second.alert()).toMatch(
      /^Another panel of Flambe is capturing tick in another page\s*The browser runs one trace at a time.*Cancel it there, or wait until it has ended/,
    );
    expect(await changes()).toEqual([]);
    await subject.see('tick()');
    await flambe.status(/^Captured 1 call, /);
    await second.arm('tick');
    await elsewhere.see('tick()');
    await second.status(/^Captured 1 call, /);
    expect(await changes()).toEqual([]);
  });
});

test('nothing was thrown in the panel', () => {
  expect(flambe.errors).toEqual([]);
});
