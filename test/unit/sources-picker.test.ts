import { describe, expect, test } from 'vitest';
import { markName } from '../../panel/filter.ts';
import { plain } from '../../panel/phrases.ts';
import type { Reading } from '../../panel/source-search.ts';
import { placeWords, shortPlace, sourcesWords, wholePlace } from '../../panel/source-words.ts';
import { readScript } from '../../src/sources/read-script.ts';
import { type Found, SourceIndex } from '../../src/sources/source-index.ts';

/** The functions of scripts by their addresses, in the order in which they begin. */
function functionsOf(scripts: Record<string, string>): Found[] {
  const index = new SourceIndex();
  for (const [url, text] of Object.entries(scripts))
    index.add({ id: url, url, begin: { line: 1, column: 1 }, hash: url }, readScript({ text }));
  return index.search('fn', 99).sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}

const [ours, theirs] = [
  functionsOf({ 'http://x/app/model/store.js?v=1': 'function fn() {}' })[0]!,
  functionsOf({ 'http://x/node_modules/redux/dist/redux.mjs': '\nfunction fn() {}' })[0]!,
];
const mapped: Found = {
  ...ours,
  original: { source: 'http://x/src/model/store.ts', line: 88, column: 12 },
  file: 'src/model/store.ts',
};

test.each([
  [ours, 'model/store.js:1:12', 'model/store.js:1:12'],
  [mapped, 'model/store.ts:88', 'model/store.ts:88:12'],
  [theirs, 'redux', 'dist/redux.mjs:2:12'],
  [{ ...ours, file: 'a\u202eb.js' }, 'a\ufffdb.js:1:12', 'a\ufffdb.js:1:12'],
])('a place is told in short and as a whole: %#', (found, short, whole) => {
  expect([shortPlace(found), wholePlace(found)]).toEqual([short, whole]);
});

/** A name with what is marked in brackets. */
function marked(name: string, query: string): string {
  return markName(name, query).reduceRight(
    (text, [start, end]) => `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`,
    name,
  );
}

test.each([
  ['createStore › dispatch', 'disp', 'createStore › [disp]atch'],
  ['createStore › dispatch', 'PATCH', 'createStore › dis[patch]'],
  ['dispatch › dispatchAll', 'dispatch', 'dispatch › [dispatch]All'],
  ['createStore › dispatch', 'store dis', 'create[Store] › [dis]patch'],
  ['Widget.render', 'Widget.rend', '[Widget].[rend]er'],
  ['a › createBigStore', 'cbs', 'a › [c]reate[B]ig[S]tore'],
  // Found by the name of its file.
  ['render', 'store.ts', 'render'],
  ['render', '', 'render'],
])('in %s, %j marks %s', (name, query, expected) => {
  expect(marked(name, query)).toBe(expected);
});

describe('words', () => {
  const read: Reading = { isOn: false, read: 3, total: 3, problems: [], refusal: null };
  const none = { text: 'f', found: [] };

  test.each<[Partial<Reading>, number, string | null]>([
    [{}, 2, null],
    [{ isOn: true, read: 0, total: 0 }, 0, 'Listing the page’s scripts …'],
    [{ isOn: true, read: 12, total: 318 }, 2, 'Reading scripts … 12 of 318'],
    [{ read: 12, total: 318 }, 2, '12 of 318 scripts read'],
    [{}, 51, 'The best 50 shown: type to find others'],
    [{ problems: ['http://x/a.js: broken'] }, 2, '1 script not read in full'],
    [
      { isOn: true, read: 12, total: 318, problems: ['a', 'b'] },
      51,
      'Reading scripts … 12 of 318 · the best 50 shown: type to find others · 2 scripts not read in full',
    ],
    [{ read: 0, total: 0, refusal: 'No tab\u0007' }, 0, 'The page’s scripts can’t be read now: No tab\ufffd'],
  ])('of the reading %j and %i functions', (reading, count, words) => {
    const found = Array.from({ length: count }, () => ours);
    expect(sourcesWords({ text: 'f', found }, { ...read, ...reading })).toBe(words);
  });

  test('of a place', () => {
    const said = (found: readonly Found[], reading = read) => {
      const words = placeWords({ text: 'store.ts:88', found }, reading);
      return words && plain(words);
    };
    expect(said([mapped])).toBe('`fn` · `model/store.ts:88:12`');
    expect(said([mapped, ours])).toBe(
      '`fn` · `model/store.ts:88:12` · of 2 scripts with this place the last one loaded',
    );
    expect(said([])).toBe('No script that was read has a function there');
    expect(said([], { ...read, isOn: true })).toBeNull();
    expect(placeWords(none, { ...read, read: 0, total: 0 })).toBeNull();
  });
});
