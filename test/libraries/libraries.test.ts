import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, onTestFailed, test } from 'vitest';
import { remember } from '../browser/pages/stage.ts';
import { type Launched, launchWithExtension, openOwnWindow } from '../harness/index.ts';
import type { Outcome } from './page/runner.ts';
import { type ServedLibraries, serveLibraries } from './serve.ts';

/** Libraries that many pages use pass their tests while a function of theirs is captured, too. */

interface Row {
  readonly target: string;
  readonly suites: readonly string[];
  /** Fewer than the suites make, so that the hook goes away while they run. */
  readonly calls: number;
  /** All that those calls have. Default is `returned` alone. */
  readonly outcomes?: readonly string[];
}

const papaParse = ['Parse Tests', 'Parse Async Tests', 'Custom Tests', 'Browser Tests'];
const someThrow = ['returned', 'threw'];

const rows: readonly Row[] = [
  {
    target: 'marked.parse',
    suites: ['marked', 'CommonMark'],
    calls: 600,
    outcomes: ['returned', 'returned a promise', 'threw'],
  },
  { target: 'marked.Lexer.prototype.inlineTokens', suites: ['CommonMark'], calls: 700 },
  { target: 'Mustache.render', suites: ['Mustache'], calls: 100, outcomes: someThrow },
  { target: 'Mustache.Writer.prototype.renderTokens', suites: ['Mustache'], calls: 100, outcomes: someThrow },
  { target: 'Papa.Parser', suites: ['Core Parser Tests'], calls: 60 },
  { target: 'Papa.unparse', suites: ['Unparse Tests'], calls: 60 },
  { target: 'Papa.parse', suites: papaParse, calls: 130, outcomes: someThrow },
  { target: 'dayjs', suites: ['dayjs'], calls: 57, outcomes: someThrow },
  { target: 'dayjs.prototype.format', suites: ['dayjs'], calls: 1000 },
  { target: 'Chart', suites: ['Chart.js'], calls: 30, outcomes: someThrow },
  { target: 'Chart.prototype.update', suites: ['Chart.js'], calls: 30, outcomes: someThrow },
  { target: 'Redux.createStore', suites: ['Redux', 'a Redux store'], calls: 12, outcomes: someThrow },
  { target: 'store.dispatch', suites: ['a Redux store'], calls: 1000, outcomes: someThrow },
];

let launched: Launched;
let libraries: ServedLibraries;
let page: Page;
let panel: Page;
const exceptions: Error[] = [];

beforeAll(async () => {
  libraries = await serveLibraries();
  launched = await launchWithExtension(inject('extension'), { devtools: false });
  page = launched.page;
  await page.goto(libraries.url);
  panel = await openOwnWindow(launched, page);
  panel.on('pageerror', (exception) => exceptions.push(exception));
  await status('Attached to the page');
});
afterAll(async () => {
  await launched?.close();
  await libraries?.close();
});

/** The page and the panel as they were at first. */
async function startAgain(): Promise<void> {
  await page.goto(libraries.url);
  await panel.reload();
  await status('Attached to the page');
}

const status = (text: string) => panel.getByRole('status').getByText(text).waitFor();

async function arm(target: string, calls: number): Promise<void> {
  await panel.getByRole('combobox', { name: 'Function' }).fill(target);
  await panel.getByRole('spinbutton', { name: 'Calls' }).fill(String(calls));
  await panel.getByRole('button', { name: 'Capture', exact: true }).click();
  await status(`Waiting for call 1 of ${calls} of ${target}`);
}

const run = (suites: readonly string[]) => page.evaluate<Outcome>(`run(${JSON.stringify(suites)})`);

/** As the list of calls says them, each once. */
async function outcomesShown(): Promise<Set<string | undefined>> {
  const calls = panel.getByRole('listbox', { name: 'Calls' }).getByRole('option', { name: /^Call / });
  return new Set((await calls.allTextContents()).map((text) => /returned a promise|returned|threw/.exec(text)?.[0]));
}

/** Name of the first box of the graph. */
async function rootShown(): Promise<string | undefined> {
  const root = panel.getByRole('tree', { name: 'Flame graph' }).getByRole('treeitem').first();
  return (await root.getAttribute('aria-label'))?.split(', ')[0];
}

test.each(rows)('$target', async ({ target, suites, calls, outcomes = ['returned'] }) => {
  // What is left of this row is not to spoil the next one.
  onTestFailed(() => startAgain());
  const before = await run(suites);
  expect(before.failures).toEqual([]);
  expect(before.passed).toBeGreaterThan(0);
  // A function without a name is called after its property.
  const name = (await page.evaluate<string>(`${target}.name`)) || target.split('.').at(-1);
  const changes = await remember(page);

  await arm(target, calls);
  expect(await run(suites)).toEqual(before);
  await status(`Captured ${calls.toLocaleString('en')} calls, `);
  expect(await changes()).toEqual([]);
  expect(await outcomesShown()).toEqual(new Set(outcomes));
  expect(await rootShown()).toBe(name);

  expect(await run(suites)).toEqual(before);
});

test('nothing was thrown in the panel', () => {
  expect(exceptions).toEqual([]);
});
