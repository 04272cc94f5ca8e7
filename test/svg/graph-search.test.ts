import { beforeEach, describe, expect, test } from 'vitest';
import { treeOf } from '../unit/pictures.ts';
import { GraphPage } from './graph-page.ts';
import { shop } from './shop.ts';

const here = GraphPage.use();

describe('search', () => {
  beforeEach(() => here.show(shop));
  const highlighted = async () =>
    (
      await here
        .items()
        .evaluateAll((all) =>
          all
            .filter((one) => getComputedStyle(one).fill === 'rgb(247, 124, 244)')
            .map((one) => one.getAttribute('aria-label')!.split(',')[0]),
        )
    ).join(' ');
  const search = (term: string) =>
    here.page.evaluate((term) => graph.search({ terms: [term], isRegex: true, isCaseSensitive: false }), term);

  test('highlights what matches, and the highlights of the last search go', async () => {
    expect((await search('clone'))!.matchedShare).toBeCloseTo(3.4 / 11.4);
    expect(await highlighted()).toBe('clone freeze');
    await search('render');
    expect(await highlighted()).toBe('render');
    await search('nothing at all');
    expect(await highlighted()).toBe('');
    expect(await search('')).toBe(null);
    expect(await here.page.locator('.searching').count()).toBe(0);
  });

  test('is counted anew on zoom, in the view alone', async () => {
    await search('keys|render');
    await here.item('clone').click();
    expect((await here.eventsOf('match')).at(-1)).toEqual(['match', { matchedShare: 0.2, count: 1 }]);
    await here.page.keyboard.press('Escape');
    expect((await here.eventsOf('match')).at(-1)).toEqual(['match', { matchedShare: 1000 / 11_400, count: 2 }]);
  });

  test('does not mark faded ancestors, whose time the view does not show', async () => {
    await search('reduce|clone');
    await here.item('clone').click();
    expect(await highlighted()).toBe('clone');
  });

  test('says what is wrong with a pattern, and everything goes on', async () => {
    expect((await search('(clone'))!.error).toMatch(/unterminated group/i);
    await here.item('clone').click();
    await here.page.keyboard.press('Escape');
    expect(await here.items().count()).toBe(8);
    expect((await search('clone'))!.count).toBe(1 + 1);
  });

  test('goes on in the next tree', async () => {
    await search('other');
    await here.show(
      treeOf(`
      root 10
        other 30
    `),
    );
    expect(await highlighted()).toBe('other');
  });
});
