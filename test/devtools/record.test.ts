import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  boxesNamed,
  type FlambePanel,
  type Launched,
  launchWithExtension,
  openOwnWindow,
  waitFor,
} from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { lookAt } from './look.ts';
import { type ServedPages, servePages } from './pages.ts';
import { isAttached, statusOf, tabTo } from './panel-talk.ts';

/** Record, then pick: in the order a person does it, each test goes on where the one before it ended. */

let pages: ServedPages;

beforeAll(async () => {
  const html = await readFile(path.join(import.meta.dirname, '../browser/pages/record.html'), 'utf8');
  pages = await servePages({ page: html.replace('<!doctype html>', '') });
});
afterAll(() => pages?.close());

/** Has the page do all its work, with a click of the mouse. */
async function work(page: Page): Promise<void> {
  await Promise.all([page.evaluate('work()'), page.getByRole('button', { name: 'Work' }).click()]);
}

describe('in DevTools', () => {
  let devtools: InDevTools;
  let page: Page;
  let panel: FlambePanel;

  beforeAll(async () => {
    devtools = await openInDevTools((page) => page.goto(pages.url('page')));
    ({ page, panel } = devtools);
  });
  afterAll(() => devtools?.close());

  const table = (name: 'Functions' | 'Events') => panel.byRole('table', name);
  const rows = async (name: 'Functions' | 'Events') =>
    (await table(name).byRole('row').all()).slice(1).map(({ text }) => text);
  const focused = (role: string, name: RegExp) =>
    panel.byRole(role, name).node(({ properties }) => properties.focused === true);

  test('Record says what to do, Stop ends it, and the debugger is gone', async () => {
    await panel.click('button', 'Record');
    await statusOf(panel, /^Recording …$/);
    await panel.byRole('button', 'Capture').node(({ properties }) => properties.disabled === true);
    await work(page);
    await lookAt(panel, 'recording');
    await panel.click('button', 'Stop');
    await statusOf(
      panel,
      /^Recorded [\d.]+ m?s: [\d,]+ functions, [\d,]+ samples · one sample every .+ · sampled, not clocked$/,
    );
    expect(await isAttached(panel)).toBe(false);
  });

  test('the table has the functions of the page, the one with the most time of its own first', async () => {
    const listed = await rows('Functions');
    expect(listed[0]).toMatch(/^spin/);
    for (const name of ['tick', 'draw', 'onClick', 'inner'])
      expect(
        listed.some((text) => text.startsWith(name)),
        name,
      ).toBe(true);
    expect(listed.some((text) => text.startsWith('now'))).toBe(false);
    await lookAt(panel, 'recorded');
  });

  test('a head sorts, by mouse and by key', async () => {
    const head = table('Functions').byRole('columnheader', /^Function/);
    await head.byRole('button').click();
    const names = async () => (await rows('Functions')).map((text) => /^\(?[a-z]+/i.exec(text)![0]);
    const inOrder = await waitFor('names in order', async () => {
      const seen = await names();
      return seen.length > 3 && String(seen) === String(seen.toSorted()) && seen;
    });
    await panel.press('Enter');
    await waitFor('names in reverse', async () => String(await names()) === String(inOrder.toReversed()));
    await table('Functions')
      .byRole('columnheader', /^Total/)
      .byRole('button')
      .click();
  });

  test('the filter narrows it, natives come on demand', async () => {
    await panel.byRole('searchbox', 'Filter functions').fill('inner');
    await waitFor('one function', async () => (await rows('Functions')).length === 1);
    await statusOf(panel, /^1 of \d+ functions$/);
    await panel.byRole('searchbox', 'Filter functions').fill('now');
    await panel.click('checkbox', 'Native functions');
    await waitFor('a native', async () => (await rows('Functions')).some((text) => /^now.*native function/.test(text)));
    await panel.click('checkbox', 'Native functions');
    await panel.byRole('searchbox', 'Filter functions').fill('');
  });

  test('the events have their counts, and times that the browser clocked', async () => {
    await panel.click('tab', 'Events');
    const listed = await waitFor('the events', async () => {
      const texts = await rows('Events');
      return texts.length > 0 && texts;
    });
    expect(listed.find((text) => text.startsWith('timer'))).toMatch(
      /^timer\s*tick\s*3\s*(9\d|1\d\d)(\.\d)? ms\s*[34]\d\.\d ms/,
    );
    expect(listed.find((text) => text.startsWith('animation frame'))).toMatch(/^animation frame\s*draw\s*4/);
    expect(listed.find((text) => text.startsWith('click'))).toMatch(/^click\s*onClick\s*1/);
    await lookAt(panel, 'recorded-events');
  });

  test('a function shows its graph, marked as sampled', async () => {
    await table('Events').byRole('button', 'onClick').click();
    await statusOf(panel, /^Recorded 1 run of onClick, ≈ [\d.]+ ms · sampled, not clocked · /);
    const tree = panel.byRole('tree', 'Flame graph');
    expect((await tree.byRole('treeitem').node()).name).toMatch(/^onClick, [\d.]+ ms, 100 % of call$/);
    await panel
      .byRole('listbox', 'Calls')
      .byRole('option', /^Run 1 ≈ [\d.]+ ms$/)
      .node();
    await lookAt(panel, 'recorded-function');
    await panel.click('button', 'Export SVG');
    const svg = await readFile(await devtools.downloads.next(), 'utf8');
    expect(svg).toContain('1 run, sampled, not clocked');
  });

  test('Escape leads back to the table and to the row, by keys to another function', async () => {
    await panel.byRole('listbox', 'Calls').click();
    await panel.press('Tab');
    await tabTo(panel, 'treeitem');
    await focused('treeitem', /^onClick/);
    await panel.press('Escape');
    await focused('button', /^onClick$/);
    expect(await panel.devtools.drawerIsOpen()).toBe(false);
    await panel.press('Home');
    await focused('button', /^tick$/);
    await panel.press('Enter');
    await statusOf(panel, /^Recorded \d runs? of tick/);
    await panel.click('button', 'Functions');
    await table('Events').node();
  });

  test('"Capture this one" hooks it, and the table is still there', async () => {
    await panel.click('button', 'Capture this one: onClick');
    await statusOf(panel, /^Waiting for call 1 of 1 of http:.*\/page:\d+:\d+$/);
    await work(page);
    await statusOf(panel, /^Captured 1 call, [\d.]+ ms, /);
    expect((await panel.byRole('treeitem').node()).name).toMatch(/^onClick, /);
    await panel.click('button', 'Functions');
    await table('Events').node();
  });

  test('a box of a graph leads on to its own function', async () => {
    await panel.click('tab', 'Functions');
    await table('Functions').byRole('button', 'onClick').click();
    await panel.byRole('treeitem', /^inner, /).click();
    await panel.press('c');
    await statusOf(panel, /^Waiting for call 1 of 1 of http:.*\/page:27:\d+$/);
    await work(page);
    await statusOf(panel, /^Captured 1 call, [\d.]+ ms, /);
    expect((await panel.byRole('treeitem').node()).name).toMatch(/^inner, /);
  });

  test('nothing was thrown in the panel', () => {
    expect(panel.exceptions).toEqual([]);
  });
});

describe('in a window of its own', () => {
  let launched: Launched;
  beforeAll(async () => {
    launched = await launchWithExtension(inject('extension'), { devtools: false });
  });
  afterAll(() => launched?.close());

  test('a page that reloads is recorded over that', async () => {
    const { page } = launched;
    await page.goto(pages.url('page'));
    const panel = await openOwnWindow(launched, page);
    await panel.getByRole('button', { name: 'Record' }).click();
    await panel
      .getByRole('status')
      .getByText(/^Recording/)
      .waitFor();
    await page.reload();
    await work(page);
    await panel.getByRole('button', { name: 'Stop' }).click();
    await panel
      .getByRole('status')
      .getByText(/another document meanwhile/)
      .waitFor();
    await panel.getByRole('table', { name: 'Functions' }).getByRole('button', { name: 'tick', exact: true }).click();
    await panel
      .getByRole('status')
      .getByText(/^Recorded \d runs? of tick/)
      .waitFor();
    await boxesNamed(panel);
    expect(await panel.getByRole('treeitem').first().getAttribute('aria-label')).toMatch(/^tick, /);
  });

  test('a page in which nothing ran says so', async () => {
    const page = await launched.context.newPage();
    await page.goto('about:blank');
    const panel = await openOwnWindow(launched, page);
    await panel.getByRole('button', { name: 'Record' }).click();
    await panel
      .getByRole('status')
      .getByText(/^Recording/)
      .waitFor();
    await panel.getByRole('button', { name: 'Stop' }).click();
    await panel
      .getByRole('status')
      .getByText(/^(0 of|No function)/)
      .waitFor();
  });
});
