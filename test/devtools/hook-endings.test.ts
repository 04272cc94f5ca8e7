import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { endings, sell, sellOnce } from './ending-rows.ts';
import { expectPutRight, expectSaid, Stage } from './ending-stage.ts';

/** However a capture ends: the page is put right, the panel says what happened, and the next capture works. */

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const all = Object.entries(endings);
const inDevTools = all.filter(([, ending]) => ending.inDevTools);
const atPlace = all.filter(([, ending]) => ending.atPlace);

describe.each([
  { mode: 'own window', rows: all },
  { mode: 'DevTools', rows: inDevTools },
] as const)('in $mode a capture ends', ({ mode, rows }) => {
  test.each(rows)('%s', async (_, { fn = sell, timeout, happens, comeBack, isDetached, ...said }) => {
    const scene = await stage.scene(mode);
    await scene.panel.arm(fn.path, 3, timeout);
    await happens(scene);
    await expectSaid(scene, said);
    await comeBack?.(scene);
    await expectPutRight(scene, isDetached && 'detached');
  });

  test('before it begins when the page hangs, and the panel stays alive', async () => {
    const scene = await stage.scene(mode);
    const loop = await scene.hang(() => 'spin(4000)');
    await scene.panel.capture('shop.sell');
    expect(await scene.panel.answerTime()).toBeLessThan(100);
    await scene.panel.warns(/^The page does not answer.*main thread is busy.*Wait until the page reacts again/);
    await loop.end();
    await expectPutRight(scene);
  });

  test('when the tab is closed', async () => {
    const scene = await stage.scene(mode);
    await scene.panel.arm('shop.sell');
    await sellOnce(scene);
    await scene.page.close();
    if (mode === 'own window') {
      await scene.panel.warns(/^The debugger was detached.*the tab was closed.*what had been recorded is lost/);
      await scene.panel.press('Capture');
      await scene.panel.warns(/^The tab is gone.*Open Flambe again/);
    }
    await expectPutRight(await stage.scene(mode));
  });
});

/** By breakpoints that never pause: none stays, and the page is not touched at all. */
describe.each([
  { mode: 'own window', rows: atPlace },
  { mode: 'DevTools', rows: atPlace.filter((row) => inDevTools.includes(row)) },
] as const)('in $mode a capture by place ends', ({ mode, rows }) => {
  test.each(rows)(
    '%s',
    async (_, { fn = sell, timeout, happens, comeBack, isDetached, status, alert, calls, atPlace }) => {
      const scene = await stage.scene(mode);
      const pauses = await scene.countPauses();
      await scene.panel.arm(await scene.placeOf(fn.source), 3, timeout);
      expect(await scene.debugger()).toBe('debugging');
      expect(await scene.changes()).toEqual([]);
      await happens(scene);
      await expectSaid(scene, { status, ...(alert && { alert }), calls, ...atPlace });
      expect(pauses()).toBe(0);
      await comeBack?.(scene);
      await expectPutRight(scene, isDetached && 'detached');
    },
  );
});

test('a capture ends when the trace is full', { timeout: 120_000 }, async () => {
  const scene = await stage.scene('own window');
  await scene.panel.arm('shop.sell');
  await sellOnce(scene);
  // A mark goes into the trace with its label, and a long one takes its room: 700 MB of them.
  await scene.run(`(async () => {
    const label = 'x'.repeat(500_000);
    for (let marks = 0; marks < 1400; marks++) {
      console.timeStamp(label + marks);
      if (marks % 2 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  })()`);
  await scene.panel.warns(/^Only 1 of 3 calls.*The trace was full.*What there is, is shown.*fewer calls/, 90_000);
  await expectSaid(scene, { status: /^Captured 1 of 3 calls, /, alert: /full/, calls: ['returned'] });
  await expectPutRight(scene);
});
