import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';
import { buildApp, bundleName, bundles } from '../apps/build.ts';
import { type DevServer, type ServedApp, serveApp, serveDev } from '../apps/serve.ts';

let browser: Browser;
/** One tab, which all tests use, as opening one takes longer than most of them; and all that went wrong in it. */
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  browser = await chromium.launch(launchOptions(await findBrowser(), { headless: true }));
  page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:)/.test(request.url())) faults.push(`request to ${request.url()}`);
  });
});

afterEach(() => {
  expect(faults.splice(0)).toEqual([]);
});

afterAll(() => browser?.close());

interface Screen {
  readonly name: string;
  /** What to click, one after the other. */
  readonly clicks: readonly string[];
  readonly works: (page: Page) => Promise<void>;
}

const items = (page: Page, list: string) => page.getByRole('list', { name: list }).getByRole('listitem');
const status = (page: Page, text: string) => page.getByRole('status').getByText(text, { exact: true }).waitFor();

const screens: readonly Screen[] = [
  {
    name: 'Recipes',
    clicks: [],
    async works(page) {
      await status(page, '4000 recipes');
      await page.getByRole('combobox', { name: 'Sort by' }).selectOption('minutes');
      const minutes = (await items(page, 'Recipes').allTextContents()).map((text) =>
        Number(/(\d+) min/.exec(text)?.[1]),
      );
      expect(minutes).toHaveLength(30);
      // Of 4000 recipes that take 10 to 119 minutes.
      expect(Math.max(...minutes)).toBeLessThan(15);
      expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));

      await page.getByRole('combobox', { name: 'Sort by' }).selectOption('rank');
      await page.getByRole('textbox', { name: 'Looks like' }).fill('smoked chesnut');
      await page.getByRole('button', { name: 'Rank recipes' }).click();
      // A third of the 500 or so smoked dishes has chestnuts in it, which is more than are shown.
      await expect
        .poll(() =>
          items(page, 'Recipes')
            .filter({ hasText: /^Smoked / })
            .count(),
        )
        .toBe(30);
      const found = await page.getByRole('status').textContent();
      expect(Number.parseInt(found ?? '', 10)).toBeLessThan(4000);
    },
  },
  {
    name: 'Recipe',
    clicks: ['Find similar', 'Start timer'],
    async works(page) {
      const title = await page.getByRole('heading', { level: 1 }).textContent();
      expect(await items(page, 'Ingredients').count()).toBe(8);
      expect(await items(page, 'Similar').count()).toBe(5);
      await page.getByRole('button', { name: 'Stop timer' }).click();
      await items(page, 'Similar').first().getByRole('link').click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toBe(title);
      expect(await items(page, 'Similar').count()).toBe(0);
      await page.goBack();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
    },
  },
  {
    name: 'Week',
    clicks: ['Fill the week', 'Clear', 'Change Monday', 'Undo', 'Undo'],
    async works(page) {
      await status(page, '7 of 7 dinners');
      const list = items(page, 'Shopping');
      expect(await list.count()).toBeGreaterThan(8);
      await list.first().getByRole('checkbox').check();
      expect(await list.getByRole('checkbox', { checked: true }).count()).toBe(1);
    },
  },
  {
    name: 'Reading',
    clicks: ['Read the book'],
    async works(page) {
      await status(page, '4000 recipes read');
      await page.getByRole('button', { name: 'Read the torn book' }).click();
      // Each recipe is a line, and so is the weight and the name of each of its 8 ingredients.
      expect(await page.getByRole('alert').textContent()).toBe(`Line ${4000 * 17 + 1} is no entry: torn page`);
    },
  },
  {
    name: 'Statistics',
    clicks: ['Count pairs', 'Weigh in steps'],
    async works(page) {
      await status(page, 'All weighed');
      const sum = async (list: string) =>
        (await items(page, list).allTextContents())
          .map((text) => Number(text.split(': ')[1]))
          .reduce((total, count) => total + count, 0);
      expect(await sum('Minutes')).toBe(4000);
      expect(await sum('Grams')).toBe(4000);
      expect(await items(page, 'Pairs').count()).toBe(10);
    },
  },
];

/** From the list, as a person gets there. */
async function goTo(name: string): Promise<void> {
  if (name === 'Recipe') await items(page, 'Recipes').first().getByRole('link').click();
  else await page.getByRole('link', { name, exact: true }).click();
}

async function use(url: string, { name, clicks, works }: Screen): Promise<void> {
  await page.goto(url);
  await goTo(name);
  for (const click of clicks) await page.getByRole('button', { name: click, exact: true }).click();
  await works(page);
}

/** What is on window, names and symbols. */
const ownKeys = () => page.evaluate(() => Reflect.ownKeys(window).map(String));

async function addedToWindow(url: string): Promise<string[]> {
  await page.route(`${url}blank`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(`${url}blank`);
  const before = await ownKeys();
  await page.goto(`${url}statistics`);
  await page.getByRole('heading', { name: 'Statistics' }).waitFor();
  return (await ownKeys()).filter((key) => !before.includes(key));
}

/** What the router keeps of its own, to patch history once. */
const router = 'Symbol(wouter_v3)';

describe.each(bundles.map((bundle) => ({ bundle, name: bundleName(bundle) })))('$name', ({ bundle }) => {
  let app: ServedApp;

  beforeAll(async () => {
    app = await serveApp((await buildApp(bundle)).folder);
  });
  afterAll(() => app?.close());

  test.each(screens)('$name works', (screen) => use(app.url, screen));

  test('each route can be where one starts', async () => {
    for (const [route, heading] of [
      ['week', 'Week'],
      ['statistics', 'Statistics'],
      ['nowhere', 'Nothing here'],
    ] as const) {
      await page.goto(app.url + route);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    }
  });

  test('nothing of the app is on window', async () => {
    const chunks = bundle.bundler === 'webpack' ? ['webpackChunklarder'] : [];
    expect((await addedToWindow(app.url)).sort()).toEqual([router, ...chunks].sort());
  });

  test('maps are where they were asked for', async () => {
    await page.goto(`${app.url}statistics`);
    await page.getByRole('heading', { name: 'Statistics' }).waitFor();
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    const scripts = [...new Set(loaded.filter((url) => url.endsWith('.js')))];
    expect(scripts).toHaveLength(2);
    for (const url of scripts) {
      const code = await (await page.request.get(url)).text();
      const inFile = /^\/\/# sourceMappingURL=([^:]+\.map)$/m.exec(code)?.[1];
      expect(code.includes('sourceMappingURL=data:application/json')).toBe(bundle.maps === 'inline');
      expect(inFile !== undefined).toBe(bundle.maps === 'file');
      if (!inFile) continue;
      const map: { sources: string[] } = await (await page.request.get(new URL(inFile, url).href)).json();
      expect(map.sources.some((source) => source.endsWith('statistics.ts') || source.endsWith('app.jsx'))).toBe(true);
    }
  });
});

describe("Vite's own server", () => {
  let app: DevServer;

  beforeAll(async () => {
    app = await serveDev();
  });
  afterAll(() => app?.close());

  test.each(screens)('$name works', (screen) => use(app.url, screen));

  test('nothing of the app is on window', async () => {
    expect(await addedToWindow(app.url)).toEqual([router]);
  });

  test('an edited module takes the place of the old one without a reload', async () => {
    await page.goto(app.url);
    await status(page, '4000 recipes');
    const stays = await page.evaluateHandle(() => document.getElementById('root'));
    const scripts: string[] = [];
    page.on('request', (request) => scripts.push(new URL(request.url()).pathname));
    await app.edit('model/rank.ts', 'score > 0.6', 'score > 2');
    await expect.poll(() => scripts).toContain('/app.jsx');
    await page.getByRole('textbox', { name: 'Looks like' }).fill('tart');
    await page.getByRole('button', { name: 'Rank recipes' }).click();
    await status(page, '0 recipes');
    expect(scripts).toContain('/model/rank.ts');
    expect(await stays.evaluate((root) => root?.isConnected)).toBe(true);
  });

  test('says what an edit did not find', async () => {
    await expect(app.edit('model/rank.ts', 'nothing like that', '')).rejects.toThrow('does not hold');
  });
});
