import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FlambePanel, waitFor } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { type ServedPages, servePages } from './pages.ts';
import { arm, statusOf } from './panel-talk.ts';

/**
 * The views of a graph and work on its tree, in the real DevTools. The page's functions take so long that each of them is
 * sampled often:
 *
 *     work            first, then last
 *       first         30 ms itself
 *         shared      30 ms
 *       zlast         50 ms itself
 *         shared      20 ms
 *         again       calls itself three times, 5 ms each
 */
const html = `<button onclick="work()">Work</button><script>
  function spin(ms) { const end = performance.now() + ms; while (performance.now() < end); }
  function shared(ms) { const end = performance.now() + ms; while (performance.now() < end); }
  function first() { const end = performance.now() + 30; while (performance.now() < end); shared(30); }
  function again(depth) { const end = performance.now() + 5; while (performance.now() < end); if (depth > 1) again(depth - 1); }
  function zlast() { const end = performance.now() + 50; while (performance.now() < end); shared(20); again(3); }
  function work() { first(); zlast(); }
</script>`;

let pages: ServedPages;
let devtools: InDevTools;
let page: Page;
let panel: FlambePanel;

beforeAll(async () => {
  pages = await servePages({ work: html });
  devtools = await openInDevTools((page) => page.goto(pages.url('work')));
  ({ page, panel } = devtools);
  await arm(panel, 'work', 2);
  for (const next of [2, null]) {
    await page.getByRole('button', { name: 'Work' }).click();
    if (next) await statusOf(panel, /^Waiting for call 2 of 2/);
  }
  await statusOf(panel, /^Captured 2 calls/);
});
afterAll(async () => {
  await devtools?.close();
  await pages?.close();
});

const box = (name: string, tree = 'Flame graph') =>
  panel.byRole('tree', tree).byRole('treeitem', new RegExp(`^${name}, `));
const nameOf = ({ name }: { readonly name: string }) => name.split(',')[0];
const boxes = async (tree = 'Flame graph') => (await panel.byRole('tree', tree).byRole('treeitem').all()).map(nameOf);
/** In ms, of the first box of that name. */
const timeOf = async (name: string, tree?: string) => {
  const [, amount, unit] = /, ([\d.]+) (µs|ms|s), /.exec((await box(name, tree).node()).name)!;
  return Number(amount) * { µs: 0.001, ms: 1, s: 1000 }[unit as 'µs' | 'ms' | 's'];
};
const view = (name: string) => panel.byRole('radiogroup', 'View').byRole('radio', name);
const focusOn = async (name: string) => {
  // A click zooms; Escape takes that back, and the box keeps the focus.
  await box(name).click();
  await panel.press('Escape');
};
const trail = () => panel.byRole('navigation', 'Changes of the tree');

describe('a view', () => {
  test.each([
    ['Flame graph', 'f'],
    ['Flame chart', 't'],
    ['Bottom-up', 'b'],
    ['Icicle', 'i'],
  ])('%s is one key away', async (name, key) => {
    await box('work').node();
    await panel.evaluate(() => document.querySelector<SVGElement>('[role=treeitem][tabindex="0"]')!.focus());
    await panel.press(key);
    await view(name).node(({ properties }) => properties.checked === 'true');
    await panel.byRole('tree', 'Flame graph').node();
  });

  test('as flame graph has its root at the bottom', async () => {
    await view('Flame graph').click();
    await waitFor('the root to stand below what it calls', async () => {
      const [root, first] = [await box('work').box(), await box('first').box()];
      return root.y > first.y;
    });
    await view('Icicle').click();
    await waitFor('the root to stand above what it calls', async () => {
      const [root, first] = [await box('work').box(), await box('first').box()];
      return root.y < first.y;
    });
  });

  test('as flame chart keeps the order of time, one call after the other', async () => {
    await view('Flame chart').click();
    await box('All calls').node();
    await waitFor('two calls', async () => (await boxes()).filter((name) => name === 'work').length === 2);
    const [first, last] = [await box('first').box(), await box('zlast').box()];
    expect(first.x).toBeLessThan(last.x);
    await panel
      .byRole('listbox', 'Calls')
      .byRole('option', /^Call 1 /)
      .click();
    await waitFor('one call', async () => (await boxes()).filter((name) => name === 'work').length === 1);
    await panel.byRole('listbox', 'Calls').byRole('option', 'All calls').click();
    await view('Icicle').click();
    // By time, what takes longest comes first.
    await waitFor('merged boxes', async () => (await boxes()).filter((name) => name === 'zlast').length === 1);
    const [longer, shorter] =
      (await timeOf('zlast')) > (await timeOf('first')) ? ['zlast', 'first'] : ['first', 'zlast'];
    expect((await box(longer!).box()).x).toBeLessThan((await box(shorter!).box()).x);
  });

  test('in the order of names or sources has its siblings so', async () => {
    await panel.click('button', 'Order: by time');
    await waitFor('first to stand first', async () => (await box('first').box()).x < (await box('zlast').box()).x);
    await panel.click('button', 'Order: by name');
    await panel.click('button', 'Order: by source');
    await panel.byRole('button', 'Order: by time').node();
  });

  test('as sandwich shows the callers and the callees of a function, from all its places', async () => {
    const here = await timeOf('shared');
    await focusOn('shared');
    await panel.press('s');
    const root = await box('shared', 'Callees').node();
    expect((await box('shared', 'Callers').node()).name).toBe(root.name);
    expect(await timeOf('shared', 'Callees')).toBeGreaterThan(here);
    expect((await boxes('Callers')).toSorted()).toEqual(['first', 'shared', 'work', 'work', 'zlast']);
    const [caller, callee] = [await box('first', 'Callers').box(), await box('shared', 'Callees').box()];
    expect(caller.y).toBeLessThan(callee.y);
    await view('Icicle').click();
  });

  test('from the bottom up has functions by their own time, and their callers below', async () => {
    await view('Bottom-up').click();
    await box('All functions').node(({ properties }) => properties.level === 1);
    const items = await panel.byRole('tree', 'Flame graph').byRole('treeitem').all();
    const level = (wanted: number) => items.filter(({ properties }) => properties.level === wanted);
    const shares = level(2).map(({ name }) => Number(/<?([\d.]+) % of call/.exec(name)![1]));
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(level(2).map(nameOf)).toEqual(expect.arrayContaining(['zlast', 'shared', 'first', 'again']));
    const shared = items.findIndex((item) => nameOf(item) === 'shared' && item.properties.level === 2);
    const after = items.slice(shared + 1);
    const below = after.slice(
      0,
      after.findIndex(({ properties }) => properties.level === 2),
    );
    expect(
      below
        .filter(({ properties }) => properties.level === 3)
        .map(nameOf)
        .toSorted(),
    ).toEqual(['first', 'zlast']);
    await view('Icicle').click();
  });

  test('is remembered by the next panel', async () => {
    await view('Flame graph').click();
    const saved = () =>
      panel.evaluate(async () => ((await chrome.storage.local.get('look')).look as { view: string }).view);
    await waitFor('the view to be saved', async () => (await saved()) === 'flame graph');
    await view('Icicle').click();
    await waitFor('the view to be saved', async () => (await saved()) === 'icicle');
  });
});

describe('the table of functions', () => {
  test('has each function once, and leads to its boxes', async () => {
    await view('Functions').click();
    const table = panel.byRole('table', 'Functions');
    await table.byRole('button', 'again').node();
    expect(await table.byRole('button', 'again').all()).toHaveLength(1);
    await table.byRole('button', 'shared').click();
    await box('shared').node();
    const marked = () =>
      panel.evaluate(() =>
        [...document.querySelectorAll('[role=treeitem][class^=match]')].map(
          (one) => one.getAttribute('aria-label')?.split(',')[0],
        ),
      );
    await waitFor('its boxes to stand out', async () => (await marked()).join() === 'shared,shared');
  });
});

describe('work on the tree', () => {
  const whole = async () => (await box('work').node()).name;

  test('hides a function everywhere: its time goes to its callers, and Backspace brings it back', async () => {
    const before = await whole();
    const first = (await box('first').node()).name;
    await focusOn('shared');
    await panel.press('h');
    await box('shared').gone();
    expect(await whole()).toBe(before);
    expect((await box('first').node()).name).toBe(first);
    await trail().byRole('button', 'shared hidden').node();
    await panel.press('Backspace');
    await box('shared').node();
    expect(await trail().all()).toEqual([]);
  });

  test('focuses on a subtree, and on a function everywhere', async () => {
    const shared = await timeOf('shared');
    await focusOn('first');
    await panel.press('o');
    await box('work').gone();
    expect((await boxes())[0]).toBe('first');
    await panel.press('Backspace');
    await focusOn('shared');
    await panel.press('Shift+O');
    await box('work').gone();
    expect(await timeOf('shared')).toBeGreaterThan(shared);
    await panel.byRole('button', 'Whole call').click();
    await box('work').node();
  });

  test('drops a subtree with its time: shares of the view follow, those of the call stay', async () => {
    const before = await timeOf('work');
    const first = await timeOf('first');
    await focusOn('first');
    await panel.press('d');
    await box('first').gone();
    // Both are rounded.
    expect(Math.abs((await timeOf('work')) - (before - first))).toBeLessThan(2);
    expect(Number(/([\d.]+) % of call/.exec(await whole())![1])).toBeLessThan(99);
    await panel.press('Backspace');
    await box('first').node();
  });

  test('collapses recursion, and merges native functions', async () => {
    const recursions = async () => (await boxes()).filter((name) => name === 'again').length;
    expect(await recursions()).toBe(3);
    await panel.press('r');
    await waitFor('one box', async () => (await recursions()) === 1);
    await panel.press('r');
    await waitFor('three boxes', async () => (await recursions()) === 3);
    await panel.press('e');
    await box('now').gone();
    await panel.press('e');
  });

  test('keeps the place that one has zoomed to', async () => {
    await box('zlast').click();
    await panel.press('r');
    await waitFor('one box', async () => (await boxes()).filter((name) => name === 'again').length === 1);
    await panel.byRole('button', 'Reset zoom').node();
    expect(await boxes()).not.toContain('first');
    await panel.press('r');
    await panel.press('Escape');
    await box('first').node();
  });
});

describe('the menu of a box', () => {
  test('opens by the keyboard, moves, acts and closes, and gives the focus back', async () => {
    await focusOn('first');
    await panel.press('Shift+F10');
    const menu = panel.byRole('menu', 'Actions');
    const first = await menu.byRole('menuitem', 'Focus on this subtree').node();
    expect(first.properties.focused).toBe(true);
    await panel.press('Escape');
    await menu.gone();
    await box('first').node(({ properties }) => properties.focused === true);
    await panel.press('Shift+F10');
    await panel.press('ArrowDown');
    await panel.press('Enter');
    await box('work').gone();
    await panel.press('Backspace');
    await box('work').node();
  });

  test('copies names and stacks', async () => {
    await focusOn('shared');
    await panel.evaluate(() => {
      const copied: string[] = [];
      Object.assign(globalThis, { copied });
      document.addEventListener('copy', () =>
        copied.push(getSelection()!.toString() || (document.activeElement as HTMLTextAreaElement).value),
      );
    });
    await panel.press('y');
    await panel.press('Shift+Y');
    const copied = await panel.evaluate(() => (globalThis as unknown as { copied: string[] }).copied);
    expect(copied[0]).toBe('shared');
    const stack = copied[1]!.split('\n').map((line) => line.trim().split(' ')[1]);
    expect(stack).toEqual(['shared', expect.stringMatching(/^(first|zlast)$/), 'work', undefined]);
  });
});

test('none of these keys comes as far as DevTools', async () => {
  await panel.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    document.addEventListener('keydown', ({ key }) => heard.push(key));
  });
  await focusOn('first');
  for (const key of ['f', 'i', 'x', 'x', 'x', 'r', 'r', 'Backspace', 'n', 'F3', 'Escape']) await panel.press(key);
  // The help is drawn a moment after its key, and a key is for what has the focus.
  await panel.press('Shift+?');
  await panel.byRole('dialog', 'Keys').node();
  await panel.press('Escape');
  await panel.byRole('dialog', 'Keys').gone();
  // It has kept its place all the while, though a table may have stood beside the graph before.
  await box('first').node(({ properties }) => properties.focused === true);
  for (const key of ['/', 'Escape']) await panel.press(key);
  expect(await panel.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([]);
  expect(panel.exceptions).toEqual([]);
});

test('Ctrl+Enter opens the source of a box', async () => {
  await focusOn('first');
  await panel.press('Control+Enter');
  await waitFor('its source in the Sources panel', async () => {
    const source = await panel.devtools.shownSource();
    // DevTools may have laid the source out anew.
    return source?.url === pages.url('work') && source.text.trim().startsWith('function first()');
  });
});
