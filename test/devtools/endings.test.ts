import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stopServiceWorker, waitFor, workerContext } from '../harness/index.ts';
import { expectPutRight, killProcess, type Scene, Stage } from './ending-stage.ts';
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

async function armed(mode: Mode, prepare?: (page: Page) => Promise<void>): Promise<Scene> {
  const scene = await stage.scene(mode, prepare);
  await scene.panel.arm('shop.sell', 3, '0');
  expect(await scene.changes()).toEqual(['shop sell']);
  expect(await scene.debugger()).toBe('attached');
  return scene;
}

describe('the janitor puts the page right when', () => {
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
    const scene = await armed(mode);
    await happens(scene);
    await waitFor('the page to be as it was', async () => String(await scene.changes()) === '', soon);
    await waitFor('the debugger to be detached', async () => (await scene.debugger()) === 'detached', soon);
    scene.panel = await stage.openPanel(scene.page, 'own window');
    await expectPutRight(scene);
  });
});

describe('the hook takes itself off', () => {
  const endOfLease = ({ page }: Scene) => page.clock.fastForward(31_000);
  const lastCall = ({ run }: Scene) => run('shop.sell(), shop.sell(), shop.sell()');

  test.each<readonly [string, (scene: Scene) => Promise<unknown>, (scene: Scene) => Promise<unknown>]>([
    ['when its lease ends, after the extension was switched off', switchOff, endOfLease],
    ['with its last call, after the extension was switched off', switchOff, lastCall],
    ['when its lease ends, after the extension was loaded anew', loadAnew, endOfLease],
  ])('%s', async (_, happens, comesOff) => {
    // Half a minute goes by at once, in the page only.
    const scene = await armed('own window', (page) => page.clock.install());
    await happens(scene);
    expect(await scene.changes()).toEqual(['shop sell']);
    await comesOff(scene);
    await waitFor('the page to be as it was', async () => String(await scene.changes()) === '', soon);
    await switchOn();
    await stage.meetWitness();
    expect(await scene.debugger()).toBe('detached');
    scene.panel = await stage.openPanel(scene.page, 'own window');
    await expectPutRight(scene);
  });
});

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
