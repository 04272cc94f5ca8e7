import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Launched, launchWithExtension, openOwnWindow, waitFor } from '../harness/index.ts';
import { type ServedPages, servePages } from './pages.ts';

/** Pages that the debugger may not attach to, and a debugger that is taken away; in a window of Flambe's own. */

const shop = '<script>window.shop = { sell(price) { return price; } };</script>';

let folder: string;
let launched: Launched;
let pages: ServedPages;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'flambe-pages-'));
  const stranger = await writeStranger(path.join(folder, 'stranger'));
  launched = await launchWithExtension(inject('extension'), { devtools: false, alongside: [stranger] });
  pages = await servePages({ shop });
});
afterAll(async () => {
  await launched?.close();
  await pages?.close();
  await rm(folder, { recursive: true });
});

/** Another extension, which puts a frame of its own into every page, as password managers do. */
async function writeStranger(to: string): Promise<string> {
  const files = {
    'manifest.json': JSON.stringify({
      manifest_version: 3,
      name: 'Stranger',
      version: '1',
      content_scripts: [{ matches: ['http://localhost/*'], js: ['content.js'] }],
      web_accessible_resources: [{ matches: ['<all_urls>'], resources: ['frame.html'] }],
    }),
    'content.js': `const frame = document.createElement('iframe');
      frame.title = 'Stranger';
      frame.src = chrome.runtime.getURL('frame.html');
      document.documentElement.append(frame);`,
    'frame.html': '<!doctype html><title>Frame</title>A frame of another extension',
  };
  await mkdir(to);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(to, name), text);
  return to;
}

async function openAt(url: string): Promise<{ page: Page; panel: Page }> {
  const page = await launched.context.newPage();
  await page.goto(url);
  return { page, panel: await openOwnWindow(launched, page) };
}

async function alert(panel: Page, text: RegExp): Promise<void> {
  await panel.getByRole('alert').waitFor();
  expect(await panel.getByRole('alert').textContent()).toMatch(text);
}

test('a page of the browser’s own', async () => {
  const { panel } = await openAt('chrome://version');
  await alert(panel, /^This page can't be debugged.*Chrome keeps extensions away from its own pages/);
});

test('a page with a frame of another extension', async () => {
  const page = await launched.context.newPage();
  await page.goto(pages.url('shop', 'localhost'));
  await page.frameLocator('iframe[title=Stranger]').getByText('A frame of another extension').waitFor();
  const panel = await openOwnWindow(launched, page);
  await alert(panel, /^This page can't be debugged.*Another extension has put a frame of its own into it/);
});

test('a frame of another extension comes while the window is attached', async () => {
  const { page, panel } = await openAt(pages.url('shop'));
  await panel.getByRole('status').getByText('Attached to the page').waitFor();
  await page.goto(pages.url('shop', 'localhost'));
  await panel.getByRole('status').getByText('Not attached to the page').waitFor();
});

test('the tab is closed in the middle of a capture', async () => {
  const { page, panel } = await openAt(pages.url('shop'));
  await armIn(panel);
  await page.close();
  await alert(panel, /^The debugger was detached.*the tab was closed/);
});

test('the tab goes to a page of the browser’s own in the middle of a capture', async () => {
  const { page, panel } = await openAt(pages.url('shop'));
  await armIn(panel);
  await page.goto('chrome://version');
  await alert(panel, /^The debugger was detached.*went where no extension may look/);
});

test('a file, without leave to see files; and with it', async () => {
  const file = path.join(folder, 'shop.html');
  await writeFile(file, shop);
  const { panel: allowed } = await openAt(pathToFileURL(file).href);
  await allowed.getByRole('status').getByText('Attached to the page').waitFor();
  await refuseFiles();
  const { panel } = await openAt(pathToFileURL(file).href);
  await alert(panel, /^Flambe may not look at files yet.*Allow access to file URLs/);
});

async function armIn(panel: Page): Promise<void> {
  await panel.getByRole('status').getByText('Attached to the page').waitFor();
  await panel.getByRole('combobox', { name: 'Function' }).fill('shop.sell');
  await panel.getByRole('button', { name: 'Capture', exact: true }).click();
  await panel.getByRole('status').getByText('Waiting for call 1 of 1').waitFor();
}

/** The switch in the browser's page of extensions, which starts the extension again: in developer mode only. */
async function refuseFiles(): Promise<void> {
  const settings = await launched.context.newPage();
  await settings.goto('chrome://extensions');
  await settings.evaluate(async (extensionId) => {
    const { developerPrivate } = chrome as unknown as {
      developerPrivate: Record<
        'updateProfileConfiguration' | 'updateExtensionConfiguration',
        (change: object) => Promise<void>
      >;
    };
    await developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
    await developerPrivate.updateExtensionConfiguration({ extensionId, fileAccess: false });
  }, launched.extensionId);
  await waitFor('the extension to be back', async () => {
    await settings.goto(`chrome-extension://${launched.extensionId}/manifest.json`);
    return true;
  });
  await settings.close();
}
