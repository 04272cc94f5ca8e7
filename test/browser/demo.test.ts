import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ServedDemo, serveDemo } from '../../demo/serve.mjs';

let demo: ServedDemo;
let browser: Browser;
let page: Page;
/** What should never be there: console errors, exceptions, requests to anywhere but the demo's own server. */
let faults: string[];

beforeAll(async () => {
  demo = await serveDemo();
  browser = await chromium.launch({
    executablePath: process.env.FLAMBE_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

beforeEach(async () => {
  faults = [];
  page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(demo.url) && !url.startsWith('data:')) faults.push(`request to ${url}`);
  });
  page.on('response', (response) => {
    if (!response.ok()) faults.push(`${response.status()} for ${response.url()}`);
  });
  await page.goto(demo.url);
  await page.getByRole('status').getByText('Ready').waitFor();
});

afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

const status = () => page.getByRole('status');
const button = (name: string | RegExp) => page.getByRole('button', { name });
const cards = () => page.locator('#cards > li');
const preview = () => page.getByRole('article', { name: 'Preview' });

/** Puts a counting function in the place of the one at `path`, as Flambe would; gives a reader of the count. */
async function countCalls(path: string): Promise<() => Promise<number>> {
  const count = await page.evaluateHandle(`(() => {
    const original = ${path};
    const count = { calls: 0 };
    ${path} = function (...args) {
      count.calls++;
      return Reflect.apply(original, this, args);
    };
    return count;
  })()`);
  return () => count.evaluate((counted) => (counted as { calls: number }).calls);
}

describe('functions in reach', () => {
  test('are of the kinds that the README names', async () => {
    const kindByPath = {
      'marked.parse': 'Function',
      'hljs.highlight': 'Function',
      'app.renderNote': 'Function',
      'app.importNotes': 'AsyncFunction',
      'app.inChunks': 'GeneratorFunction',
      'app.store.search': 'Function',
      'Notes.prototype.search': 'Function',
      'Notes.prototype.sortBy': 'Function',
      'window.countWords': 'Function',
      'window.reflowCards': 'Function',
      slugify: 'Function',
      readingTime: 'Function',
      'app.readme': 'String',
      'window.slugify': 'Undefined',
      'window.readingTime': 'Undefined',
      'app.renderNotes': 'Undefined',
      'window.fuzzyScore': 'Undefined',
    };
    const kinds = Object.keys(kindByPath).map(
      (path) => `'${path}': Object.prototype.toString.call(${path}).slice(8, -1)`,
    );
    expect(await page.evaluate(`({ ${kinds.join()} })`)).toEqual(kindByPath);
    expect(await page.evaluate(`Object.hasOwn(app.store, 'search')`)).toBe(false);
    const size = await page.evaluate(`typeof Object.getOwnPropertyDescriptor(Notes.prototype, 'size').get`);
    expect(size).toBe('function');
  });

  test('slugify can be replaced, readingTime cannot', async () => {
    const slugs = await countCalls('slugify');
    await button('Render README').click();
    expect(await slugs()).toBe(await preview().locator('h1, h2, h3').count());
    await expect(countCalls('readingTime')).rejects.toThrow('Assignment to constant variable');
  });

  test('names of functions survive the build', async () => {
    const names = await page.evaluate(`[marked, app.store.sortBy, app.renderNote, reflowCards].map((f) => f.name)`);
    expect(names).toEqual(['marked', 'sortBy', 'renderNote', 'reflowCards']);
    const library = await (await page.request.get(`${demo.url}marked.js`)).text();
    for (const method of ['blockTokens', 'inlineTokens', 'escapeHtmlEntities']) expect(library).toContain(method);
    expect(library).toContain('//# sourceMappingURL=marked.js.map');
  });
});

describe('buttons', () => {
  test('"Render README" calls marked.parse, once a click', async () => {
    const parses = await countCalls('marked.parse');
    for (const clicks of [1, 2, 3]) {
      await button('Render README').click();
      expect(await parses()).toBe(clicks);
    }
    await expect.poll(() => status().textContent()).toMatch(/^marked\.parse: [\d,]+ characters of HTML in [\d.]+ ms$/);
    expect(await preview().getByRole('heading', { name: 'Commonplace, the demo page' }).count()).toBe(1);
    expect(await preview().getByRole('table').count()).toBe(3);
    expect(await preview().locator('pre .hljs-keyword').count()).toBeGreaterThan(20);
  });

  test('"Search 3,000 notes" calls app.store.search and shows what it found', async () => {
    const searches = await countCalls('app.store.search');
    await page.getByRole('searchbox', { name: 'Search for' }).fill('chess opening');
    await button('Search 3,000 notes').click();
    expect(await searches()).toBe(1);
    expect(await status().textContent()).toMatch(/^app\.store\.search: 60 notes in/);
    expect(await cards().count()).toBe(60);
    expect(await cards().first().getByRole('button').textContent()).toMatch(/chess opening/);
  });

  test('a search forgives case, accents and missing letters', async () => {
    const titles = (query: string) =>
      page.evaluate<string[]>(`app.store.search(${JSON.stringify(query)}).map((hit) => hit.note.title)`);
    expect((await titles('PIANO ETUDE'))[0]).toContain('piano étude');
    expect((await titles('hrbr map'))[0]).toContain('harbour map');
    expect(await titles('qqqq')).toEqual([]);
  });

  test('"Sort notes" calls Notes.prototype.sortBy', async () => {
    const sorts = await countCalls('Notes.prototype.sortBy');
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('by title');
    await button('Sort notes').click();
    expect(await sorts()).toBe(1);
    const titles = await cards().getByRole('button').allTextContents();
    expect(titles).toEqual(titles.toSorted(new Intl.Collator('en').compare));
    expect(titles).toHaveLength(200);

    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('by words');
    await button('Sort notes').click();
    expect(await sorts()).toBe(2);
    const words = await page.evaluate<number[]>(`app.store.sortBy('words').map((note) => countWords(note.body))`);
    expect(words).toEqual(words.toSorted((a, b) => b - a));
    expect(words).toHaveLength(3000);
  });

  test('"Lay out cards" calls reflowCards, which lays out the page for every card', async () => {
    const layouts = await countLayouts();
    const calls = await countCalls('reflowCards');
    const before = await layouts();
    await button('Lay out cards').click();
    expect(await calls()).toBe(1);
    expect((await layouts()) - before).toBeGreaterThanOrEqual(200);
    expect(await status().textContent()).toMatch(/^reflowCards: 200 cards in/);
    expect(await overlappingCards()).toBe(0);
  });

  test('"Import notes" calls app.importNotes, which resolves when all are stored', async () => {
    const imports = await countCalls('app.importNotes');
    const parses = await countCalls('marked.parse');
    await button('Import notes').click();
    await status().getByText('done, 3,300 notes now').waitFor();
    expect(await imports()).toBe(1);
    expect(await parses()).toBe(300);
    expect(await button('Import notes').isEnabled()).toBe(true);
    await button('Search 3,300 notes').waitFor();
  });

  test('"Write a note" leads to the text, and every key calls app.renderNote', async () => {
    const renders = await countCalls('app.renderNote');
    await button('Write a note').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('# Ho');
    expect(await renders()).toBe(4);
    expect(await preview().getByRole('heading', { level: 1, name: 'Ho' }).count()).toBe(1);
    expect(await status().textContent()).toBe('app.renderNote: 1 words, 1 min to read');
  });

  test('a card opens its note', async () => {
    const title = await cards().first().getByRole('button').textContent();
    await cards().first().getByRole('button').click();
    expect(await preview().getByRole('heading', { level: 1 }).textContent()).toBe(title);
    expect(await page.getByRole('textbox', { name: 'Markdown' }).inputValue()).toContain(`# ${title}`);
  });
});

test('the guide has three steps', async () => {
  const guide = page.getByRole('region', { name: 'In three steps' });
  expect(await guide.getByRole('heading', { level: 3 }).allTextContents()).toEqual(['Capture', 'Apply', 'Export']);
});

test('nothing is called by a timer', async () => {
  await page.clock.install();
  await page.reload();
  await status().getByText('Ready').waitFor();
  const paths = ['marked.parse', 'app.renderNote', 'app.store.search', 'Notes.prototype.sortBy', 'reflowCards'];
  const counts = await Promise.all(paths.map(countCalls));
  await page.clock.runFor(60_000);
  expect(await Promise.all(counts.map((count) => count()))).toEqual(paths.map(() => 0));
});

test('every visit meets the same notes', async () => {
  const notes = () => page.evaluate<string>(`JSON.stringify(app.store.sortBy('title'))`);
  const before = await notes();
  await page.reload();
  await status().getByText('Ready').waitFor();
  expect(await notes()).toBe(before);
});

test('markup in a note is shown, not obeyed', async () => {
  const markup = '<img src="http://example.com/x.png" onerror="fetch(1)"> and\n\n<script>throw 1</script>';
  await page.getByRole('textbox', { name: 'Markdown' }).fill(markup);
  expect(await preview().textContent()).toContain('<script>throw 1</script>');
  expect(await preview().locator('img, script').count()).toBe(0);
});

test.each([1200, 800, 400])('fits a width of %i px', async (width) => {
  await page.setViewportSize({ width, height: 800 });
  await button('Render README').click();
  await button('Lay out cards').click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  expect(await overlappingCards()).toBe(0);
});

describe('Tides', () => {
  const items = (list: string) => page.getByRole('list', { name: list }).getByRole('listitem');

  beforeEach(() => page.getByRole('link', { name: 'Tides' }).click());

  test('is a link away, and so is the way back', async () => {
    await page.getByRole('heading', { level: 1, name: 'Tides' }).waitFor();
    await page.getByRole('link', { name: 'Back to Commonplace' }).click();
    await page.getByRole('heading', { level: 1, name: 'Commonplace' }).waitFor();
    await status().getByText('Ready').waitFor();
  });

  test('has nothing on window, and original names in its maps alone', async () => {
    await status().getByText('Ready').waitFor();
    const keys = () => page.evaluate(() => Reflect.ownKeys(window).map(String));
    const withTides = await keys();
    await page.route(`${demo.url}blank`, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await page.goto(`${demo.url}blank`);
    const blank = await keys();
    expect(withTides.filter((key) => !blank.includes(key))).toEqual([]);

    const code = await (await page.request.get(`${demo.url}tides.js`)).text();
    expect(code).not.toMatch(/predictYear\(|heightAt/);
    const mapName = /^\/\/# sourceMappingURL=(.+)$/m.exec(code)![1]!;
    const map: { sources: string[]; sourcesContent: string[] } = await (
      await page.request.get(demo.url + mapName)
    ).json();
    const almanac = map.sources.findIndex((source) => source.endsWith('tides/almanac.ts'));
    expect(map.sourcesContent[almanac]).toContain('export function predictYear(');
  });

  test('"Predict the year" finds the high and low water of the chosen harbour, in turn', async () => {
    for (const harbour of ['Fennel Quay', 'Lantern Bay']) {
      await page.getByRole('combobox', { name: 'Harbour' }).selectOption(harbour);
      expect(await items('Tides').count()).toBe(0);
      await button('Predict the year').click();
      expect(await status().textContent()).toMatch(/^predictYear: 1,[34]\d\d tides in [\d.]+ ms$/);
      const kinds = await items('Tides').locator('b').allTextContents();
      // The moon makes two high waters in 24.84 hours.
      expect(Math.abs(kinds.length - (14 * 24 * 4) / 24.84)).toBeLessThan(2);
      expect(kinds.filter((kind, index) => kind === kinds[index + 1])).toEqual([]);
    }
  });

  test('"Show boats" loads a chunk, and "Count hours afloat" says that a deeper boat floats less', async () => {
    const chunk = page.waitForRequest(`${demo.url}boats.js`);
    await button('Show boats').click();
    await chunk;
    await button('Count hours afloat').click();
    await items('Boats').first().getByText('%').waitFor();
    const shares = (await items('Boats').allTextContents()).map((text) => Number(/(\d+) %/.exec(text)?.[1]));
    expect(shares).toHaveLength(5);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares[0]).toBeGreaterThan(shares[4]!);
  });

  test.each([1200, 400])('fits a width of %i px', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await button('Predict the year').click();
    await button('Show boats').click();
    await button('Count hours afloat').click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});

async function countLayouts(): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? Number.NaN;
  };
}

/** How many pairs of cards cover each other. */
function overlappingCards(): Promise<number> {
  return cards().evaluateAll((all) => {
    const boxes = all.map((card) => card.getBoundingClientRect());
    const cover = (a: DOMRect, b: DOMRect) =>
      a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => cover(a, b))).length;
  });
}
