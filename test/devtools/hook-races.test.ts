import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectPutRight, expectSaid, type Stage } from './ending-stage.ts';
import { openStageAmongOthers, type StageAmongOthers } from './other-extensions.ts';

/** What comes at the very moment at which a capture begins or ends, or right after. */

let others: StageAmongOthers;
let stage: Stage;

beforeAll(async () => {
  others = await openStageAmongOthers();
  ({ stage } = others);
});
afterEach(() => stage.clear());
afterAll(() => others?.close());

const one = { status: /^Captured 1 call, /, calls: ['returned'] } as const;

/** The first one, in a browser that has never ended a trace: there the end takes so long that much can happen meanwhile. */
test.each(['the first trace of the browser', 'a later one'])(
  'the page goes elsewhere right after the last call: %s',
  async () => {
    const scene = await stage.scene('own window');
    await scene.panel.arm('shop.sell', 1);
    await scene.run('shop.sell(), location.reload()');
    await expectSaid(scene, one);
    await expectPutRight(scene);
  },
);

test('Capture is pressed while the page hangs: that is said, and refused while it does', async () => {
  const scene = await stage.scene('own window');
  const loop = await scene.hang((until) => `spinUntil(${until})`);
  await scene.panel.capture('shop.sell');
  await scene.panel.says(/^The page is busy/);
  await scene.panel.warns(/^The page does not answer/);
  await loop.end();
  await expectPutRight(scene);
});

test('the page goes where no extension may look and dies there: the trace ends too', async () => {
  const scene = await stage.scene('own window');
  await scene.panel.arm('shop.sell');
  await scene.run('shop.sell()');
  await scene.panel.says(/^Waiting for call 2 of 3/);
  // What becomes of the navigation is of no matter: there is no page any more.
  await scene.page.goto('chrome://crash').catch(() => undefined);
  await scene.panel.warns(/^The debugger was detached|crashed/);
  await scene.revive();
  await expectPutRight(scene);
});

test('the debugger is taken away while the document stays: the next capture finds an orphan and takes it off', async () => {
  const scene = await stage.scene('own window', (page) => page.clock.install());
  await scene.panel.arm('shop.sell');
  await scene.run(`{
    const frame = document.createElement('iframe');
    frame.src = '${others.stranger.url('frame.html')}';
    document.body.append(frame);
  }`);
  await scene.panel.warns(/^The debugger was detached/);
  await scene.run('document.querySelector("iframe").remove()');
  await scene.panel.capture('shop.sell');
  await scene.panel.warns(
    /^shop\.sell is being captured already.*or did so until a moment ago.*wait for a few seconds/,
  );
  await scene.page.clock.fastForward(6000);
  await scene.panel.arm('shop.sell', 1);
  await scene.run('shop.sell()');
  await expectSaid(scene, one);
  expect(await scene.changes()).toEqual([]);
});
