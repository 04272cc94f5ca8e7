import { addMapping, GenMapping, toEncodedMap } from '@jridgewell/gen-mapping';
import { describe, expect, test } from 'vitest';
import { readScript } from '../../src/sources/read-script.ts';
import type { ScriptText } from '../../src/sources/script.ts';
import { SourceIndex } from '../../src/sources/source-index.ts';

const begin = { line: 1, column: 1 };

/** An index of scripts by their addresses, which are their ids too. */
function indexOf(scripts: Record<string, string | ScriptText>): SourceIndex {
  const index = new SourceIndex();
  for (const [url, script] of Object.entries(scripts)) {
    const text = typeof script === 'string' ? { text: script } : script;
    index.add({ id: url, url, begin, hash: url }, readScript(text));
  }
  return index;
}
const namesOf = (index: SourceIndex, typed: string, limit = 50) => index.search(typed, limit).map(({ name }) => name);

describe('a search finds', () => {
  test('the exact name before a prefix, humps and a part of it', () => {
    const index = indexOf({
      'a.js':
        'function predispatch(){} function doItsPart(){} function dispatch(){} function dispatchAll(){} function disp(){} function dip(){}',
    });
    expect(namesOf(index, 'dispatch')).toEqual(['dispatch', 'dispatchAll', 'predispatch']);
    expect(namesOf(index, 'dip')).toEqual(['dip', 'doItsPart']);
  });

  test('humps, however long each is typed', () => {
    const index = indexOf({
      'a.js': 'function createBigStore(){} function cabs(){} function create_small_store(){} function XMLParser(){}',
    });
    expect(namesOf(index, 'cbs')).toEqual(['createBigStore']);
    expect(namesOf(index, 'crBiSt')).toEqual(['createBigStore']);
    expect(namesOf(index, 'css')).toEqual(['create_small_store']);
    expect(namesOf(index, 'cst')).toEqual(['createBigStore', 'create_small_store']);
  });

  test('the page’s own code before packages, but an exact name of theirs before a mere part of ours', () => {
    const index = indexOf({
      'http://x/node_modules/redux/index.js': 'function render(){} function renderAll(){}',
      'http://x/src/a.js': 'function renderList(){} function prerender(){}',
    });
    expect(namesOf(index, 'render')).toEqual(['renderList', 'render', 'prerender', 'renderAll']);
  });

  test('named functions before descriptions', () => {
    const index = indexOf({ 'a.js': 'map(() => 1); function mapAll(){} items.map(() => 2)' });
    expect(namesOf(index, 'map')).toEqual(['mapAll', 'map callback', 'items.map callback']);
    expect(namesOf(index, 'items.map')).toEqual(['items.map callback']);
  });

  test('by the name alone, whatever is added to it', () => {
    const index = indexOf({
      'a.js': 'const Button = memo(() => 1); class W { get size() { return 1 } } function sizes(){}',
    });
    expect(namesOf(index, 'Button')).toEqual(['Button (memo)']);
    expect(namesOf(index, 'size')).toEqual(['W.size (get)', 'sizes']);
    expect(namesOf(index, 'memo')).toEqual([]);
  });

  test('by the words before the name', () => {
    const index = indexOf({
      'src/store.js':
        'function createStore(){ function dispatch(){} } class Bus { dispatch(){} } function other(){ function dispatch(){} }',
    });
    expect(namesOf(index, 'createStore › dispatch')).toEqual(['createStore › dispatch']);
    expect(namesOf(index, 'create disp')).toEqual(['createStore › dispatch']);
    expect(namesOf(index, 'Bus.dispatch')).toEqual(['Bus.dispatch']);
    expect(namesOf(index, 'bus.')).toEqual(['Bus']);
    expect(namesOf(index, 'store bus.dis')).toEqual(['Bus.dispatch']);
    expect(namesOf(index, 'dispatch()')).toHaveLength(3);
  });

  test('all of a file by its name, after functions of that name', () => {
    const index = indexOf({
      'http://x/src/store.js?t=1': 'function a(){} function b(){}',
      'http://x/b.js': 'function restore(){}',
    });
    expect(namesOf(index, 'store')).toEqual(['restore', 'a', 'b']);
    expect(namesOf(index, 'store.js')).toEqual(['a', 'b']);
    expect(namesOf(index, 'src/store')).toEqual(['a', 'b']);
  });

  test('no more than asked for, and nothing for nothing', () => {
    const index = indexOf({ 'a.js': 'function a1(){} function a2(){} function a3(){}' });
    expect(namesOf(index, 'a', 2)).toEqual(['a1', 'a2']);
    expect(namesOf(index, ' ')).toEqual([]);
    expect(namesOf(index, 'zz')).toEqual([]);
  });

  test('nothing of a script that was removed, and a script added again once', () => {
    const index = indexOf({ 'a.js': 'function a(){}' });
    index.add({ id: 'a.js', url: 'a.js', begin, hash: '2' }, readScript({ text: 'function a(){} function a2(){}' }));
    expect(namesOf(index, 'a')).toEqual(['a', 'a2']);
    index.remove('a.js');
    expect(namesOf(index, 'a')).toEqual([]);
  });
});

/** `function t(){const r=()=>1}` of src/store.ts, with what is in between of a package. */
function bundled(): ScriptText {
  const text = 'function t(){const r=()=>1}\nfunction n(){}';
  const map = new GenMapping();
  const source = 'webpack://shop/./src/store.ts';
  const token = (line: number, column: number, toLine: number, toColumn: number, name?: string, of = source) => {
    const places = { generated: { line, column }, original: { line: toLine, column: toColumn }, source: of };
    if (name) addMapping(map, { ...places, name });
    else addMapping(map, places);
  };
  token(1, 0, 10, 0);
  token(1, 9, 10, 16, 'createStore');
  token(1, 19, 12, 8, 'dispatch');
  token(1, 21, 12, 19);
  token(1, 24, 14, 3);
  token(1, 26, 20, 0);
  token(2, 9, 3, 9, 'combine', 'webpack://shop/./node_modules/redux/index.js');
  return { text, map: { json: JSON.stringify(toEncodedMap(map)), url: 'http://x/app.js.map' } };
}

describe('through a source map', () => {
  const index = indexOf({ 'http://x/app.js': bundled() });

  test('original names are searched and shown, with their own file and package', () => {
    expect(index.search('dispatch', 9)).toEqual([
      {
        scriptId: 'http://x/app.js',
        url: 'http://x/app.js',
        index: 1,
        name: 'createStore › dispatch',
        generatedName: 't › r',
        kind: 'arrow',
        async: false,
        generator: false,
        place: { line: 1, column: 22 },
        start: { line: 1, column: 22 },
        end: { line: 1, column: 27 },
        parent: 0,
        depth: 1,
        original: { source: 'webpack://shop/src/store.ts', line: 12, column: 20 },
        file: 'src/store.ts',
        package: null,
      },
    ]);
    expect(index.search('combine', 9)).toMatchObject([{ name: 'combine', package: 'redux', file: 'redux/index.js' }]);
    expect(namesOf(index, 'store.ts')).toEqual(['createStore', 'createStore › dispatch']);
    expect(namesOf(index, 'r')).not.toContain('t › r');
  });

  test.each<[string, number, number | undefined, string[]]>([
    ['store.ts', 10, undefined, ['createStore']],
    ['src/store.ts', 12, undefined, ['createStore › dispatch']],
    ['store.ts', 13, undefined, ['createStore › dispatch']],
    ['store.ts', 16, undefined, ['createStore']],
    ['store.ts', 12, 25, ['createStore › dispatch']],
    ['store.ts', 12, 3, ['createStore']],
    ['store.ts', 1, undefined, []],
    ['other.ts', 10, undefined, []],
    ['app.js', 1, 22, ['createStore › dispatch']],
    ['app.js', 2, undefined, ['combine']],
  ])('the place %s:%s:%s means %j', (source, line, column, names) => {
    expect(index.findAt(source, line, column).map(({ name }) => name)).toEqual(names);
  });

  test('the whole address of a script means the script, and not the source of the same address', () => {
    const { text, map } = bundled();
    const json = map && 'json' in map ? map.json.replaceAll('webpack://shop/./src/store.ts', 'http://x/store.ts') : '';
    const served = indexOf({ 'http://x/store.ts': { text, map: { json, url: 'http://x/store.ts' } } });
    expect(served.findAt('http://x/store.ts', 2).map(({ name }) => name)).toEqual(['combine']);
    expect(served.findAt('store.ts', 10).map(({ name }) => name)).toEqual(['createStore']);
  });

  test('a frame’s place leads to the function', () => {
    expect(index.functionAt('http://x/app.js', { line: 1, column: 22 })?.name).toBe('createStore › dispatch');
    expect(index.functionAt('http://x/app.js', { line: 9, column: 1 })).toBeNull();
    expect(index.functionAt('elsewhere', { line: 1, column: 22 })).toBeNull();
  });
});

test('problems are told with their script, whose functions are there all the same where only the map is broken', () => {
  const index = indexOf({
    'a.js': 'const = 1',
    'b.js': { text: 'function b(){}', map: { json: '{', url: 'b.js.map' } },
    'c.js': 'function c(){}',
  });
  expect(index.problems()).toEqual([
    { scriptId: 'a.js', url: 'a.js', problem: expect.stringMatching(/^The script could not be read/) },
    { scriptId: 'b.js', url: 'b.js', problem: expect.stringMatching(/^The source map could not be read/) },
  ]);
  expect(namesOf(index, 'b')).toEqual(['b']);
});
