import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { buildApp } from '../apps/build.ts';
import { type ServedApp, serveApp } from '../apps/serve.ts';
import { openApp, rankRecipes } from '../apps/use.ts';
import { type FlambePanel, type Launched, launchWithExtension, openOwnWindow, waitFor } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { isAttached, statusOf } from './panel-talk.ts';

/** Minified functions, found by their original names when the user has given the map. */

let app: ServedApp;
let map: string;

beforeAll(async () => {
  const { folder } = await buildApp({ bundler: 'webpack', mode: 'production', maps: 'file' });
  app = await serveApp(folder, { hasMaps: false });
  const assets = path.join(folder, 'assets');
  const name = (await readdir(assets)).find((one) => one.endsWith('main.js.map'))!;
  map = await readFile(path.join(assets, name), 'utf8');
});
afterAll(() => app?.close());

/** In the panel: drops a file on it, as a hand would. */
function drop(name: string, text: string): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  for (const type of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}

describe('in DevTools', () => {
  let devtools: InDevTools;
  let page: Page;
  let panel: FlambePanel;
  beforeAll(async () => {
    devtools = await openInDevTools((page) => openApp(page, app));
    ({ page, panel } = devtools);
  });
  afterAll(() => devtools?.close());

  const field = () => panel.byRole('combobox', 'Function');
  const sources = () => panel.byRole('listbox', 'Functions').byRole('group', 'In the sources');

  test('before, no function has that name', async () => {
    await field().fill('rankRec');
    await panel.byRole('paragraph').node(({ text }) => text.startsWith('No global rankRec in this page'));
    await waitFor('the debugger to be gone', async () => !(await isAttached(panel)));
    expect(await sources().byRole('option').all()).toEqual([]);
  });

  test('after the map is dropped, the next look finds it, with its file; the debugger comes for that look alone', async () => {
    await panel.evaluate(drop, 'main.js.map', map);
    await statusOf(
      panel,
      /^main\.js\.map is used for main\.js: “Function” finds its functions by their original names\.$/,
    );
    expect(await isAttached(panel)).toBe(false);
    await field().fill('rankRec');
    await sources().byRole('option', 'rankRecipes model/rank.ts:12').node();
    await field().fill('model/rank.ts:13');
    await panel.byRole('paragraph').node(({ text }) => /^rankRecipes · model\/rank\.ts:12:17$/.test(text));
  });

  test('it is captured, and its graph has the names too', async () => {
    await panel.press('Escape');
    await panel.click('button', 'Capture');
    await statusOf(panel, /^Waiting for call 1 of 1 of /);
    await rankRecipes(page);
    await statusOf(panel, /^Captured 1 call/);
    await panel.byRole('treeitem', /^rankRecipes, /).node();
    await panel.byRole('treeitem', /^scoreRecipe, /).node();
  });

  test('DevTools, which knows nothing of the map, opens what the function has become', async () => {
    await panel.byRole('treeitem', /^scoreRecipe, /).click();
    const details = await panel.evaluate(() => document.querySelector('.details')!.textContent);
    const generated = /generated: (\S+) main\.js:/.exec(details)![1]!;
    await panel.byRole('button', 'rank.ts:20').click();
    await waitFor('the script in the Sources panel, at the function', async () => {
      const source = await panel.devtools.shownSource();
      return source?.url === `${app.url}assets/main.js` && source.text.includes(`function ${generated}(`);
    });
    expect(panel.exceptions).toEqual([]);
  });
});

describe('in a window of its own', () => {
  let launched: Launched;
  let panel: Page;
  const thrown: Error[] = [];
  beforeAll(async () => {
    launched = await launchWithExtension(inject('extension'), { devtools: false });
    await openApp(launched.page, app);
    panel = await openOwnWindow(launched, launched.page);
    panel.on('pageerror', (error) => thrown.push(error));
    await panel.getByRole('status').getByText('Attached to the page').waitFor();
    await panel.getByRole('button', { name: 'Options', exact: true }).click();
  });
  afterAll(() => launched?.close());

  const field = () => panel.getByRole('combobox', { name: 'Function' });
  const option = () => panel.getByRole('option', { name: 'rankRecipes model/rank.ts:12', exact: true });
  const give = async (text: string) => {
    // The list may lie over the button.
    await field().press('Escape');
    const [chooser] = await Promise.all([
      panel.waitForEvent('filechooser'),
      panel.getByRole('button', { name: 'Add a source map…' }).click(),
    ]);
    await chooser.setFiles({ name: 'main.js.map', mimeType: '', buffer: Buffer.from(text) });
  };

  test('a map that is chosen before any script was read waits for its script', async () => {
    await give(map);
    await panel.getByRole('status').getByText('main.js.map will be used when a graph or a table').waitFor();
    await field().fill('rankRec');
    await option().waitFor();
  });

  test('a broken one is told of, and the script is read without it then', async () => {
    await give('{');
    await field().fill('rankRe');
    await panel.getByText('1 script not read in full').waitFor();
    await field().press('Escape');
    await field().fill('rankRec');
    await panel.getByText('No global rankRec in this page').first().waitFor();
    await panel.getByText('1 script not read in full').waitFor({ state: 'detached' });
    await give(map);
    await field().fill('rankReci');
    await option().waitFor();
    expect(thrown).toEqual([]);
  });
});
