import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { packGraph } from '../../src/flamegraph/pack.ts';
import type { CallTree } from '../../src/profile/model.ts';
import type { FlameGraph } from '../../src/runtime/graph.ts';
import { facts } from '../unit/facts.ts';
import { treeOf } from '../unit/pictures.ts';
import { launchBrowser, watchForFaults } from './browser.ts';
import type * as pageModule from './page.ts';
import pageCode from './page.ts?iife';
import { shop } from './shop.ts';

declare global {
  var flambe: typeof pageModule;
  var graph: FlameGraph;
  /** Callbacks in the order of their calls, and keys that came as far as the document. */
  var events: unknown[][];
}

let browser: Browser;
let page: Page;
let faults: () => Promise<string[]>;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 800, height: 300 } });
  faults = await watchForFaults(page);
  await page.setContent(`<!doctype html>
    <style>body { margin: 0 } #host { height: 200px; color-scheme: light }</style>
    <button>before</button><div id="host"></div><button>after</button>`);
  await page.evaluate(`globalThis.flambe = ${pageCode}`);
  await page.evaluate(() => {
    globalThis.events = [];
    const log =
      (name: string) =>
      (...args: unknown[]) =>
        void events.push([name, ...args]);
    globalThis.graph = flambe.createFlameGraph(document.querySelector('#host')!, {
      onHover: log('hover'),
      onSelect: log('select'),
      onZoom: log('zoom'),
      onMatch: log('match'),
    });
    document.addEventListener('keydown', ({ key }) => void events.push(['document', key]));
  });
});

afterEach(async () => {
  expect(await faults()).toEqual([]);
  await page.close();
});

async function show(tree: CallTree): Promise<void> {
  await page.evaluate((text) => graph.show(flambe.unpackGraph(text).tree), packGraph(tree, facts));
}

const item = (name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name},`) });
const items = () => page.getByRole('treeitem');
const names = async () =>
  (await items().evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!.split(',')[0]))).join(' ');
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.split(',')[0]);
const eventsOf = (name: string) => page.evaluate((name) => events.filter(([first]) => first === name), name);
const box = async (name: string) => (await item(name).locator('rect').boundingBox())!;

describe('boxes', () => {
  test('are the items of a tree, with names, levels and places', async () => {
    await show(shop);
    await page.getByRole('tree', { name: 'Flame graph' }).waitFor();
    expect(await names()).toBe('dispatch reduce clone keys freeze notify render (not sampled)');
    const clone = page.getByRole('treeitem', { name: 'clone, 2.5 ms, 21.9 % of call', exact: true });
    expect(await clone.getAttribute('aria-description')).toBe('self 2.0 ms · 21.9 % of view · 0 samples · clone.js:40');
    const places = (name: string) =>
      item(name).evaluate((one) =>
        ['level', 'posinset', 'setsize'].map((what) => one.getAttribute(`aria-${what}`)).join(),
      );
    expect(await places('dispatch')).toBe('1,1,1');
    expect(await places('freeze')).toBe('3,2,2');
    expect(await places('\\(not sampled\\)')).toBe('2,3,3');
  });

  test('are as wide as their time, one row below their parent', async () => {
    await show(shop);
    const [root, reduce, notify] = [await box('dispatch'), await box('reduce'), await box('notify')];
    expect(reduce.x).toBe(root.x);
    expect(reduce.y).toBe(root.y + 18);
    expect(reduce.width / root.width).toBeCloseTo(6.4 / 11.4, 2);
    expect(notify.x).toBe(reduce.x + reduce.width + 1);
  });

  test('have labels that fit', async () => {
    await show(shop);
    const overflows = () =>
      items().evaluateAll((all) =>
        all.flatMap((one) => {
          const text = one.querySelector('text')!;
          const overflow = text.getComputedTextLength() - one.querySelector('rect')!.width.baseVal.value;
          return overflow > 0 ? [text.textContent] : [];
        }),
      );
    expect(await overflows()).toEqual([]);
    expect(await item('render').locator('text').textContent()).toMatch(/^r[^ ]*…$/);
    await item('notify').click();
    expect(await overflows()).toEqual([]);
    expect(await item('render').locator('text').textContent()).toBe('render');
  });

  test('follow the width of the host', async () => {
    await show(shop);
    await page.setViewportSize({ width: 400, height: 300 });
    await page.waitForFunction(() => document.querySelector('[role=tree]')!.getBoundingClientRect().width < 400);
    const root = await box('dispatch');
    expect((await box('reduce')).width / root.width).toBeCloseTo(6.4 / 11.4, 1);
  });

  test('wait for a host that is hidden at first', async () => {
    await page.evaluate(() => document.querySelector<HTMLElement>('#host')!.style.setProperty('display', 'none'));
    await show(shop);
    expect(await items().count()).toBe(0);
    await page.evaluate(() => document.querySelector<HTMLElement>('#host')!.style.removeProperty('display'));
    await item('keys').waitFor();
  });

  test('are told when pointed at', async () => {
    await show(shop);
    await item('notify').hover();
    await page.mouse.move(0, 0);
    expect(await eventsOf('hover')).toEqual([
      ['hover', 5],
      ['hover', null],
    ]);
  });
});

describe('zoom', () => {
  beforeEach(() => show(shop));

  test('a click fills the width with a box, under its faded ancestors', async () => {
    await item('clone').click();
    expect(await names()).toBe('dispatch reduce clone keys');
    const whole = (await box('dispatch')).width;
    expect((await box('clone')).width).toBe(whole);
    expect((await box('keys')).width / whole).toBeCloseTo(0.2, 2);
    const opacity = (name: string) =>
      item(name)
        .locator('rect')
        .evaluate((rect) => Number(getComputedStyle(rect).fillOpacity));
    expect(await opacity('reduce')).toBeLessThan(1);
    expect(await opacity('clone')).toBe(1);
    expect((await eventsOf('zoom')).at(-1)).toEqual(['zoom', 2, true]);
  });

  test('a click on a faded ancestor zooms out to it', async () => {
    await item('clone').click();
    await item('reduce').click();
    expect(await names()).toBe('dispatch reduce clone keys freeze');
    await item('dispatch').click();
    expect(await items().count()).toBe(8);
    expect((await eventsOf('zoom')).at(-1)).toEqual(['zoom', 0, false]);
  });

  test('Escape takes back one zoom after the other', async () => {
    await item('reduce').click();
    await item('clone').click();
    await page.keyboard.press('Escape');
    expect(await names()).toBe('dispatch reduce clone keys freeze');
    await page.keyboard.press('Escape');
    expect(await items().count()).toBe(8);
  });

  test('a reset shows everything at once, and leaves nothing to take back', async () => {
    await item('reduce').click();
    await item('clone').click();
    await page.evaluate(() => graph.resetZoom());
    expect(await items().count()).toBe(8);
    await item('dispatch').focus();
    await page.keyboard.press('Escape');
    expect(await items().count()).toBe(8);
  });

  test('ends when another tree is shown', async () => {
    await item('clone').click();
    await show(treeOf('other 10'));
    expect(await names()).toBe('other');
    expect(await page.evaluate(() => graph.isZoomed)).toBe(false);
  });
});

describe('keys', () => {
  beforeEach(() => show(shop));

  test('Tab leads into the graph once, and out again', async () => {
    await page.getByRole('button', { name: 'before' }).focus();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('dispatch');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe('after');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('reduce');
  });

  test('move along the boxes, zoom, go back, and never reach the document', async () => {
    await item('dispatch').focus();
    const steps = [
      ['ArrowDown', 'reduce'],
      ['ArrowRight', 'notify'],
      ['End', '(not sampled)'],
      ['Home', 'reduce'],
      ['ArrowDown', 'clone'],
      ['ArrowRight', 'freeze'],
      ['ArrowLeft', 'clone'],
      ['Enter', 'clone'],
      ['ArrowUp', 'reduce'],
      [' ', 'reduce'],
      ['Escape', 'reduce'],
      ['Escape', 'reduce'],
      ['Escape', 'reduce'],
    ];
    for (const [key, expected] of steps) {
      await page.keyboard.press(key!);
      expect([key, await focused()]).toEqual([key, expected]);
    }
    expect(await items().count()).toBe(8);
    expect(await eventsOf('document')).toEqual([]);
    await page.keyboard.press('a');
    await page.keyboard.press('Control+ArrowDown');
    expect(await eventsOf('document')).toEqual([
      ['document', 'a'],
      ['document', 'Control'],
      ['document', 'ArrowDown'],
    ]);
  });

  test('show where they are', async () => {
    const ring = page.locator('rect.focus');
    expect(await ring.isVisible()).toBe(false);
    await item('dispatch').focus();
    await page.keyboard.press('ArrowDown');
    const [around, reduce] = [(await ring.boundingBox())!, await box('reduce')];
    expect(Math.abs(around.y - reduce.y)).toBeLessThan(3);
    expect(Math.abs(around.width - reduce.width)).toBeLessThan(5);
    expect(await ring.evaluate((rect) => getComputedStyle(rect).strokeWidth)).toBe('3px');
    await page.getByRole('button', { name: 'after' }).focus();
    expect(await ring.isVisible()).toBe(false);
  });

  test('focus stays through a resize and another zoom', async () => {
    await item('clone').focus();
    await page.setViewportSize({ width: 500, height: 300 });
    await page.waitForFunction(() => document.querySelector('[role=tree]')!.getBoundingClientRect().width < 500);
    expect(await focused()).toBe('clone');
    await page.evaluate(() => graph.zoomTo(1));
    expect(await focused()).toBe('clone');
    await page.evaluate(() => graph.back());
    expect(await focused()).toBe('clone');
  });

  test('focus goes with a zoom that hides it', async () => {
    await item('clone').focus();
    await page.evaluate(() => graph.zoomTo(5));
    expect(await names()).toBe('dispatch notify render');
    expect(await focused()).toBe('notify');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('render');
  });
});

describe('search', () => {
  beforeEach(() => show(shop));
  const highlighted = async () =>
    (
      await items().evaluateAll((all) =>
        all
          .filter((one) => getComputedStyle(one.querySelector('rect')!).fill === 'rgb(247, 124, 244)')
          .map((one) => one.getAttribute('aria-label')!.split(',')[0]),
      )
    ).join(' ');
  const search = (term: string) => page.evaluate((term) => graph.search(term), term);

  test('highlights what matches, and the highlights of the last search go', async () => {
    expect((await search('clone'))!.matchedShare).toBeCloseTo(3.4 / 11.4);
    expect(await highlighted()).toBe('clone freeze');
    await search('render');
    expect(await highlighted()).toBe('render');
    await search('nothing at all');
    expect(await highlighted()).toBe('');
    expect(await search('')).toBe(null);
    expect(await page.locator('.searching').count()).toBe(0);
  });

  test('is counted anew on zoom, in the view alone', async () => {
    await search('keys|render');
    await item('clone').click();
    expect((await eventsOf('match')).at(-1)).toEqual(['match', { matchedShare: 0.2, count: 1 }]);
    await page.keyboard.press('Escape');
    expect((await eventsOf('match')).at(-1)).toEqual(['match', { matchedShare: 1000 / 11_400, count: 2 }]);
  });

  test('does not mark faded ancestors, whose time the view does not show', async () => {
    await search('reduce|clone');
    await item('clone').click();
    expect(await highlighted()).toBe('clone');
  });

  test('says what is wrong with a pattern, and everything goes on', async () => {
    expect((await search('(clone'))!.error).toMatch(/unterminated group/i);
    await item('clone').click();
    await page.keyboard.press('Escape');
    expect(await items().count()).toBe(8);
    expect((await search('clone'))!.count).toBe(1 + 1);
  });

  test('goes on in the next tree', async () => {
    await search('other');
    await show(
      treeOf(`
      root 10
        other 30
    `),
    );
    expect(await highlighted()).toBe('other');
  });
});

describe('large graphs', () => {
  const elements = () => page.locator('[role=tree] *').count();

  test('10,000 rows: only those in sight exist, and scrolling brings the others', async () => {
    await page.evaluate(() => graph.show(flambe.largeTree(1, 10_000, 1)));
    expect(await items().count()).toBeLessThan(40);
    await page.evaluate(() => {
      const scroller = document.querySelector('.flambe-graph')!;
      scroller.scrollTop = scroller.scrollHeight;
    });
    await page.waitForFunction(() => document.querySelector('[aria-label^="leaf"]'));
    const [leaf, scroller] = [await box('leaf'), (await page.locator('.flambe-graph').boundingBox())!];
    expect(leaf.y + leaf.height).toBeLessThanOrEqual(scroller.y + scroller.height);
    expect(await items().count()).toBeLessThan(40);
  });

  test('keys walk out of sight and the graph follows; focus out of sight is not lost', async () => {
    await page.evaluate(() => graph.show(flambe.largeTree(1, 100, 1)));
    await items().first().focus();
    for (let row = 0; row < 50; row++) await page.keyboard.press('ArrowDown');
    const level = () => page.evaluate(() => document.activeElement!.getAttribute('aria-level'));
    expect(await level()).toBe('51');
    const inView = () =>
      page.evaluate(() => {
        const [item, scroller] = [document.activeElement!, document.querySelector('.flambe-graph')!].map((element) =>
          element.getBoundingClientRect(),
        );
        return item!.top >= scroller!.top && item!.bottom <= scroller!.bottom;
      });
    expect(await inView()).toBe(true);
    await page.evaluate(() => {
      document.querySelector('.flambe-graph')!.scrollTop = 0;
    });
    await page.waitForFunction(() => document.querySelector('[aria-level="1"]'));
    expect(await level()).toBe('51');
    await page.keyboard.press('ArrowDown');
    expect(await level()).toBe('52');
    expect(await inView()).toBe(true);
  });

  test('more boxes than may exist: the widest, and zoom brings the others', async () => {
    await page.setViewportSize({ width: 3000, height: 2000 });
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('#host')!.style.height = '1900px';
      graph.show(flambe.largeTree(1000, 60, 60));
    });
    expect(await items().count()).toBeGreaterThan(1000);
    expect(await elements()).toBeLessThan(3 * 5000 + 20);
    expect(await items().count()).toBeLessThanOrEqual(5000);
    expect(await item('leaf').count()).toBe(0);
    await page.evaluate(() => graph.zoomTo(1));
    expect(await item('leaf').count()).toBe(60);
  });

  test('siblings too narrow to be boxes stand as a strip', async () => {
    await page.evaluate(() => graph.show(flambe.largeTree(20_000, 1, 1)));
    expect(await items().count()).toBe(1);
    const strip = (await page.locator('path.strips').boundingBox())!;
    expect(strip.width).toBeGreaterThan(0.99 * (await box('root')).width);
  });
});

test('time that no sample covers is hatched', async () => {
  await show(shop);
  const fill = await item('\\(not sampled\\)').locator('rect').getAttribute('fill');
  const id = /^url\(#(.+)\)$/.exec(fill!)![1]!;
  expect(await page.locator(`pattern[id="${id}"] path`).count()).toBe(1);
});

test('a graph that is done with leaves nothing behind', async () => {
  await show(shop);
  await page.evaluate(() => graph.destroy());
  expect(await page.locator('#host').innerHTML()).toBe('');
});
