import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type FlambePanel, waitFor } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { type ServedPages, servePages } from './pages.ts';
import { arm, statusOf } from './panel-talk.ts';

/** The search of the graph, in the real DevTools. Each function takes so long that it has a box. */
const html = `<button onclick="work()">Work</button><script>
  function spin() { const end = Date.now() + 20; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 7; }
  function readFile() { const end = Date.now() + 20; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 7; }
  function readLine() { const end = Date.now() + 20; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 7; readFile(); }
  function $read() { const end = Date.now() + 20; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 7; }
  function paint() { const end = Date.now() + 20; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 7; }
  function work() { readLine(); $read(); paint(); }
</script>`;

let pages: ServedPages;
let devtools: InDevTools;
let page: Page;
let panel: FlambePanel;

beforeAll(async () => {
  pages = await servePages({ demo: html });
  devtools = await openInDevTools((page) => page.goto(pages.url('demo')));
  ({ page, panel } = devtools);
  await arm(panel, 'work');
  await page.getByRole('button', { name: 'Work' }).click();
  await statusOf(panel, /^Captured 1 call/);
  await panel.byRole('tree', 'Flame graph').node();
});
afterAll(async () => {
  await devtools?.close();
  await pages?.close();
});
afterEach(async () => {
  for (const { name } of await panel.byRole('button', /^Remove term /).all()) await panel.click('button', name);
  await field().fill('');
  await nothingFound();
  expect(panel.exceptions).toEqual([]);
});

const field = () => panel.byRole('searchbox', 'Search frames');

/** Names of the boxes that each term matched, by the number of the term. */
async function expectFound(found: Readonly<Record<number, readonly string[]>>): Promise<void> {
  let seen = '';
  const wanted = JSON.stringify(found);
  await waitFor(`the boxes ${wanted}`, async () => {
    const marked = await panel.evaluate(() =>
      [...document.querySelectorAll('[role=treeitem][class^=match]')].map(
        (box) => [box.getAttribute('class')!, box.getAttribute('aria-label')?.split(',')[0] ?? ''] as const,
      ),
    );
    const names: Record<string, string[]> = {};
    for (const [term, name] of marked)
      names[term.slice('match-'.length)] = [...(names[term.slice('match-'.length)] ?? []), name].sort();
    seen = JSON.stringify(names);
    return seen === wanted;
  }).catch((error: Error) => {
    throw new Error(`${error.message}; last seen: ${seen}`, { cause: error });
  });
}

const nothingFound = () => expectFound({});
const focused = async () =>
  (await panel.byRole('treeitem').all()).find(({ properties }) => properties.focused === true)?.name.split(',')[0];
const isPressed = async (name: string) => (await panel.byRole('button', name).node()).properties.pressed === 'true';

test('a term is a pattern or plain text, as one wishes', async () => {
  expect(await isPressed('Regular expression')).toBe(true);
  await field().fill('^.?read');
  await expectFound({ 1: ['$read', 'readFile', 'readLine'] });
  await panel.click('button', 'Regular expression');
  await nothingFound();
  await field().fill('$read');
  await expectFound({ 1: ['$read'] });
  await panel.click('button', 'Regular expression');
  await nothingFound();
});

test('case matters in a term that has an upper-case letter, and in all of them where that is wished', async () => {
  await field().fill('readl');
  await expectFound({ 1: ['readLine'] });
  await field().fill('READ');
  await nothingFound();
  await field().fill('readl');
  await expectFound({ 1: ['readLine'] });
  await panel.click('button', 'Match case');
  expect(await isPressed('Match case')).toBe(true);
  await nothingFound();
  await panel.click('button', 'Match case');
  await expectFound({ 1: ['readLine'] });
});

test('several terms have colours of their own; one goes by its button, and Backspace takes the last one back into the field', async () => {
  await field().fill('line');
  await panel.click('button', 'Keep term and add another');
  expect((await field().node()).properties.focused).toBe(true);
  await panel.type('paint');
  await expectFound({ 1: ['readLine'], 2: ['paint'] });
  await panel.click('button', 'Keep term and add another');
  await panel.type('file');
  await expectFound({ 1: ['readLine'], 2: ['paint'], 3: ['readFile'] });
  const colours = await panel.evaluate(() =>
    [1, 2, 3].map((term) => getComputedStyle(document.querySelector(`rect.match-${term}`)!).fill),
  );
  expect(new Set(colours).size).toBe(3);
  const chips = await panel.evaluate(() =>
    [...document.querySelectorAll('.search .term')].map((chip) => getComputedStyle(chip).backgroundColor),
  );
  expect(chips).toEqual(colours.slice(0, 2));
  await panel.click('button', 'Remove term line');
  await expectFound({ 1: ['paint'], 2: ['readFile'] });
  await field().fill('');
  await expectFound({ 1: ['paint'] });
  await panel.press('Backspace');
  await panel.byRole('button', /^Remove term /).gone();
  expect((await field().node()).value).toBe('paint');
  await expectFound({ 1: ['paint'] });
});

test('Enter, Shift+Enter and F3 step through the matches from the field', async () => {
  await field().fill('read');
  await expectFound({ 1: ['$read', 'readFile', 'readLine'] });
  const matches = (await panel.byRole('treeitem').all())
    .map(({ name }) => name.split(',')[0]!)
    .filter((name) => /read/.test(name));
  for (const [key, wanted] of [
    ['Enter', matches[0]],
    ['Enter', matches[1]],
    ['Shift+Enter', matches[0]],
    ['F3', matches[1]],
    ['Enter', matches[2]],
    ['Enter', matches[0]],
    ['Shift+F3', matches[2]],
  ] as const) {
    await field().click();
    await panel.press(key);
    await waitFor(`${wanted} to have the focus after ${key}`, async () => (await focused()) === wanted);
  }
});

test('how many boxes matched, and how much of the time, nested ones counted once', async () => {
  await field().fill('readline|readfile');
  const text = await statusOf(panel, /^Matched [\d.]+ % · [\d.]+ ms · 2 boxes$/);
  const shareOf = async (name: string) =>
    Number(/([\d.]+) % of call/.exec((await panel.byRole('treeitem', new RegExp(`^${name}, `)).node()).name)![1]);
  expect(Number(/[\d.]+/.exec(text)![0])).toBe(await shareOf('readLine'));
});

test('a term that is no pattern is searched as it stands, and that is said in words', async () => {
  await field().fill('$read(');
  await statusOf(panel, /^Matched 0 % · 0 boxes · no valid pattern, searched as plain text$/);
  expect((await field().node()).properties.invalid).toBe('true');
  await field().fill('paint');
  await statusOf(panel, /^Matched [\d.]+ % · [\d.]+ ms · 1 box$/);
  expect((await field().node()).properties.invalid).not.toBe('true');
});
