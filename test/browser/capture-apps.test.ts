import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';
import { Scripts } from '../../src/capture/scripts.ts';
import { callTree } from '../../src/capture/trees.ts';
import { chainName, describeFunction, listFunctions } from '../../src/sources/functions.ts';
import { buildApp, bundleName, bundles } from '../apps/build.ts';
import { type DevServer, type ServedApp, serveApp, serveDev } from '../apps/serve.ts';
import { type AttachedSession, attach } from '../harness/cdp.ts';
import { arm } from './pages/stage.ts';

/** Functions of an app as bundlers make it, of which nothing is on window. */

let browser: Browser;
let page: Page;
let session: AttachedSession;

beforeAll(async () => {
  browser = await chromium.launch(launchOptions(await findBrowser(), { headless: true }));
});
beforeEach(async () => {
  page = await browser.newPage();
  session = await attach(page, { trusted: false });
});
afterAll(() => browser?.close());

async function open(app: ServedApp): Promise<void> {
  await page.goto(app.url);
  await page.getByRole('status').getByText('4000 recipes', { exact: true }).waitFor();
}

async function rankRecipes(): Promise<void> {
  await page.getByRole('textbox', { name: 'Looks like' }).fill('smoked chesnut tart');
  await page.getByRole('button', { name: 'Rank recipes' }).click();
}

/** The place of the only function whose source has that text, as nothing but the text is left in minified code. */
async function placeOf(text: string): Promise<string> {
  const scripts = await Scripts.enable(session);
  try {
    for (const script of scripts.all) {
      const code = await scripts.textOf(script);
      const list = code.includes(text) ? listFunctions(code) : null;
      if (list === null || 'error' in list) continue;
      const holding = Array.from(list.start, (_, index) => index).filter((index) =>
        code.slice(list.start[index], list.end[index]).includes(text),
      );
      const innermost = holding.at(-1);
      if (innermost === undefined) continue;
      const { line, column } = describeFunction(list, innermost, script.begin).place;
      return `${script.url}:${line}:${column}`;
    }
  } finally {
    await scripts.disable();
  }
  throw new Error(`No function with ${text}`);
}

describe.each(bundles.map((bundle) => ({ bundle, name: bundleName(bundle) })))('$name', ({ bundle }) => {
  let app: ServedApp;
  beforeAll(async () => {
    app = await serveApp((await buildApp(bundle)).folder);
  });
  afterAll(() => app?.close());

  test('a function of a module is captured by its place, and the page works on', async () => {
    await open(app);
    // What rankRecipes alone does, and no minifier changes.
    const { finished } = await arm(session, await placeOf('.split(/\\s+/)'), 1);
    await rankRecipes();
    const captured = await finished;
    expect(captured).toMatchObject({ end: 'complete', hook: 'breakpoints', trouble: null });
    expect(captured.calls.outcome).toEqual(['returned']);
    if (bundle.mode === 'development') expect(captured.fn.name).toBe('rankRecipes');
    const { depth, total } = callTree(captured, 'all');
    expect(Math.max(...depth)).toBeGreaterThan(1);
    expect(total[0]).toBeGreaterThan(5000);
    await expect.poll(() => page.getByRole('status').allTextContents()).not.toContain('4000 recipes');
  });
});

describe('hot module replacement', () => {
  let app: DevServer;
  beforeAll(async () => {
    app = await serveDev();
  });
  afterAll(() => app?.close());

  /** Edits a module of the open page, and waits until the new version has been loaded. */
  async function edit(file: string, from: string, to: string): Promise<void> {
    const loaded = page.waitForResponse((response) => response.url().includes(`${file}?t=`));
    await app.edit(file, from, to);
    await (await loaded).finished();
  }

  test('the hook moves with the function', async () => {
    await open(app);
    const armed = await arm(session, await placeOf('.split(/\\s+/)'), 2);
    await rankRecipes();
    await edit('model/rank.ts', 'export interface RankedRecipe', '// One line more.\nexport interface RankedRecipe');
    // React shows the new version a little later.
    while (!armed.told().some(({ begun }) => begun === 2)) await rankRecipes();
    expect(await armed.finished).toMatchObject({ trouble: null, fn: { name: 'rankRecipes' } });
  });

  test('a function that is gone is missed, in words', async () => {
    await open(app);
    const armed = await arm(session, await placeOf('b.score - a.score'), 2);
    await app.edit('model/rank.ts', '.sort(compareRanks)', '.sort(byRank)');
    await edit('model/rank.ts', 'const compareRanks =', 'const byRank =');
    await expect.poll(() => armed.told().at(-1)?.trouble, { timeout: 10_000 }).toBe('moved');
    armed.cancel();
    expect(await armed.finished).toMatchObject({ end: 'cancelled', trouble: 'moved' });
  });
});

test('chains are how the functions of a bundle are told apart', async () => {
  const app = await serveApp((await buildApp({ bundler: 'vite', mode: 'development', maps: 'none' })).folder);
  await open(app);
  const scripts = await Scripts.enable(session);
  const names: string[] = [];
  for (const script of scripts.all) {
    const list = listFunctions(await scripts.textOf(script));
    if ('error' in list) throw new Error(list.error);
    for (const [index] of list.start.entries()) names.push(chainName(list, index));
  }
  await scripts.disable();
  await app.close();
  expect(names).toEqual(expect.arrayContaining(['createStore › dispatch', 'createMatcher › match', 'rankRecipes']));
});
