import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stopServiceWorker, waitFor, workerContext } from '../harness/index.ts';
import { sell } from './ending-rows.ts';
import { expectPutRight, expectSaid, killProcess, type Scene, Stage } from './ending-stage.ts';
import type { Mode } from './hands.ts';

/** Whatever becomes of the panel in the middle of a capture that waits for ever, the page gets its function back. */

/** Milliseconds. Far below the hook's lease, so that the janitor was it. */
const soon = { timeout: 10_000 };

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** The two ways to hook a function, and what each does to the page and the debugger while it waits. */
const standIn = {
  hook: 'a stand-in',
  targetOf: async (_: Scene) => sell.path,
  changes: ['shop sell'],
  debugger: 'attached',
} as const;
const breakpoints = {
  hook: 'breakpoints',
  targetOf: (scene: Scene) => scene.placeOf(sell.source),
  changes: [],
  debugger: 'debugging',
} as const;
const hooks = [standIn, breakpoints] as const;

async function armed(mode: Mode, hook: (typeof hooks)[number], prepare?: (page: Page) => Promise<void>) {
  const scene = await stage.scene(mode, prepare);
  const pauses = await scene.countPauses();
  await scene.panel.arm(await hook.targetOf(scene), 3, '0');
  expect(await scene.changes()).toEqual(hook.changes);
  expect(await scene.debugger()).toBe(hook.debugger);
  return { scene, pauses };
}

describe.each(hooks)('with $hook, the janitor puts the page right when', (hook) => {
  test.each<readonly [string, Mode, (scene: Scene) => Promise<unknown>]>([
    ['DevTools is closed', 'DevTools', ({ panel }) => panel.close()],
    [
      'DevTools is closed after the service worker was stopped',
      'DevTools',
      async ({ panel }) => {
        await stopServiceWorker(stage.launched, stage.witness);
        await waitFor('the panel to wake it again', () => workerContext(stage.witness));
        await panel.close();
      },
    ],
    ['the own window is closed', 'own window', ({ panel }) => panel.close()],
    [
      'the own window is closed while the service worker is stopped: its next life finds the note',
      'own window',
      async ({ panel }) => {
        // A panel wakes a stopped worker within milliseconds; this one is not to.
        await panel.evaluate(() => {
          chrome.runtime.connect = () => {
            throw new Error('nobody to call');
          };
        });
        await stopServiceWorker(stage.launched, stage.witness);
        await panel.close();
      },
    ],
    [
      'the process of all our pages dies: the janitor’s next life finds the note',
      'own window',
      async () => {
        await killProcess(stage.witness);
        await stage.meetWitness();
      },
    ],
  ])('%s', async (_, mode, happens) => {
    const { scene, pauses } = await armed(mode, hook);
    await happens(scene);
    await waitFor('the page to be as it was', async () => String(await scene.changes()) === '', soon);
    await waitFor('the debugger to be detached', async () => (await scene.debugger()) === 'detached', soon);
    expect(pauses()).toBe(0);
    scene.panel = await stage.openPanel(scene.page, 'own window');
    await expectPutRight(scene);
  });
});

test.each(hooks)('with $hook, a capture goes on when the service worker is stopped', async (hook) => {
  const { scene, pauses } = await armed('own window', hook);
  await stopServiceWorker(stage.launched, stage.witness);
  await scene.run('shop.sell(), shop.sell(), shop.sell()');
  await expectSaid(scene, { status: /^Captured 3 calls, /, calls: ['returned', 'returned', 'returned'] });
  expect(pauses()).toBe(0);
  await expectPutRight(scene);
});

describe('a stand-in takes itself off', () => {
  const endOfLease = ({ page }: Scene) => page.clock.fastForward(31_000);
  const lastCall = ({ run }: Scene) => run('shop.sell(), shop.sell(), shop.sell()');

  test.each<readonly [string, (scene: Scene) => Promise<unknown>, (scene: Scene) => Promise<unknown>]>([
    ['when its lease ends, after the extension was switched off', switchOff, endOfLease],
    ['with its last call, after the extension was switched off', switchOff, lastCall],
    ['when its lease ends, after the extension was loaded anew', loadAnew, endOfLease],
  ])('%s', async (_, happens, comesOff) => {
    // Half a minute goes by at once, in the page only.
    const { scene } = await armed('own window', standIn, (page) => page.clock.install());
    await happens(scene);
    expect(await scene.changes()).toEqual(['shop sell']);
    await comesOff(scene);
    await waitFor('the page to be as it was', async () => String(await scene.changes()) === '', soon);
    await switchOn();
    await expectBack(scene);
  });
});

test.each([
  ['switched off', switchOff],
  ['loaded anew', loadAnew],
] as const)('breakpoints go with the extension, at once, when it is %s', async (_, happens) => {
  const { scene, pauses } = await armed('own window', breakpoints);
  await happens();
  expect(await scene.run('shop.sell(), shop.sell()')).toBe('sold');
  expect(await scene.changes()).toEqual([]);
  expect(pauses()).toBe(0);
  await switchOn();
  await expectBack(scene);
});

/** The extension is there again, and its debugger is nowhere. */
async function expectBack(scene: Scene): Promise<void> {
  await stage.meetWitness();
  expect(await scene.debugger()).toBe('detached');
  scene.panel = await stage.openPanel(scene.page, 'own window');
  await expectPutRight(scene);
}

/** The switch in the browser's page of extensions. */
async function setEnabled(enabled: boolean): Promise<void> {
  const settings = await stage.launched.context.newPage();
  await settings.goto('chrome://extensions');
  await settings.evaluate(([id, enabled]) => chrome.management.setEnabled(id, enabled), [
    stage.launched.extensionId,
    enabled,
  ] as const);
  await settings.close();
}

async function switchOff(): Promise<void> {
  const gone = stage.witness.waitForEvent('close');
  await setEnabled(false);
  await gone;
}
const switchOn = () => setEnabled(true);

async function loadAnew(): Promise<void> {
  const gone = stage.witness.waitForEvent('close');
  // The answer may be lost with the page.
  await stage.witness.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  await gone;
}
