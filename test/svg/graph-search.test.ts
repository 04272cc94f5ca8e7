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
    expect((await here.eventsOf('match')).at(-1)).toEqual(['match', { matchedTime: 500, matchedShare: 0.2, count: 1 }]);
    await here.page.keyboard.press('Escape');
    expect((await here.eventsOf('match')).at(-1)).toEqual([
      'match',
      { matchedTime: 1000, matchedShare: 1000 / 11_400, count: 2 },
    ]);
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

describe('steps through matches', () => {
  const find = (...terms: string[]) =>
    here.page.evaluate((terms) => graph.search({ terms, isRegex: true, isCaseSensitive: false }), terms);

  test('go to the next, to the one before, and round about', async () => {
    await here.show(shop);
    await find('clone\\.js|view\\.js');
    await here.item('dispatch').focus();
    const seen: (string | undefined)[] = [];
    for (const key of ['n', 'n', 'F3', 'n', 'N', 'Shift+F3']) {
      await here.page.keyboard.press(key);
      seen.push(await here.focused());
    }
    expect(seen).toEqual(['clone', 'freeze', 'render', 'clone', 'render', 'freeze']);
    expect(await here.eventsOf('document')).toEqual([['document', 'Shift']]);
  });

  test('zoom to a match that is too small to be drawn, and out to one that the zoom hides', async () => {
    await here.show(
      treeOf(`
      root 1000000
        big 1000000
          tiny 10
        other 500000
    `),
    );
    await find('tiny|other');
    expect(await here.names()).toBe('root big other');
    await here.item('root').focus();
    await here.page.keyboard.press('n');
    expect(await here.names()).toBe('root big tiny');
    expect(await here.focused()).toBe('tiny');
    await here.page.keyboard.press('n');
    expect(await here.names()).toBe('root big other');
    expect(await here.focused()).toBe('other');
  });

  test('of no match go nowhere', async () => {
    await here.show(shop);
    await find('nothing');
    await here.item('reduce').focus();
    await here.page.keyboard.press('n');
    expect(await here.focused()).toBe('reduce');
  });
});

test('several terms have colours of their own', async () => {
  await here.show(shop);
  await here.page.evaluate(() => graph.search({ terms: ['reduce', 'clone'], isRegex: true, isCaseSensitive: false }));
  const fill = (name: string) => here.item(name).evaluate((rect) => getComputedStyle(rect).fill);
  expect(await fill('reduce')).toBe('rgb(247, 124, 244)');
  expect(await fill('clone')).toBe('rgb(94, 224, 255)');
  expect(await fill('freeze')).toBe('rgb(94, 224, 255)');
});

test('a highlight stands in place of what the search matched, which comes back after it', async () => {
  await here.show(shop);
  const marked = () =>
    here.page
      .locator('[role=treeitem][class^=match]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!.split(',')[0]).join(' '));
  const highlight = (name: string | null) =>
    here.page.evaluate(
      ([names, wanted]) =>
        graph.highlight(wanted === null ? null : Uint8Array.from(names as string[], (one) => (one === wanted ? 1 : 0))),
      [shop.frames.name, name] as const,
    );
  const find = (term: string) =>
    here.page.evaluate((term) => graph.search({ terms: [term], isRegex: true, isCaseSensitive: false }), term);
  await highlight('reduce');
  expect(await marked()).toBe('reduce');
  await find('keys');
  expect(await marked()).toBe('reduce');
  await highlight(null);
  expect(await marked()).toBe('keys');
  await find('');
  expect(await marked()).toBe('');
});
