import { addMapping, GenMapping, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataUrlMap } from '../../src/sources/data-url.ts';
import { chainName, listFunctions } from '../../src/sources/functions.ts';
import { type MappedFunctions, mapFunctions } from '../../src/sources/mapped.ts';
import { readMap, type SourceMap } from '../../src/sources/maps.ts';

const original = `import { notify } from './notify';

export function createStore(reduce: Reduce) {
  let state: State;
  const dispatch = (action: Action) => {
    state = reduce(state, action);
    notify(() => state);
  };
  return { dispatch };
}
`;
const minified = 'function t(e){let n;const r=o=>{n=e(n,o);a((()=>n))};return{dispatch:r}}';

interface Row {
  /** A text of the generated script and one of the original: where they begin is mapped. */
  readonly from: string;
  readonly to: string;
  readonly name?: string;
}
const rows: readonly Row[] = [
  { from: 'function t', to: 'export function' },
  { from: 't(e)', to: 'createStore', name: 'createStore' },
  { from: 'let n', to: 'let state' },
  { from: 'r=', to: 'dispatch =' },
  { from: 'o=>', to: '(action' },
  { from: 'n=e', to: 'state = reduce' },
  { from: 'a((', to: 'notify(() ', name: 'notify' },
  { from: '()=>n', to: '() => state' },
  { from: '};return', to: '};\n  return' },
  { from: 'return', to: 'return {' },
  { from: '}}', to: '}\n' },
];

/** The map of the rows, with a name only where the row has one, as minifiers make them. */
function mapOf(mapped: readonly Row[], { content = true, source = 'webpack://shop/./src/store.ts' } = {}) {
  const map = new GenMapping({ file: 'store.min.js' });
  for (const { from, to, name } of mapped) {
    const before = original.slice(0, original.lastIndexOf(to)).split('\n');
    const at = { line: before.length, column: before.at(-1)!.length };
    const generated = { line: 1, column: minified.indexOf(from) };
    if (name === undefined) addMapping(map, { generated, original: at, source });
    else addMapping(map, { generated, original: at, source, name });
  }
  if (content) setSourceContent(map, source, original);
  return toEncodedMap(map);
}

function reading(value: unknown, url?: string): SourceMap {
  const map = readMap(JSON.stringify(value), url);
  if ('error' in map) throw new Error(map.error);
  return map;
}

/** Name and original place of each function of the minified script. */
function seenThrough(map: SourceMap, text = minified): { names: string[]; mapped: MappedFunctions } {
  const list = listFunctions(text);
  if ('error' in list) throw new Error(list.error);
  const mapped = mapFunctions(list, map);
  return { names: Array.from(list.start, (_, index) => chainName(list, index, mapped)), mapped };
}

describe('a function’s original name', () => {
  test('is what the map says, else what its source has there', () => {
    expect(seenThrough(reading(mapOf(rows))).names).toEqual([
      'createStore',
      'createStore › dispatch',
      'createStore › dispatch › notify callback',
    ]);
  });

  test('stays as it is where the map has neither', () => {
    expect(seenThrough(reading(mapOf(rows, { content: false }))).names).toEqual([
      'createStore',
      'createStore › r',
      'createStore › r › notify callback',
    ]);
  });

  test('is not that of a token before it', () => {
    const without = rows.filter(({ from }) => from !== 't(e)' && from !== 'r=');
    expect(seenThrough(reading(mapOf(without))).names.slice(0, 2)).toEqual(['t', 't › r']);
  });

  test('is read past the words of a declaration', () => {
    const coarse = rows.map((row) => (row.from === 't(e)' ? { from: row.from, to: 'export function' } : row));
    expect(seenThrough(reading(mapOf(coarse))).names[0]).toBe('createStore');
  });

  test('is read past the words of TypeScript', () => {
    const text = 'class n{r=e=>e}';
    const map = new GenMapping();
    const source = 'widget.ts';
    addMapping(map, { generated: { line: 1, column: 6 }, original: { line: 1, column: 6 }, source });
    addMapping(map, { generated: { line: 1, column: 8 }, original: { line: 1, column: 15 }, source });
    setSourceContent(map, source, 'class Widget { private readonly helper = (x: number) => x }');
    expect(seenThrough(reading(toEncodedMap(map)), text).names).toEqual(['Widget', 'Widget.helper']);
  });

  test('is that of its declaration, where a bundler put it into the one call of it', () => {
    const text = '(function(){function t(){}})();use((()=>1))';
    const map = new GenMapping();
    const source = 'app.ts';
    addMapping(map, { generated: { line: 1, column: 1 }, original: { line: 1, column: 0 }, source });
    addMapping(map, { generated: { line: 1, column: 21 }, original: { line: 2, column: 11 }, source });
    addMapping(map, { generated: { line: 1, column: 36 }, original: { line: 4, column: 0 }, source });
    setSourceContent(
      map,
      source,
      'export function createStore() {\n  function dispatch() {}\n}\nasync function App() {}',
    );
    const { names, mapped } = seenThrough(reading(toEncodedMap(map)), text);
    expect(names).toEqual(['createStore', 'createStore › dispatch', 'App']);
    expect(mapped.traits).toEqual(new Uint8Array(3));
  });

  test('leaves out what the bundler alone wrote around it', () => {
    const text = 'var u=e(o=>{function t(){}})';
    const map = new GenMapping();
    addMapping(map, {
      generated: { line: 1, column: 21 },
      original: { line: 1, column: 9 },
      source: 'a.js',
      name: 'work',
    });
    expect(seenThrough(reading(toEncodedMap(map)), text).names).toEqual(['u (e)', 'work']);
  });

  test('is no keyword', () => {
    const wrong = rows.map((row) => (row.from === 'r=' ? { from: row.from, to: 'return' } : row));
    expect(seenThrough(reading(mapOf(wrong))).names[1]).toBe('createStore › r');
  });
});

test('a function’s original range goes from its name to its end', () => {
  const { mapped } = seenThrough(reading(mapOf(rows)));
  const range = (index: number) =>
    [mapped.line, mapped.column, mapped.endLine, mapped.endColumn].map((one) => one[index]);
  expect(mapped.sources).toEqual(['webpack://shop/src/store.ts']);
  expect(range(0)).toEqual([3, 17, 10, 1]);
  expect(range(1)).toEqual([5, 20, 8, 3]);
  expect(range(2)).toEqual([7, 12, 7, 12]);
});

describe('places', () => {
  const map = reading(mapOf(rows));

  test('are found in the original', () => {
    const source = 'webpack://shop/src/store.ts';
    expect(map.original({ line: 1, column: 10 })).toEqual({ source, line: 3, column: 17, name: 'createStore' });
    expect(map.original({ line: 1, column: 11 })).toEqual({ source, line: 3, column: 17, name: 'createStore' });
    expect(map.original({ line: 2, column: 1 })).toBeNull();
    expect(map.original({ line: 0, column: 1 })).toBeNull();
  });

  test.each([
    ['a place', 5, 20, 'o=>'],
    ['within a token', 5, 25, 'o=>'],
    ['before the first of a line', 5, 1, 'r='],
    ['a line', 7, undefined, 'a(('],
  ])('are found from the original: %s', (_, line, column, text) => {
    expect(map.generated('src/store.ts', line, column)).toEqual([{ line: 1, column: minified.indexOf(text) + 1 }]);
  });

  test('that nobody mapped lead nowhere', () => {
    expect(map.generated('src/store.ts', 1)).toEqual([]);
    expect(map.generated('src/store.ts', 99)).toEqual([]);
    expect(map.generated('src/store.ts', 0)).toEqual([]);
    expect(map.generated('other.ts', 5)).toEqual([]);
  });
});

test('sources are named relative to the map, and give their text', () => {
  const map = reading(mapOf(rows, { source: '../src/store.ts' }), 'http://x/assets/store.js.map');
  expect(map.sources).toEqual(['http://x/src/store.ts']);
  expect(map.content('http://x/src/store.ts')).toBe(original);
  expect(map.content('http://x/src/other.ts')).toBeNull();
});

test('a map of sections is one map', () => {
  const part = mapOf(rows);
  const other = mapOf(rows, { source: 'other.ts' });
  const map = reading({
    version: 3,
    sections: [
      { offset: { line: 0, column: 0 }, map: part },
      { offset: { line: 4, column: 0 }, map: other },
    ],
  });
  expect(map.original({ line: 5, column: 10 })).toMatchObject({ source: 'other.ts', line: 3, name: 'createStore' });
  expect(map.original({ line: 1, column: 10 })).toMatchObject({ source: 'webpack://shop/src/store.ts', line: 3 });
});

test('a first line that guards the map is passed over', () => {
  const map = readMap(`)]}'\n${JSON.stringify(mapOf(rows))}`);
  expect('error' in map).toBe(false);
});

describe('a broken map gives an error in words:', () => {
  const whole = { version: 3, sources: [], names: [], mappings: '' };
  test.each<[string, string]>([
    ['no JSON', '<!doctype html>'],
    ['no object', 'null'],
    ['another version', JSON.stringify({ ...whole, version: 4 })],
    ['no mappings', JSON.stringify({ ...whole, mappings: undefined })],
    ['mappings that are no text', JSON.stringify({ ...whole, mappings: 7 })],
    ['sources that are none', JSON.stringify({ ...whole, sources: [{}] })],
    ['names that are none', JSON.stringify({ ...whole, names: [7] })],
    ['contents that are none', JSON.stringify({ ...whole, sourcesContent: 'x' })],
    ['a section without a place', JSON.stringify({ version: 3, sections: [{ map: whole }] })],
    [
      'a section beyond all lines',
      JSON.stringify({ version: 3, sections: [{ offset: { line: 1e9, column: 0 }, map: whole }] }),
    ],
    ['a source that is not there', JSON.stringify({ ...whole, mappings: 'AAAA' })],
    ['a line before the first', JSON.stringify({ ...whole, sources: ['a'], mappings: 'AADA' })],
    ['a broken section', JSON.stringify({ version: 3, sections: [{ offset: { line: 0, column: 0 }, map: {} }] })],
  ])('%s', (_, json) => {
    expect(readMap(json)).toEqual({ error: expect.stringMatching(/^The source map could not be read: ./) });
  });
});

test('whatever a map says, functions are seen through it', () => {
  const list = listFunctions(minified);
  if ('error' in list) throw new Error(list.error);
  const mappings = fc.string({ unit: fc.constantFrom(...'ACDEgBgC+/09;,!é'), maxLength: 60 });
  const hostile = fc.record({
    version: fc.constant(3),
    sources: fc.array(fc.option(fc.string()), { maxLength: 3 }),
    sourcesContent: fc.array(fc.option(fc.string()), { maxLength: 3 }),
    names: fc.array(fc.string(), { maxLength: 3 }),
    mappings,
  });
  fc.assert(
    fc.property(hostile, (value) => {
      const map = readMap(JSON.stringify(value));
      if ('error' in map) return;
      const mapped = mapFunctions(list, map);
      expect(mapped.pieceText).toHaveLength(list.pieceText.length);
      mapped.source.forEach((source) => {
        expect(source).toBeLessThan(mapped.sources.length);
      });
      map.generated(mapped.sources[0] ?? '', 1);
    }),
    { numRuns: 1000 },
  );
});

describe('the text of a data: address', () => {
  test.each([
    ['data:application/json;charset=utf-8;base64,eyJhIjoiw6kifQ==', '{"a":"é"}'],
    ['data:application/json;base64,eyJhIjoxfQ%3D%3D', '{"a":1}'],
    ['data:application/json,%7B%22a%22%3A%22%C3%A9%22%7D', '{"a":"é"}'],
    ['data:,{"a":1}', '{"a":1}'],
    ['data:application/json;base64,!!', null],
    ['data:application/json,%', null],
    ['store.js.map', null],
  ])('%s', (url, text) => expect(dataUrlMap(url)).toBe(text));
});
