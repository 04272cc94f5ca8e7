import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { buildApp, removeBuilds } from '../apps/build.ts';
import { type ServedApp, serveApp } from '../apps/serve.ts';
import { type FlambePanel, type Launched, launchWithExtension, openFlambePanel, waitFor } from '../harness/index.ts';
import { isAttached, statusOf } from './panel-talk.ts';

/** Functions that nothing on window leads to, found by typing: in the order a person does it. */

afterAll(removeBuilds);

async function openApp(page: Page, { url }: ServedApp): Promise<void> {
  await page.goto(url);
  await page.getByRole('status').getByText('4000 recipes', { exact: true }).waitFor();
}

async function rankRecipes(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Looks like' }).fill('smoked chesnut tart');
  await page.getByRole('button', { name: 'Rank recipes' }).click();
}

describe('in DevTools, in a minified bundle of Vite with its map inside', () => {
  let app: ServedApp;
  let launched: Launched;
  let page: Page;
  let panel: FlambePanel;

  beforeAll(async () => {
    app = await serveApp((await buildApp({ bundler: 'vite', mode: 'production', maps: 'inline' })).folder);
    launched = await launchWithExtension(inject('extension'));
    page = launched.page;
    await openApp(page, app);
    panel = await openFlambePanel(launched, page, { dock: 'undocked' });
  });
  afterAll(async () => {
    await launched?.close();
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

  test('nothing was thrown in the panel', () => {
    expect(panel.exceptions).toEqual([]);
  });
});
