import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  type FlambePanel,
  type Launched,
  launchWithExtension,
  openFlambePanel,
  openOwnWindow,
  stopServiceWorker,
  targetIdOf,
  waitFor,
  workerContext,
} from '../harness/index.ts';
import { type ServedPages, servePages } from './pages.ts';
import { arm } from './panel-talk.ts';

/** Whatever becomes of the panel in the middle of a capture, the page gets its function back. */

const shop = '<script>window.shop = { sell(price) { return price * 1.2; } };</script>';
/** Seconds. Far below the hook's lease, so that the janitor was it. */
const soon = { timeout: 10_000 };

let launched: Launched;
let pages: ServedPages;
/** A page of the extension that outlives the panels. */
let witness: Page;

beforeAll(async () => {
  pages = await servePages({ shop });
  launched = await launchWithExtension(inject('extension'));
  witness = launched.page;
  await witness.goto(`chrome-extension://${launched.extensionId}/manifest.json`);
});
afterAll(async () => {
  await launched?.close();
  await pages?.close();
});

interface Inspected {
  readonly page: Page;
  isOriginal(): Promise<boolean>;
  /** Whether Flambe's debugger is attached to the tab: only then the browser takes its commands. */
  isAttached(): Promise<boolean>;
}

async function openShop(): Promise<Inspected> {
  const page = await launched.context.newPage();
  await page.goto(pages.url('shop'));
  const isOriginal = await page.evaluateHandle('((original) => () => original === shop.sell)(shop.sell)');
  const targetId = await targetIdOf(page);
  return {
    page,
    isOriginal: () => isOriginal.evaluate((ask) => (ask as () => boolean)()),
    isAttached: () =>
      witness.evaluate(async (targetId) => {
        const tabId = (await chrome.debugger.getTargets()).find(({ id }) => id === targetId)!.tabId!;
        return chrome.debugger.sendCommand({ tabId }, 'Runtime.evaluate', { expression: '1' }).then(
          () => true,
          () => false,
        );
      }, targetId),
  };
}

async function armedPanel({ page, isOriginal, isAttached }: Inspected): Promise<FlambePanel> {
  const panel = await openFlambePanel(launched, page, { dock: 'undocked' });
  await arm(panel, 'shop.sell', 3);
  expect(await isOriginal()).toBe(false);
  expect(await isAttached()).toBe(true);
  return panel;
}

async function expectPutRight({ page, isOriginal, isAttached }: Inspected): Promise<void> {
  await waitFor('the original function', isOriginal, soon);
  await waitFor('the debugger to be detached', async () => !(await isAttached()), soon);
  expect(await page.evaluate('Object.getOwnPropertyNames(shop).join()')).toBe('sell');
  await page.close();
}

test('DevTools is closed', async () => {
  const inspected = await openShop();
  const panel = await armedPanel(inspected);
  await panel.closeDevTools();
  await expectPutRight(inspected);
});

test('DevTools is closed after the service worker was stopped', async () => {
  const inspected = await openShop();
  const panel = await armedPanel(inspected);
  await stopServiceWorker(launched, witness);
  await waitFor('the panel to wake it again', () => workerContext(witness));
  await panel.closeDevTools();
  await expectPutRight(inspected);
});

test('the own window is closed while the service worker is stopped: the next one finds the note', async () => {
  const inspected = await openShop();
  const panel = await armedOwnWindow(inspected);
  // A panel wakes a stopped worker within milliseconds; this one is not to.
  await panel.evaluate(() => {
    chrome.runtime.connect = () => {
      throw new Error('nobody to call');
    };
  });
  await stopServiceWorker(launched, witness);
  await panel.close();
  await expectPutRight(inspected);
});

test('the own window is closed', async () => {
  const inspected = await openShop();
  const panel = await armedOwnWindow(inspected);
  await panel.close();
  await expectPutRight(inspected);
});

test('the extension is switched off: the hook takes itself off when its lease ends', async () => {
  const inspected = await openShop();
  // Half a minute goes by at once, in the page only.
  await inspected.page.clock.install();
  await inspected.page.reload();
  const isOriginal = await inspected.page.evaluateHandle('((original) => () => original === shop.sell)(shop.sell)');
  const panel = await armedOwnWindow(inspected);
  await switchOff();
  expect(panel.isClosed()).toBe(true);
  expect(await isOriginal.evaluate((ask) => (ask as () => boolean)())).toBe(false);
  await inspected.page.clock.fastForward(31_000);
  await waitFor('the original function', () => isOriginal.evaluate((ask) => (ask as () => boolean)()), soon);
});

async function armedOwnWindow({ page }: Inspected): Promise<Page> {
  const panel = await openOwnWindow(launched, page);
  await panel.getByRole('status').getByText('Attached to the page').waitFor();
  await panel.getByRole('combobox', { name: 'Function' }).fill('shop.sell');
  await panel.getByRole('spinbutton', { name: 'Calls' }).fill('3');
  await panel.getByRole('button', { name: 'Capture', exact: true }).click();
  await panel.getByRole('status').getByText('Waiting for call 1 of 3').waitFor();
  return panel;
}

async function switchOff(): Promise<void> {
  const settings = await launched.context.newPage();
  await settings.goto('chrome://extensions');
  await settings.evaluate(async (id) => {
    const { developerPrivate } = chrome as unknown as {
      developerPrivate: { updateExtensionConfiguration(change: object): Promise<void> };
    };
    const { management } = chrome;
    if (management) await management.setEnabled(id, false);
    else await developerPrivate.updateExtensionConfiguration({ extensionId: id, enabled: false });
  }, launched.extensionId);
}
