import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { buildApp } from '../apps/build.ts';
import { type ServedApp, serveApp } from '../apps/serve.ts';
import { hasRecipes, openApp, rankRecipes } from '../apps/use.ts';
import { type FlambePanel, type Launched, launchWithExtension, openOwnWindow, waitFor } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { lookAt, showTheme } from './look.ts';
import { isAttached, statusOf } from './panel-talk.ts';

/** Functions that nothing on window leads to, found by typing: in the order a person does it. */

describe('in DevTools, in a minified bundle of Vite with its map inside', () => {
  let app: ServedApp;
  let devtools: InDevTools;
  let page: Page;
  let panel: FlambePanel;

  beforeAll(async () => {
    app = await serveApp((await buildApp({ bundler: 'vite', mode: 'production', maps: 'inline' })).folder);
    devtools = await openInDevTools((page) => openApp(page, app));
    ({ page, panel } = devtools);
  });
  afterAll(async () => {
    await devtools?.close();
    await app?.close();
  });

  const field = () => panel.byRole('combobox', 'Function');
  const sources = () => panel.byRole('listbox', 'Functions').byRole('group', 'In the sources');
  const globalNames = () => page.evaluate(() => Object.getOwnPropertyNames(window).sort());

  test('a letter does not bring the debugger, two do; when all is read it is gone', async () => {
    const before = await globalNames();
    await field().fill('r');
    await panel.byRole('listbox', 'Functions').node();
    expect(await isAttached(panel)).toBe(false);
    await panel.type('ankRec');
    await sources()
      .byRole('option', /^rankRecipes /)
      .node();
    await waitFor('the debugger to be gone', async () => !(await isAttached(panel)));
    expect(await globalNames()).toEqual(before);
  });

  test('the function has its own name and place, and can be chosen by keys', async () => {
    const [option] = await sources().byRole('option').all();
    expect(option!.name).toBe('rankRecipes model/rank.ts:12');
    await panel.press('ArrowDown');
    await sources()
      .byRole('option', /^rankRecipes /)
      .node(({ properties }) => properties.selected === true);
    await panel.press('Enter');
    await panel.byRole('paragraph').node(({ text }) => text === 'rankRecipes · model/rank.ts:12:17');
    expect((await field().node()).value).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/assets\/\S+\.js:\d+:\d+$/);
  });

  test('it is captured where it stands in the bundle', async () => {
    await panel.click('button', 'Capture');
    await statusOf(panel, /^Waiting for call 1 of 1 of /);
    await rankRecipes(page);
    await statusOf(panel, /^Captured 1 call/);
    await panel.byRole('tree', 'Flame graph').byRole('treeitem').node();
  });

  test('a place of an original source is told by its function, and captured', async () => {
    await field().fill('model/rank.ts:13:3');
    await panel.byRole('paragraph').node(({ text }) => /^rankRecipes · model\/rank\.ts:12:17$/.test(text));
    await panel.press('Escape');
    await lookAt(panel, 'source-place');
    await panel.click('button', 'Capture');
    await statusOf(panel, /^Waiting for call 1 of 1 of /);
    await rankRecipes(page);
    await statusOf(panel, /^Captured 1 call/);
    await field().fill('model/rank.ts:9000');
    await panel.byRole('paragraph').node(({ text }) => text === 'No script that was read has a function there');
  });

  test('the function at the cursor of the Sources panel is offered', async () => {
    await panel.evaluate(async () => {
      const { inspectedWindow, panels } = chrome.devtools;
      const resources = await new Promise<chrome.devtools.inspectedWindow.Resource[]>((resolve) => {
        inspectedWindow.getResources(resolve);
      });
      const source = resources.find(({ url }) => url.endsWith('model/rank.ts'))!;
      const isSelected = new Promise<void>((resolve) => panels.sources.onSelectionChanged.addListener(resolve));
      panels.openResource(source.url, 12, 2, () => {});
      await isSelected;
    });
    await waitFor('the Flambe tab again', () => panel.devtools.showExtensionTab(devtools.launched.extensionId));
    await field().fill('');
    await panel.press('Escape');
    await field().click();
    await panel.byRole('group', 'Selected in Sources').byRole('option', 'model/rank.ts:13:3').click();
    await panel.byRole('paragraph').node(({ text }) => text === 'rankRecipes · model/rank.ts:12:17');
  });

  test('what is wide or long is all there to see', async () => {
    await field().fill('re');
    await sources().byRole('option').node();
    await panel.press('ArrowDown');
    await lookAt(panel, 'source-picking');
    await showTheme(panel, 'dark');
    await lookAt(panel, 'source-picking-dark');
    await showTheme(panel, 'light');
    await panel.press('Escape');
  });

  test('nothing was thrown in the panel', () => {
    expect(panel.exceptions).toEqual([]);
  });
});

describe('in a window of its own, in a development bundle of webpack that evaluates its modules', () => {
  let app: ServedApp;
  let launched: Launched;
  let page: Page;
  let panel: Page;
  const exceptions: Error[] = [];

  beforeAll(async () => {
    app = await serveApp((await buildApp({ bundler: 'webpack', mode: 'development', maps: 'inline' })).folder);
    launched = await launchWithExtension(inject('extension'), { devtools: false });
    page = launched.page;
    await openApp(page, app);
    panel = await openOwnWindow(launched, page);
    panel.on('pageerror', (error) => exceptions.push(error));
    await panel.getByRole('status').getByText('Attached to the page').waitFor();
  });
  afterAll(async () => {
    await launched?.close();
    await app?.close();
  });

  const field = () => panel.getByRole('combobox', { name: 'Function' });
  const sources = () => panel.getByRole('group', { name: 'In the sources' }).getByRole('option');

  /** Whether the Debugger domain is enabled: only then it gives the text of a script. */
  const isDebugging = () =>
    panel.evaluate(async () => {
      const tabId = Number(new URL(location.href).searchParams.get('tab'));
      const answer = chrome.debugger.sendCommand({ tabId }, 'Debugger.getScriptSource', { scriptId: 'none' });
      return answer.then(
        () => true,
        (error: Error) => !/not enabled/.test(error.message),
      );
    });

  test('the scripts are read when the field is clicked, and then let go', async () => {
    expect(await isDebugging()).toBe(false);
    await field().click();
    await expect.poll(isDebugging).toBe(true);
    await expect.poll(isDebugging, { timeout: 20_000 }).toBe(false);
    await field().fill('r');
    await sources().first().waitFor();
  });

  test('the function is found, chosen by mouse and captured', async () => {
    await field().fill('rankRec');
    await panel.getByRole('option', { name: 'rankRecipes model/rank.ts:12', exact: true }).click();
    await panel.getByText('rankRecipes · model/rank.ts:12:17').waitFor();
    expect(await field().inputValue()).toMatch(/^webpack-internal:.*rank\.ts:\d+:\d+$/);
    await panel.getByRole('button', { name: 'Capture', exact: true }).click();
    await panel.getByRole('status').getByText('Waiting for call 1 of 1').waitFor();
    await rankRecipes(page);
    await panel.getByRole('status').getByText('Captured 1 call').waitFor();
    await panel.getByRole('treeitem').first().waitFor();
  });

  test('names around the function narrow the list, letters of its words find it', async () => {
    for (const typed of ['rRec', 'rank.ts rankRe']) {
      await field().fill(typed);
      await panel.getByRole('option', { name: 'rankRecipes model/rank.ts:12', exact: true }).waitFor();
    }
    await field().fill('planner.ts rankRe');
    await panel
      .getByRole('option', { name: 'rankRecipes model/rank.ts:12', exact: true })
      .waitFor({ state: 'detached' });
  });

  test('a capture that is begun while scripts are read ends the reading, and the next look takes it up', async () => {
    await page.reload();
    await hasRecipes(page);
    await field().click();
    await field().fill('document.createElement');
    await field().press('Enter');
    await panel.getByRole('status').getByText('Waiting for call 1 of 1').waitFor();
    await page.evaluate(() => document.createElement('p'));
    await panel.getByRole('status').getByText('Captured 1 call').waitFor();
    await field().fill('rankRec');
    await panel.getByRole('option', { name: 'rankRecipes model/rank.ts:12', exact: true }).waitFor();
  });

  test('another document has other functions', async () => {
    await field().press('Escape');
    await page.goto(`${app.url}assets/main.js`);
    await field().fill('rankRec');
    await panel.getByText('No global rankRec in this page').first().waitFor();
    expect(await sources().count()).toBe(0);
  });

  test('nothing was thrown in the panel', () => {
    expect(exceptions).toEqual([]);
  });
});
