import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sell } from './ending-rows.ts';
import { expectPutRight, expectSaid, Stage } from './ending-stage.ts';

/** Functions hooked by their place in the source, by breakpoints that never pause. */

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** An arrow function, which begins at its parameters. */
const lookSource = '() => new Map(Object.entries(owners)';

test.each(['own window', 'DevTools'] as const)('from a reload on the very first call is seen: %s', async (mode) => {
  const scene = await stage.scene(mode);
  await scene.panel.fill(await scene.placeOf(lookSource), 1);
  await scene.panel.press('Options');
  await scene.panel.press('Reload and capture');
  await expectSaid(scene, { status: /^Captured 1 call, .*, breakpoints$/, calls: ['returned'] });
  await expectPutRight(scene);
});

test('what can’t be replaced is offered by its place', async () => {
  const scene = await stage.scene('own window');
  await scene.panel.capture('look', 1);
  await scene.panel.warns(/^look can't be captured.*const.*by its place in the source instead/);
  await scene.panel.press(`Use ${await scene.placeOf(lookSource)}`);
  await scene.panel.press('Capture');
  await scene.panel.says(/^Waiting for call 1 of 1/);
  await scene.run('changes()');
  await expectSaid(scene, { status: /^Captured 1 call, .*, breakpoints$/, calls: ['returned'] });
});

test('breakpoints of others pause for them as ever, and stay', async () => {
  const scene = await stage.scene('own window');
  const other = await scene.page.context().newCDPSession(scene.page);
  let pauses = 0;
  other.on('Debugger.paused', () => {
    pauses++;
    void other.send('Debugger.resume');
  });
  await other.send('Debugger.enable');
  const place = await scene.placeOf(sell.source);
  const [, line] = /:(\d+):\d+$/.exec(place)!;
  await other.send('Debugger.setBreakpointByUrl', { url: scene.page.url(), lineNumber: Number(line) - 1 });
  await scene.panel.arm(place, 2);
  await scene.run('shop.sell(), shop.sell()');
  await expectSaid(scene, { status: /^Captured 2 calls, /, calls: ['returned', 'returned'] });
  expect(pauses).toBe(2);
  await scene.run('shop.sell()');
  expect(pauses).toBe(3);
  await other.detach();
  await expectPutRight(scene);
});
