import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Accessor,
  formatStep,
  formatTarget,
  type PathStep,
  parseTarget,
  type Target,
} from '../../src/capture/target.ts';

const key = (name: string): PathStep => ({ key: name });
const path = (root: string, ...steps: (string | PathStep)[]): Target => ({
  kind: 'path',
  root,
  steps: steps.map((step) => (typeof step === 'string' ? key(step) : step)),
});
const expression = (text: string): Target => ({ kind: 'expression', text });
const place = (source: string, line: number, column?: number): Target => ({
  kind: 'place',
  source,
  line,
  ...(column !== undefined && { column }),
});

describe('a path is', () => {
  test.each<[string, Target]>([
    ['render', path('render')],
    ['app.store.dispatch', path('app', 'store', 'dispatch')],
    ['Widget.prototype.render', path('Widget', 'prototype', 'render')],
    ['$', path('$')],
    ['_._', path('_', '_')],
    ['größe.zähler', path('größe', 'zähler')],
    ['数.関数', path('数', '関数')],
    ['𝒜.𝓑1', path('𝒜', '𝓑1')],
    // Keywords are good names of properties.
    ['app.new.delete', path('app', 'new', 'delete')],
    ['app["my fn"]', path('app', 'my fn')],
    ["app['my fn']", path('app', 'my fn')],
    [`app['it\\'s']`, path('app', "it's")],
    [`app["it's"]`, path('app', "it's")],
    [`app['say "hi"']`, path('app', 'say "hi"')],
    [`app["say \\"hi\\""]`, path('app', 'say "hi"')],
    ['app["a.b[0]"].c', path('app', 'a.b[0]', 'c')],
    ['app[""]', path('app', '')],
    ['app["\\u00e9\\n"]', path('app', 'é\n')],
    ['list[0]', path('list', '0')],
    ['list[10][2].fn', path('list', '10', '2', 'fn')],
    ['app[Symbol.iterator]', path('app', { symbol: 'iterator' })],
    ['app[ Symbol . asyncIterator ].x', path('app', { symbol: 'asyncIterator' }, 'x')],
    ['app[Symbol.for("a key")]', path('app', { symbolFor: 'a key' })],
    ["app[ Symbol.for( 'it' ) ].x", path('app', { symbolFor: 'it' }, 'x')],
    ['app.size (get)', { ...path('app', 'size'), accessor: 'get' } as Target],
    [' app . size  (set) ', { ...path('app', 'size'), accessor: 'set' } as Target],
    ['size (get)', { ...path('size'), accessor: 'get' } as Target],
    ['  app . store\n.dispatch ', path('app', 'store', 'dispatch')],
    ['app [ "x" ] [ 0 ]', path('app', 'x', '0')],
    // The global object by any of its names leads to the global itself.
    ['window.render', path('render')],
    ['globalThis.app.store', path('app', 'store')],
    ['self["render"]', path('render')],
    ['window["my fn"]', path('window', 'my fn')],
    ['window[0].x', path('window', '0', 'x')],
    ['window', path('window')],
    ['this_one.thisOther', path('this_one', 'thisOther')],
    ['newish', path('newish')],
    // Without a line it is the path that it also is.
    ['store.js', path('store', 'js')],
  ])('%j', (text, target) => {
    expect(parseTarget(text)).toEqual(target);
  });
});

describe('a place is', () => {
  test.each<[string, Target]>([
    ['store.js:88:12', place('store.js', 88, 12)],
    ['store.js:88', place('store.js', 88)],
    ['src/store.ts:1:1', place('src/store.ts', 1, 1)],
    ['App.tsx:5', place('App.tsx', 5)],
    ['worker.mjs:7:2', place('worker.mjs', 7, 2)],
    ['http://localhost:5173/src/store.js?t=1:88:12', place('http://localhost:5173/src/store.js?t=1', 88, 12)],
    ['http://localhost:5173/src/store.js:88', place('http://localhost:5173/src/store.js', 88)],
    ['https://example.org/a.b/c.min.js:1:123456', place('https://example.org/a.b/c.min.js', 1, 123456)],
    ['  store.js:88:12\n', place('store.js', 88, 12)],
  ])('%j', (text, target) => {
    expect(parseTarget(text)).toEqual(target);
  });
});

describe('anything else is an expression:', () => {
  test.each([
    'boom()',
    'getStore().dispatch',
    'app.list.map(f)',
    'a + b',
    '(app)',
    'app.',
    '.app',
    'app..x',
    'app[',
    'app[]',
    'app[x]',
    'app[01]',
    'app[-1]',
    'app[1.5]',
    'app["x]',
    'app["x"',
    "app['a\\x41']",
    'app?.x',
    'app.#secret',
    'app.1',
    '1',
    '"text"',
    '`text`',
    'app x',
    'app[Symbol.for(x)]',
    'app[Symbol["iterator"]]',
    'app.size(get)',
    'app.size (got)',
    'this',
    'this.render',
    'new.target',
    'null',
    'true.x',
    'import.meta',
    'super.x',
    'class',
    'function',
    '() => 1',
    'a ? b : 88',
    'store.js:x',
    'store.css:8:1',
  ])('%s', (text) => {
    expect(parseTarget(text)).toEqual(expression(text));
  });

  test('whose last property may be an accessor', () => {
    expect(parseTarget('getStore().size (get)')).toEqual({ ...expression('getStore().size'), accessor: 'get' });
  });

  test('with the blanks around it gone', () => {
    expect(parseTarget('\t boom() \n')).toEqual(expression('boom()'));
  });
});

test.each(['', ' ', '\n\t '])('blank text %j is no target', (text) => {
  expect(parseTarget(text)).toBeNull();
});

describe('the canonical text', () => {
  test.each<[PathStep, string]>([
    [key('name'), '.name'],
    [key('größe'), '.größe'],
    [key('my fn'), '["my fn"]'],
    [key(''), '[""]'],
    [key('0'), '[0]'],
    [key('01'), '["01"]'],
    [key('-1'), '["-1"]'],
    [key('say "hi"'), '["say \\"hi\\""]'],
    [key('\\'), '["\\\\"]'],
    [key('a\nb\u2028'), '["a\\nb\u2028"]'],
    [{ symbol: 'iterator' }, '[Symbol.iterator]'],
    [{ symbolFor: 'say "hi"' }, '[Symbol.for("say \\"hi\\"")]'],
  ])('of the step %j', (step, text) => {
    expect(formatStep(step)).toBe(text);
  });

  test('of a path evaluates to what the path means', () => {
    const keys = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(keys, (names) => {
        const text = formatTarget(path('root', ...names));
        const leaf = {};
        const root = names.reduceRight<object>((inner, name) => Object.fromEntries([[name, inner]]), leaf);
        expect(new Function('root', `return ${text}`)(root)).toBe(leaf);
      }),
    );
  });
});

const identifier = fc
  .tuple(fc.constantFrom('a', '$', '_', 'é', '数', '𝒜', 'Z'), fc.string({ unit: fc.constantFrom(...'abZ09$_é数') }))
  .map(([first, rest]) => first + rest)
  .filter((name) => parseTarget(name)?.kind === 'path');
const step = fc.oneof(
  fc.string({ unit: 'binary' }).map(key),
  fc.nat(1000).map((index) => key(String(index))),
  identifier.map(key),
  fc.constantFrom('iterator', 'asyncIterator', 'toPrimitive').map((symbol) => ({ symbol })),
  fc.string({ unit: 'binary' }).map((symbolFor) => ({ symbolFor })),
);

describe('reading what was written gives', () => {
  test('the same path', () => {
    fc.assert(
      fc.property(identifier, fc.array(step), fc.constantFrom(undefined, 'get', 'set'), (root, steps, accessor) => {
        const target: Target = { kind: 'path', root, steps, ...(accessor && { accessor: accessor as Accessor }) };
        expect(parseTarget(formatTarget(target))).toEqual(target);
      }),
      { numRuns: 1000 },
    );
  });

  test('the same place', () => {
    const source = fc.constantFrom('store.js', 'src/a.b/c.tsx', 'http://localhost:80/x.mjs?v=2', 'https://e.org/ü.cjs');
    fc.assert(
      fc.property(
        source,
        fc.integer({ min: 1 }),
        fc.option(fc.integer({ min: 1 }), { nil: undefined }),
        (at, line, column) => {
          const target = place(at, line, column);
          expect(parseTarget(formatTarget(target))).toEqual(target);
        },
      ),
    );
  });

  test('the same target for any text that was ever read', () => {
    const fragment = fc.constantFrom(
      'app',
      '.',
      '[',
      ']',
      '"',
      "'",
      '\\',
      '0',
      'Symbol.iterator',
      ' ',
      'x.js',
      ':8',
      '(',
      ' (get)',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const target = parseTarget(typed);
        if (target) expect(parseTarget(formatTarget(target))).toEqual(target);
      }),
      { numRuns: 2000 },
    );
  });
});
