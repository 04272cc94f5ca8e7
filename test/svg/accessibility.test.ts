import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from '../harness/axe.ts';
import { svgOf } from '../unit/exported.ts';
import { graphOf } from '../unit/facts.ts';
import { launchBrowser, openShelf, type Shelf } from './browser.ts';
import { shop } from './shop.ts';

let browser: Browser;
let shelf: Shelf;

beforeAll(async () => {
  browser = await launchBrowser();
  shelf = await openShelf();
  const svg = svgOf(graphOf(shop));
  await shelf.put('shop.svg', svg);
  await shelf.put('page.html', `<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1>${svg}</main>`);
});
afterAll(async () => {
  await browser?.close();
  await shelf?.close();
});

describe.each(['light', 'dark'] as const)('axe-core finds nothing, %s,', (colorScheme) => {
  test.each(['shop.svg', 'page.html'])('in %s', async (name) => {
    const page = await browser.newPage({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(shelf.fileUrl(name));
    await page.getByRole('treeitem').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('treeitem').nth(1).click();
    await page.getByRole('searchbox', { name: 'Search frames' }).fill('a');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.close();
  });
});
