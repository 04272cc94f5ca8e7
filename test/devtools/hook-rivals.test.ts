import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { queryAccessibility } from '../harness/accessibility.ts';
import { type FlambePanel, openFlambePanel, openOwnWindow, waitFor } from '../harness/index.ts';
import { expectPutRight, expectSaid, Stage } from './ending-stage.ts';
import { Hands } from './hands.ts';
import { openStageAmongOthers, type StageAmongOthers } from './other-extensions.ts';

/** Others want the page, the debugger or the trace at the same time: each gets what is right, and the panel says so. */

let others: StageAmongOthers;
let stage: Stage;

beforeAll(async () => {
  others = await openStageAmongOthers();
  ({ stage } = others);
});
afterEach(() => stage.clear());
afterAll(() => others?.close());

const sold = { status: /^Captured 3 calls, /, calls: ['returned', 'returned', 'returned'] } as const;

describe('another extension', () => {
  async function meetRival(): Promise<Page> {
    const page = await stage.launched.context.newPage();
    await page.goto(others.rival.url('page.html'));
    return page;
  }

  test('debugs the page for a while: the capture goes on, and the trace stays ours', async () => {
    const scene = await stage.scene('own window');
    const page = await meetRival();
    await scene.panel.arm('shop.sell');
    await page.evaluate((tabId) => chrome.debugger.attach({ tabId }, '1.3'), scene.tabId);
    await scene.run('shop.sell()');
    const refused = page.evaluate((tabId) => chrome.debugger.sendCommand({ tabId }, 'Tracing.start'), scene.tabId);
    await expect(refused).rejects.toThrow(/Tracing has already been started/);
    await page.evaluate((tabId) => chrome.debugger.detach({ tabId }), scene.tabId);
    await scene.run('shop.sell(), shop.sell()');
    await expectSaid(scene, sold);
    await expectPutRight(scene);
  });

  test('records a trace already: the capture is refused until it has ended', async () => {
    const scene = await stage.scene('own window');
    const page = await meetRival();
    await page.evaluate(async (tabId) => {
      await chrome.debugger.attach({ tabId }, '1.3');
      const traceConfig = { includedCategories: ['devtools.timeline'], excludedCategories: ['*'] };
      await chrome.debugger.sendCommand({ tabId }, 'Tracing.start', { traceConfig });
    }, scene.tabId);
    await scene.panel.capture('shop.sell');
    const alert = /^Another trace is running.*one trace at a time.*End that recording, then press Capture/;
    await expectSaid(scene, { status: /^Nothing was captured$/, alert, calls: [] });
    await page.evaluate(async (tabId) => {
      const complete = new Promise<void>((resolve) =>
        chrome.debugger.onEvent.addListener((_, method) => method === 'Tracing.tracingComplete' && resolve()),
      );
      await chrome.debugger.sendCommand({ tabId }, 'Tracing.end');
      await complete;
      await chrome.debugger.detach({ tabId });
    }, scene.tabId);
    await expectPutRight(scene);
  });

  test('puts a frame of its own into the page: the browser takes the debugger away, the last call the hook', async () => {
    const scene = await stage.scene('own window');
    await scene.panel.arm('shop.sell');
    await scene.run(`{
      const frame = document.createElement('iframe');
      frame.src = '${others.stranger.url('frame.html')}';
      document.body.append(frame);
    }`);
    const alert = /^The debugger was detached.*went where no extension may look; what had been recorded is lost/;
    await expectSaid(scene, { status: /^Nothing was captured$/, alert, calls: [] });
    await scene.run('document.querySelector("iframe").remove(), shop.sell(), shop.sell(), shop.sell()');
    await expectPutRight(scene, 'detached');
  });
});

describe('another panel', () => {
  test('works on another tab: the second capture is refused by name until the first has ended', async () => {
    const first = await stage.scene('own window');
    const second = await stage.scene('own window');
    await first.panel.arm('shop.sell');
    await second.panel.capture('shop.till.ring');
    const alert =
      /^Another panel of Flambe is capturing shop\.sell in another page.*one trace at a time.*Cancel it there/;
    await expectSaid(second, { status: /^Nothing was captured$/, alert, calls: [] });
    await first.run('shop.sell(), shop.sell(), shop.sell()');
    await expectSaid(first, sold);
    await expectPutRight(first);
    await expectPutRight(second);
  });

  test('works on the same tab: the second capture is refused by name until the first has ended', async () => {
    const scene = await stage.scene('DevTools');
    const second = Hands.inOwnWindow(await openOwnWindow(stage.launched, scene.page));
    await second.says(/^Attached to the page/);
    await scene.panel.capture('shop.sell');
    await scene.panel.warns(/^Flambe is attached to this page already.*Close that one/);
    await second.close();
    await waitFor('the debugger to be detached', async () => (await scene.debugger()) === 'detached');
    await scene.panel.arm('shop.sell');
    const third = Hands.inOwnWindow(await openOwnWindow(stage.launched, scene.page));
    await third.warns(/^Flambe is attached to this page already/);
    await third.capture('shop.sell');
    await third.warns(/^Another panel of Flambe is capturing shop\.sell in this page.*Cancel it there/);
    await scene.run('shop.sell(), shop.sell(), shop.sell()');
    await expectSaid(scene, sold);
    await expectPutRight(scene);
    scene.panel = third;
    await expectPutRight(scene, 'detached');
  });
});

describe('DevTools', () => {
  test('opens and closes: the capture goes on', async () => {
    const scene = await stage.scene('own window');
    await scene.panel.arm('shop.sell');
    await scene.run('shop.sell()');
    const devtools = await stage.openDevTools(scene.page);
    await scene.run('shop.sell()');
    await devtools.closeDevTools();
    await scene.run('shop.sell()');
    await expectSaid(scene, sold);
    await expectPutRight(scene);
  });

  test('records in its Performance panel already: the capture is refused until that has ended', async () => {
    const scene = await stage.scene('own window');
    const devtools = await stage.openDevTools(scene.page);
    await pressRecord(devtools);
    await waitFor('the recording', () => isRecording(devtools));
    await scene.panel.capture('shop.sell');
    const alert = /^Another trace is running.*the Performance panel or another tool has it now.*End that recording/;
    await expectSaid(scene, { status: /^Nothing was captured$/, alert, calls: [] });
    await pressRecord(devtools);
    await waitFor('the end of the recording', async () => !(await isRecording(devtools)));
    await expectPutRight(scene);
  });

  test('is asked to record in its Performance panel meanwhile: it is refused, the capture goes on', async () => {
    const scene = await stage.scene('DevTools');
    const panel = await openFlambePanel(stage.launched, scene.page, { dock: 'undocked' });
    await scene.panel.arm('shop.sell');
    await scene.run('shop.sell()');
    await pressRecord(panel);
    const { session } = panel.devtools;
    const refusal = { role: 'StaticText', name: /Tracing has already been started/ };
    await waitFor('DevTools to be refused', async () => (await queryAccessibility(session, [refusal])).length > 0);
    await panel.devtools.showExtensionTab(stage.launched.extensionId);
    await scene.run('shop.sell(), shop.sell()');
    await expectSaid(scene, sold);
    await expectPutRight(scene);
  });
});

interface Action {
  execute(): Promise<unknown>;
  toggled(): boolean;
}
/** What is used here of DevTools' own modules (see harness/front-end.ts). */
declare const modules: {
  readonly ui: {
    readonly ViewManager: { ViewManager: { instance(): { showView(id: string): Promise<void> } } };
    readonly ActionRegistry: { ActionRegistry: { instance(): { getAction(id: string): Action } } };
  };
};

/** The button of the Performance panel, which begins and ends a recording. */
async function pressRecord({ devtools }: FlambePanel): Promise<void> {
  await devtools.session.evaluate(async () => {
    await modules.ui.ViewManager.ViewManager.instance().showView('timeline');
    await modules.ui.ActionRegistry.ActionRegistry.instance().getAction('timeline.toggle-recording').execute();
  });
}

function isRecording({ devtools }: FlambePanel): Promise<boolean> {
  return devtools.session.evaluate(() =>
    modules.ui.ActionRegistry.ActionRegistry.instance().getAction('timeline.toggle-recording').toggled(),
  );
}

/** Only real keys reach the browser's own bar: they need a screen, one of our own, so that nobody else gets them. */
describe.skipIf(!isThere('Xvfb') || !isThere('xdotool'))('with a screen', () => {
  let screen: ChildProcess;
  let seen: Stage;

  beforeAll(async () => {
    screen = spawn('Xvfb', ['-displayfd', '3'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const [display] = await once(createInterface(screen.stdio[3] as Readable), 'line');
    vi.stubEnv('DISPLAY', `:${display}`);
    seen = await Stage.open({ headless: false });
  });
  afterAll(async () => {
    await seen?.close();
    screen.kill();
    vi.unstubAllEnvs();
  });

  test('the user presses Cancel in Chrome’s bar: that is said, and the hook goes when its lease ends', async () => {
    const scene = await seen.scene('own window', (page) => page.clock.install());
    await scene.panel.arm('shop.sell');
    await scene.run('shop.sell()');
    await scene.panel.says(/^Waiting for call 2 of 3/);
    await scene.page.bringToFront();
    // From the page the focus goes to the bar; as long as it is on its way, the page gets the blanks.
    execFileSync('xdotool', ['key', 'shift+F6']);
    await waitFor('Cancel to be pressed', async () => {
      execFileSync('xdotool', ['key', 'space']);
      return (await scene.debugger()) === 'detached';
    });
    const alert = /^The debugger was detached.*Cancel was pressed in Chrome's bar.*is lost.*Press Capture again/;
    await expectSaid(scene, { status: /^Nothing was captured$/, alert, calls: [] });
    await scene.page.clock.fastForward(31_000);
    await expectPutRight(scene, 'detached');
  });
});

function isThere(program: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));
}
