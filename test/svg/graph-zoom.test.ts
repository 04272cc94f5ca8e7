import { beforeEach, describe, expect, test } from 'vitest';
import { treeOf } from '../unit/pictures.ts';
import { GraphPage } from './graph-page.ts';
import { shop } from './shop.ts';

const here = GraphPage.use();

describe('zoom', () => {
  beforeEach(() => here.show(shop));

  test('a click fills the width with a box, under its faded ancestors', async () => {
    await here.item('clone').click();
    expect(await here.names()).toBe('dispatch reduce clone keys');
    const whole = (await here.box('dispatch')).width;
    expect((await here.box('clone')).width).toBe(whole);
    expect((await here.box('keys')).width / whole).toBeCloseTo(0.2, 2);
    const opacity = (name: string) => here.item(name).evaluate((rect) => Number(getComputedStyle(rect).fillOpacity));
    expect(await opacity('reduce')).toBeLessThan(1);
    expect(await opacity('clone')).toBe(1);
    expect((await here.eventsOf('zoom')).at(-1)).toEqual(['zoom', { first: 2, end: 4 }, true, 2500]);
  });

  test('a click on a faded ancestor zooms out to it', async () => {
    await here.item('clone').click();
    await here.item('reduce').click();
    expect(await here.names()).toBe('dispatch reduce clone keys freeze');
    await here.item('dispatch').click();
    expect(await here.items().count()).toBe(8);
    expect((await here.eventsOf('zoom')).at(-1)).toEqual(['zoom', { first: 0, end: 8 }, false, 11_400]);
  });

  test('Escape takes back one zoom after the other', async () => {
    await here.item('reduce').click();
    await here.item('clone').click();
    await here.page.keyboard.press('Escape');
    expect(await here.names()).toBe('dispatch reduce clone keys freeze');
    await here.page.keyboard.press('Escape');
    expect(await here.items().count()).toBe(8);
  });

  test('a reset shows everything at once, and leaves nothing to take back', async () => {
    await here.item('reduce').click();
    await here.item('clone').click();
    await here.page.evaluate(() => graph.resetZoom());
    expect(await here.items().count()).toBe(8);
    await here.item('dispatch').focus();
    await here.page.keyboard.press('Escape');
    expect(await here.items().count()).toBe(8);
  });

  test('ends when another tree is shown', async () => {
    await here.item('clone').click();
    await here.show(treeOf('other 10'));
    expect(await here.names()).toBe('other');
    expect(await here.page.evaluate(() => graph.isZoomed)).toBe(false);
  });
});

describe('the way to a zoom', () => {
  beforeEach(() => here.show(shop));
  const widthOf = (name: string) =>
    here
      .item(name)
      .evaluate((rect) => Number(rect.getAttribute('width')) / document.querySelector('[role=tree]')!.clientWidth);

  test('is one step for who wants less motion', async () => {
    await here.page.evaluate(() => graph.zoomTo(2));
    expect(await widthOf('clone')).toBeGreaterThan(0.98);
  });

  test('begins in the first frame, passes through all between, and ends there', async () => {
    await here.page.emulateMedia({ reducedMotion: 'no-preference' });
    const widths = await here.page.evaluate(async () => {
      const width = () => document.querySelector('[aria-label^="clone,"]')!.getBoundingClientRect().width;
      const seen = [width()];
      graph.zoomTo(2);
      seen.push(width());
      const whole = document.querySelector('[role=tree]')!.clientWidth;
      while (seen.at(-1)! < whole - 2) {
        await new Promise(requestAnimationFrame);
        seen.push(width());
      }
      return seen;
    });
    expect(widths[1]).toBeGreaterThan(widths[0]!);
    expect(widths[1]).toBeLessThan(widths.at(-1)!);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    await expect.poll(() => here.names()).toBe('dispatch reduce clone keys');
  });

  test('draws no slivers before its end, and names then what it drew', async () => {
    await here.page.emulateMedia({ reducedMotion: 'no-preference' });
    const slivers = Array.from({ length: 250 }, (_, sliver) => `  s${sliver} 10`).join('\n');
    await here.show(treeOf(`root 0\n  wide 2500\n${slivers}`));
    const drawn = await here.page.evaluate(async () => {
      const count = () => document.querySelectorAll('[role=treeitem]').length;
      const wholeWidth = document.querySelector('[role=tree]')!.clientWidth;
      const width = () => Number(document.querySelector('[aria-label^="wide,"]')!.getAttribute('width'));
      const all = count();
      graph.zoomTo(1);
      while (width() < wholeWidth - 2) await new Promise(requestAnimationFrame);
      graph.resetZoom();
      const first = count();
      while (count() < all) await new Promise(requestAnimationFrame);
      return { all, first, unnamed: document.querySelectorAll('[role=treeitem]:not([aria-label])').length };
    });
    expect(drawn.all).toBe(252);
    expect(drawn.first).toBeLessThan(10);
    expect(drawn.unnamed).toBe(0);
  });

  test('shows names, keys and focus as they are at its end from the beginning', async () => {
    await here.page.emulateMedia({ reducedMotion: 'no-preference' });
    await here.item('clone').focus();
    const [focused, zoom] = await here.page.evaluate(async () => {
      graph.zoomTo(5);
      const zoom = events.findLast(([name]) => name === 'zoom');
      // The first frame moves what is there, the second one is drawn.
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      return [document.activeElement!.getAttribute('aria-label'), zoom];
    });
    expect(focused).toMatch(/^notify,/);
    expect(zoom).toEqual(['zoom', { first: 5, end: 7 }, true, 3000]);
  });
});
