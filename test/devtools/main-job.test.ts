import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { boxesNamed, type FlambePanel, waitFor } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { isAttached, statusOf } from './panel-talk.ts';

/** The main job on the demo, in the order a person does it: each test goes on where the one before it ended. */

let devtools: InDevTools;
let page: Page;
let panel: FlambePanel;

beforeAll(async () => {
  devtools = await openInDevTools((page) => page.goto(inject('demoUrl')));
  ({ page, panel } = devtools);
});
afterAll(() => devtools?.close());

/** Whether DevTools' drawer is open, when DevTools has dealt with the keys that the panel let through to it. */
async function drawerIsOpen(): Promise<boolean> {
  await panel.settled();
  // Goes the way that those keys went, behind them.
  await panel.evaluate(() => new Promise<void>((done) => chrome.devtools.inspectedWindow.eval('0', () => done())));
  return panel.devtools.drawerIsOpen();
}

const root = () => panel.byRole('tree', 'Flame graph').byRole('treeitem');
/** Of the call, in percent, by the name of a box. */
const shareOf = (name: string) => Number(/([\d.]+) % of call$/.exec(name)?.[1]);
const durationIn = (text: string) => /[\d.,]+ (µs|ms|s)\b/.exec(text)![0];

test('the picker filters as one types, arrows and Enter choose', async () => {
  const picker = panel.byRole('combobox', 'Function');
  await picker.fill('marked.par');
  const options = panel.byRole('listbox', 'Functions').byRole('option');
  await options.node(({ name }) => /^marked\.parse function$/.test(name));
  expect((await options.all()).length).toBeLessThan(10);
  const names = (await options.all()).map(({ name }) => name);
  for (const name of names.slice(0, names.indexOf('marked.parse function') + 1)) {
    await panel.press('ArrowDown');
    await panel.byRole('option', name).node(({ properties }) => properties.selected === true);
  }
  await panel.press('Enter');
  await picker.node(({ value, properties }) => value === 'marked.parse' && properties.expanded === false);
  await statusOf(panel, /^marked\.parse is there \(function\)$/);
});

test('three calls are captured, and the page is as it was', async () => {
  const before = await page.evaluateHandle(`({
    parse: Object.getOwnPropertyDescriptor(marked, 'parse'),
    globals: Reflect.ownKeys(globalThis),
  })`);
  // The scripts that the picker searches may still be being read.
  await waitFor('the debugger to be detached', async () => !(await isAttached(panel)));
  await panel.byRole('spinbutton', 'Calls').fill('3');
  await panel.evaluate(() => {
    addEventListener('click', () => performance.mark('pressed'), { once: true, capture: true });
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[role=status]')!.textContent!.startsWith('Waiting for call')) return;
      performance.mark('armed');
      observer.disconnect();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await panel.click('button', 'Capture');
  await statusOf(panel, /^Waiting for call 1 of 3 of marked\.parse$/);
  expect(await isAttached(panel)).toBe(true);
  const arming = await panel.evaluate(() => performance.measure('arming', 'pressed', 'armed').duration);
  console.log(`Capture pressed → armed: ${Math.round(arming)} ms (goal 400 ms)`);
  // Loose, for a machine that does other things too.
  expect(arming).toBeLessThan(1500);

  for (const next of [2, 3, null]) {
    await page.getByRole('button', { name: 'Render README' }).click();
    if (next !== null) await statusOf(panel, new RegExp(`^Waiting for call ${next} of 3 `));
  }
  await statusOf(panel, /^Captured 3 calls, [\d.]+ m?s, [\d,]+ samples · one sample every .+ · Tracing$/);
  expect((await root().node()).name).toMatch(/^marked, [\d.]+ m?s, 100 % of call$/);

  expect(await isAttached(panel)).toBe(false);
  const differences = await page.evaluate((before) => {
    const { parse, globals } = before as { parse: PropertyDescriptor; globals: PropertyKey[] };
    const { marked } = globalThis as unknown as { marked: object };
    const now: PropertyDescriptor = Object.getOwnPropertyDescriptor(marked, 'parse')!;
    return {
      attributes: Reflect.ownKeys(parse).filter((key) => !Object.is(Reflect.get(parse, key), Reflect.get(now, key))),
      globals: Reflect.ownKeys(globalThis)
        .filter((key) => !globals.includes(key))
        .map(String),
    };
  }, before);
  expect(differences).toEqual({ attributes: [], globals: [] });
});

test('choosing a call shows that call alone', async () => {
  const calls = panel.byRole('listbox', 'Calls').byRole('option');
  const names = (await calls.all()).map(({ name }) => name);
  expect(names.join('; ')).toMatch(
    /^All calls; Call 1 [\d.]+ ms returned\b.*; Call 2 .+ returned\b.*; Call 3 .+ returned\b/,
  );
  for (const call of [2, 3]) {
    const option = panel.byRole('listbox', 'Calls').byRole('option', new RegExp(`^Call ${call} `));
    if (call === 2) await option.click();
    else await panel.press('ArrowRight');
    const { name } = await option.node(({ properties }) => properties.selected === true);
    await root().node((node) => node.name === `marked, ${durationIn(name)}, 100 % of call`);
  }
  await panel.press('Home');
  await panel.byRole('option', 'All calls').node(({ properties }) => properties.selected === true);
  // DevTools would hear of an Escape here, where no field and no box of the graph has the focus.
  await panel.press('Escape');
  expect(await drawerIsOpen()).toBe(false);
});

test('a click zooms, "Reset zoom" brings the whole graph back', async () => {
  const { name } = await panel.byRole('treeitem').node((item) => shareOf(item.name) > 10 && shareOf(item.name) < 60);
  const box = panel.byRole('treeitem', name);
  const before = await box.box();
  await box.click();
  await panel.byRole('button', 'Reset zoom').node();
  expect((await box.box()).width).toBe((await root().box()).width);
  await panel.click('button', 'Reset zoom');
  await panel.byRole('button', 'Reset zoom').gone();
  expect(await box.box()).toEqual(before);
});

test('keys move and zoom, Escape takes a zoom back and leaves the drawer shut', async () => {
  // "Reset zoom" left the focus in the graph.
  const focused = (level?: number) =>
    panel
      .byRole('treeitem')
      .node(({ properties }) => properties.focused === true && (!level || properties.level === level));
  for (let level = Number((await focused()).properties.level); level > 1; level--) await panel.press('ArrowUp');
  expect((await focused(1)).name).toMatch(/^marked, /);
  await panel.press('ArrowDown');
  const { name } = await focused(2);
  await panel.press('Enter');
  await panel.byRole('button', 'Reset zoom').node();
  const zoomed = await panel.byRole('treeitem', name).box();
  expect(zoomed.width).toBe((await root().box()).width);
  await panel.press('Escape');
  await panel.byRole('button', 'Reset zoom').gone();
  expect(await drawerIsOpen()).toBe(false);
});

test('Ctrl+F goes to our search, which says how much matched', async () => {
  await panel.press('Control+f');
  const search = panel.byRole('searchbox', 'Search frames');
  await search.node(({ properties }) => properties.focused === true);
  await panel.type('^lexer?$|inline');
  await statusOf(panel, /^Matched (?!0 %)[\d.]+ % · [\d.]+ (µs|ms) · \d+ box(es)?$/);
  await search.fill('blockTokens(');
  await statusOf(panel, /^Matched [\d.]+ % · .* · no valid pattern, searched as plain text$/);
  await panel.press('Escape');
  expect(await drawerIsOpen()).toBe(false);
});

test('the exported file is the same graph, alive', async () => {
  await panel.byRole('searchbox', 'Search frames').fill('');
  const { name } = await root().node();
  const wide = (await panel.byRole('treeitem').all()).map((item) => item.name).filter((item) => shareOf(item) >= 5);
  expect(wide.length).toBeGreaterThan(5);
  await panel.click('button', 'Export SVG');
  const file = await devtools.downloads.next();
  expect(path.basename(file)).toMatch(/^flambe-marked\.parse-\d{8}-\d{6}\.svg$/);

  const view = await devtools.launched.context.newPage();
  const errors: string[] = [];
  view.on('pageerror', (error) => errors.push(String(error)));
  await view.goto(pathToFileURL(file).href);
  await view.getByRole('tree', { name: 'Flame graph' }).waitFor();
  await boxesNamed(view);
  const items = view.getByRole('treeitem');
  expect(await items.first().getAttribute('aria-label')).toBe(name);
  const boxes = await items.evaluateAll((all) => all.map((item) => item.getAttribute('aria-label')));
  expect(boxes).toEqual(expect.arrayContaining(wide));
  await view
    .getByRole('treeitem', { name: /^parse, / })
    .first()
    .click();
  await view.getByRole('button', { name: 'Reset zoom' }).click();
  await view.getByRole('searchbox', { name: 'Search frames' }).fill('blockTokens');
  await view
    .getByRole('status')
    .getByText(/^Matched (?!0 %)[\d.]+ %/)
    .waitFor();
  expect(errors).toEqual([]);
  await view.close();
});

test('nothing was thrown in the panel', () => {
  expect(panel.exceptions).toEqual([]);
});
