import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { displayName } from '../../src/flamegraph/names.ts';
import { boxesNamed } from '../harness/boxes.ts';
import { svgOf } from '../unit/exported.ts';
import { facts, graphOf } from '../unit/facts.ts';
import { buildTree, largeTree } from '../unit/pictures.ts';
import { hostileNames } from '../unit/trees.ts';
import { launchBrowser, openShelf, type Shelf, watchForFaults } from './browser.ts';
import { shop } from './shop.ts';

/** Each hostile name as a function, and as the address of one. */
const hostile = buildTree({
  name: hostileNames[0],
  self: 1,
  children: hostileNames.map((name, index) => ({ name, url: name, self: 1000 - index })),
});

let browser: Browser;
let shelf: Shelf;
let page: Page;
let faults: () => Promise<string[]>;

beforeAll(async () => {
  browser = await launchBrowser();
  shelf = await openShelf();
  await shelf.put('shop.svg', svgOf(graphOf(shop)));
  await shelf.put(
    'hostile.svg',
    svgOf(graphOf(hostile, { ...facts, target: hostileNames[0], pageUrl: hostileNames[1] })),
  );
  await shelf.put('deep.svg', svgOf(graphOf(largeTree(1, 300, 1))));
  await shelf.put('image.html', '<!doctype html><img src="shop.svg">');
  await shelf.put('page.html', `<!doctype html><body>${svgOf(graphOf(shop))}${svgOf(graphOf(shop))}</body>`);
  await shelf.put('empty.html', '<!doctype html>');
});
afterAll(async () => {
  await browser?.close();
  await shelf?.close();
});

beforeEach(() => openPage({ viewport: { width: 1000, height: 400 } }));
afterEach(closePage);

async function openPage(options: BrowserContextOptions): Promise<void> {
  page = await browser.newPage({ reducedMotion: 'reduce', ...options });
  faults = await watchForFaults(page);
}

async function closePage(): Promise<void> {
  expect(await faults()).toEqual([]);
  await page.context().close();
}

async function reopenWithoutScripts(): Promise<void> {
  await closePage();
  await openPage({ javaScriptEnabled: false, viewport: { width: 1200, height: 400 } });
}

const item = (name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name},`) });
const items = () => page.getByRole('treeitem');
const searchBox = () => page.getByRole('searchbox', { name: 'Search frames' });
const status = () => page.getByRole('status').textContent();
const reset = () => page.getByRole('button', { name: 'Reset zoom' });
const details = () => page.locator('.details').textContent();

/** Opens a file through a blob: address, as the panel does when it shows an export in a tab. */
async function openAsBlob(name: string): Promise<void> {
  await page.goto(shelf.httpUrl('empty.html'));
  const url = await page.evaluate(
    async ([text]) => URL.createObjectURL(new Blob([text!], { type: 'image/svg+xml' })),
    [svgOf(graphOf(name === 'shop.svg' ? shop : hostile))],
  );
  await page.evaluate((address) => {
    location.href = address;
  }, url);
  await page.waitForURL(url);
}

const ways: Readonly<Record<string, (name: string) => Promise<unknown>>> = {
  'file:': (name) => page.goto(shelf.fileUrl(name)),
  'http:': (name) => page.goto(shelf.httpUrl(name)),
  'blob:': openAsBlob,
};

describe.each(Object.entries(ways))('an exported file opened from %s', (_protocol, open) => {
  test('zooms, searches and tells, by mouse', async () => {
    await open('shop.svg');
    await page.getByRole('tree', { name: 'Flame graph' }).waitFor();
    expect(await page.getByRole('heading').textContent()).toBe('app.store.dispatch');
    expect(await items().count()).toBe(8);
    expect(await reset().isVisible()).toBe(false);

    await item('clone').click();
    expect(await items().count()).toBe(4);
    await item('keys').hover();
    expect(await details()).toBe(
      'keys · 500 µs · self 500 µs · 4.4 % of call · 20 % of view · 0 samples · native function',
    );

    await searchBox().fill('keys|render');
    expect(await status()).toBe('Matched 20 % · 500 µs · 1 box');
    await reset().click();
    expect(await items().count()).toBe(8);
    expect(await status()).toBe('Matched 8.8 % · 1.0 ms · 2 boxes');
    expect(await reset().isVisible()).toBe(false);
    await searchBox().fill('');
    expect(await status()).toBe('');
  });

  test('runs no name, and shows each as text', async () => {
    await open('hostile.svg');
    await boxesNamed(page);
    const names = await items().evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!));
    expect(names.length).toBe(hostileNames.length + 1);
    for (const [index, label] of names.entries())
      expect(label).toContain(`${displayName(hostile.frames, hostile.frame[index]!)}, `);
    for (const box of await items().all()) await box.hover();
    await searchBox().fill('alert|pwned');
    await item('javascript:globalThis\\.pwned=1').click();
    expect(await items().count()).toBe(2);
  });
});

test('works by keyboard alone', async () => {
  await page.goto(shelf.fileUrl('shop.svg'));
  await page.keyboard.press('Control+f');
  expect(await searchBox().evaluate((box) => box === document.activeElement)).toBe(true);
  await page.keyboard.type('CLONE');
  expect(await status()).toBe('Matched 0 % · 0 boxes');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('clone(');
  expect(await status()).toBe('Matched 0 % · 0 boxes · no valid pattern, searched as plain text');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('clone');
  expect(await status()).toBe('Matched 29.8 % · 3.4 ms · 2 boxes');
  const isInGraph = () => page.evaluate(() => document.activeElement?.getAttribute('role') === 'treeitem');
  for (let tabs = 0; tabs < 8 && !(await isInGraph()); tabs++) await page.keyboard.press('Tab');
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  expect(await items().count()).toBe(4);
  expect(await details()).toContain('clone · 2.5 ms');
  await page.keyboard.press('Escape');
  expect(await items().count()).toBe(8);
  await page.keyboard.press('/');
  expect(await searchBox().evaluate((box) => box === document.activeElement)).toBe(true);
});

test('is as wide as its window, and never wider', async () => {
  await page.goto(shelf.fileUrl('shop.svg'));
  const graphWidth = () => page.getByRole('tree').evaluate((tree) => tree.getBoundingClientRect().width);
  expect(await graphWidth()).toBeGreaterThan(950);
  await page.setViewportSize({ width: 400, height: 400 });
  await page.waitForFunction(() => document.querySelector('[role=tree]')!.getBoundingClientRect().width < 400);
  expect(await graphWidth()).toBeGreaterThan(350);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
  for (const control of [searchBox(), page.getByRole('heading'), page.locator('.details')]) {
    const { x, width } = (await control.boundingBox())!;
    expect(x + width).toBeLessThanOrEqual(400);
  }
});

test('scrolls to its deepest row', async () => {
  await page.goto(shelf.fileUrl('deep.svg'));
  await page.locator('.flambe-graph').evaluate((scroller) => {
    scroller.scrollTop = scroller.scrollHeight;
  });
  await item('leaf').waitFor();
  await item('leaf').click();
  expect(await details()).toContain('leaf · 10 µs');
});

test('without scripts, shows every box, its label and title, and no control that would not work', async () => {
  await reopenWithoutScripts();
  await page.goto(shelf.fileUrl('shop.svg'));
  const boxes = page.locator('.flambe-graph rect:has(> title)');
  expect(await boxes.count()).toBe(8);
  for (const box of await boxes.all()) expect(await box.isVisible()).toBe(true);
  expect(await boxes.locator('title').first().textContent()).toContain('dispatch, 11.4 ms, 100 % of call');
  expect(await page.locator('.flambe-graph text').allTextContents()).toContain('reduce');
  for (const control of await page.locator('input, button').all()) expect(await control.isVisible()).toBe(false);
});

test('an <img> shows it', async () => {
  await page.goto(shelf.httpUrl('image.html'));
  const pixel = await page.evaluate(async () => {
    const image = document.querySelector('img')!;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.drawImage(image, 0, 0);
    const at = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
    return { width: image.naturalWidth, root: at(600, 80), below: at(600, image.naturalHeight - 4) };
  });
  expect(pixel.width).toBe(1200);
  expect(pixel.below).toEqual([255, 255, 255]);
  const fill = /<rect x="0" width="1179" [^>]*fill="#([0-9a-f]{6})"/.exec(svgOf(graphOf(shop)))![1]!;
  expect(pixel.root).toEqual([0, 2, 4].map((at) => Number.parseInt(fill.slice(at, at + 2), 16)));
});

test('two files in one page live side by side', async () => {
  await page.goto(shelf.httpUrl('page.html'));
  const [first, second] = [page.getByRole('tree').first(), page.getByRole('tree').last()];
  await second.getByRole('treeitem', { name: /^clone,/ }).click();
  await searchBox().first().fill('render');
  expect(await first.getByRole('treeitem').count()).toBe(8);
  expect(await second.getByRole('treeitem').count()).toBe(4);
  expect(await page.getByRole('status').allTextContents()).toEqual(['Matched 4.4 % · 500 µs · 1 box', '']);
});

test.each([
  ['light', 'rgb(255, 255, 255)'],
  ['dark', 'rgb(32, 33, 36)'],
] as const)('follows a %s theme', async (colorScheme, background) => {
  await page.emulateMedia({ colorScheme });
  await page.goto(shelf.fileUrl('shop.svg'));
  expect(await page.locator('.flambe-page').evaluate((rect) => getComputedStyle(rect).fill)).toBe(background);
});

test('the still drawing and the live one are the same where their widths are', async () => {
  /** Where boxes are, from the left top corner of the graph. */
  const drawing = () =>
    page.locator('.flambe-graph').evaluate((graph) => {
      const boxes = [...graph.querySelectorAll('rect')].filter((rect) =>
        rect.matches('[role=treeitem], :has(> title)'),
      );
      const [left, top] = [boxes[0]!.getBoundingClientRect().x, boxes[0]!.getBoundingClientRect().y];
      return boxes
        .map((rect) => {
          const { x, y, width, height } = rect.getBoundingClientRect();
          return [x - left, y - top, width, height, rect.getAttribute('fill')!.replace(/^url.*/, 'hatch')].join();
        })
        .sort();
    });
  await page.setViewportSize({ width: 1200, height: 600 });
  await page.goto(shelf.fileUrl('shop.svg'));
  const width = await page.getByRole('tree').evaluate((tree) => tree.getBoundingClientRect().width);
  const live = await drawing();
  expect(live.length).toBe(8);
  await shelf.put('still.svg', svgOf(graphOf(shop), { width: width + 20 }));
  await reopenWithoutScripts();
  await page.goto(shelf.fileUrl('still.svg'));
  expect(await drawing()).toEqual(live);
});
