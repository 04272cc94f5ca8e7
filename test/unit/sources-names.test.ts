import { describe, expect, test } from 'vitest';
import { chainName, describeFunction, type FunctionList, listFunctions } from '../../src/sources/functions.ts';

function listed(text: string, options?: { module?: boolean }): FunctionList {
  const list = listFunctions(text, options);
  if ('error' in list) throw new Error(list.error);
  return list;
}

const namesIn = (text: string) => {
  const list = listed(text);
  return Array.from(list.start, (_, index) => chainName(list, index));
};

describe('a function is called', () => {
  test.each<[string, string, string[]]>([
    ['by its declaration', 'function dispatch() {}', ['dispatch']],
    ['by its declaration, async', 'async function load() {}', ['load']],
    ['by its declaration, a generator', 'function* ids() {}', ['ids']],
    ['by its variable', 'const x = () => 1', ['x']],
    ['by its variable, whatever declares it', 'let f = function () {}; var g = async () => 1', ['f', 'g']],
    ['by its own name before its variable', 'const x = function own() {}', ['own']],
    [
      'by the chain of functions around it',
      'function createStore() { function dispatch() {} }',
      ['createStore', 'createStore › dispatch'],
    ],
    ['by an assignment', 'let f; f = () => 1', ['f']],
    ['by an assignment that may not happen', 'a ??= () => 1; b ||= () => 1; c &&= () => 1', ['a', 'b', 'c']],
    ['by the nearest of two assignments', 'a = b = () => 1', ['b']],
    ['by the path that it is assigned to', 'exports.foo = function () {}', ['exports.foo']],
    ['by a prototype', 'Foo.prototype.bar = function () {}', ['Foo.prototype.bar']],
    ['by a prototype assigned whole', 'Foo.prototype = { bar: function () {} }', ['Foo.prototype.bar']],
    ['by a string or number key', 'a["b"] = () => 1; a[0] = () => 1', ['a.b', 'a[0]']],
    ['by a well-known symbol', 'a[Symbol.iterator] = function* () {}', ['a[Symbol.iterator]']],
    ['by a key that nobody knows', 'a[key] = () => 1', ['a[…]']],
    ['by an alternative', 'const f = fast ? () => 1 : () => 2; const g = old || (() => 3)', ['f', 'f', 'g']],
    ['by a default', 'function f(done = () => {}) {}; const { g = () => {} } = o', ['f', 'f › done', 'g']],
    ['by what it is exported as', 'export default function () {}', ['export default']],
    ['by its own name, though it is the default export', 'export default function App() {}', ['App']],
    ['as the default export, an arrow', 'export default () => 1', ['export default']],
    [
      'as the default export, a class',
      'export default class { render() {} }',
      ['export default', 'export default.render'],
    ],
    ['as an exported constant', 'export const a = () => 1', ['a']],
    ['by its object', 'const handlers = { onClick() {}, onKey: () => 1 }', ['handlers.onClick', 'handlers.onKey']],
    ['by objects in objects', 'const a = { b: { c() {} } }', ['a.b.c']],
    ['by a getter and a setter', 'const a = { get b() { return 1 }, set b(v) {} }', ['a.b (get)', 'a.b (set)']],
    [
      'by a key that is no name',
      'const m = { "./src/store.js": (e) => { function dispatch() {} } }',
      ['./src/store.js', './src/store.js › dispatch'],
    ],
    ['by a computed key', 'const a = { [b]: () => 1, [Symbol.iterator]() {} }', ['a[…]', 'a[Symbol.iterator]']],
    ['by an element of a list', 'const steps = [() => 1, () => 2]', ['steps[0]', 'steps[1]']],
    [
      'by its key in what is returned',
      'function make() { return { get() {}, set: () => 1 } }',
      ['make', 'make › get', 'make › set'],
    ],
    ['by its key in an argument', 'createSlice({ reducers: { add() {} } })', ['reducers.add']],
    [
      'by the variable and its key in an argument',
      'const slice = createSlice({ reducers: { add() {} } })',
      ['slice.reducers.add'],
    ],
  ])('%s', (_, text, names) => expect(namesIn(text)).toEqual(names));
});

describe('in a class it is called', () => {
  test.each<[string, string, string[]]>([
    ['by its method', 'class Widget { render() {} }', ['Widget', 'Widget.render']],
    ['by a static method', 'class Widget { static create() {} }', ['Widget', 'Widget.create']],
    [
      'by a getter and a setter',
      'class Widget { get size() { return 1 } set size(v) {} }',
      ['Widget', 'Widget.size (get)', 'Widget.size (set)'],
    ],
    ['by a private method', 'class Widget { #draw() {} }', ['Widget', 'Widget.#draw']],
    [
      'by a field',
      'class Widget { onClick = () => 1; #secret = function () {}; static make = () => 1 }',
      ['Widget', 'Widget.onClick', 'Widget.#secret', 'Widget.make'],
    ],
    ['by an accessor', 'class Widget { accessor load = () => 1 }', ['Widget', 'Widget.load']],
    [
      'by what its constructor assigns',
      'class Widget { constructor() { this.run = () => 1 } }',
      ['Widget', 'Widget.run'],
    ],
    [
      'by what its method assigns',
      'class Widget { start() { this.run = () => 1 } }',
      ['Widget', 'Widget.start', 'Widget.start › run'],
    ],
    [
      'by what its constructor declares',
      'class Widget { constructor() { function help() {} } }',
      ['Widget', 'Widget › help'],
    ],
    ['by what a static block declares', 'class Widget { static { const f = () => 1 } }', ['Widget', 'Widget › f']],
    ['by a symbol', 'class List { *[Symbol.iterator]() {} }', ['List', 'List.[Symbol.iterator]']],
    ['by the variable of the class', 'const Widget = class { render() {} }', ['Widget', 'Widget.render']],
    [
      'by the variable before the name that only the class sees',
      'var Widget = class _Widget { render() {} }',
      ['Widget', 'Widget.render'],
    ],
    ['without a class that has no name', 'use(new (class { render() {} })())', ['(anonymous class)', 'render']],
    ['in another method', 'class A { m() { class B { n() {} } } }', ['A', 'A.m', 'A.m › B', 'A.m › B.n']],
    ['in what the class extends', 'class A extends mix(() => 1) {}', ['A', 'A › mix callback']],
    [
      'behind decorators',
      '@element("x") class A { @listen("y", () => 1) m() {} }',
      ['A', 'A.m', "A.m › listen('y') callback"],
    ],
  ])('%s', (_, text, names) => expect(namesIn(text)).toEqual(names));
});

describe('a function without a name is called', () => {
  test.each<[string, string, string[]]>([
    ['by what it is given to', 'useEffect(() => {})', ['useEffect callback']],
    ['by a method and its object', 'items.map(x => x)', ['items.map callback']],
    ['by the end of a long path', 'this.props.items.map(x => x)', ['items.map callback']],
    ['by a method alone', '[1].map(x => x)', ['map callback']],
    ['by a call before', 'fetch("/").then(r => r)', ['fetch(…).then callback']],
    ['by an optional call', 'a?.b?.(() => 1)', ['a.b callback']],
    [
      'by what stands before it in a string',
      'button.addEventListener("click", () => 1)',
      ["button.addEventListener('click') callback"],
    ],
    ['by what it helps to make', 'new Promise(resolve => 1)', ['new Promise callback']],
    ['by a call of what is imported', '(0, react.useEffect)(() => 1)', ['useEffect callback']],
    ['by the variable that a wrapper gives', 'const Button = memo(() => 1)', ['Button (memo)']],
    ['by the variable, with an imported wrapper', 'const Button = (0, react.memo)(() => 1)', ['Button (memo)']],
    [
      'by the method rather than the variable of its result',
      'const sum = items.reduce((a, b) => a + b)',
      ['items.reduce callback'],
    ],
    ['by its template', `const A = styled.div\`\${p => p.x}\``, ['styled.div callback']],
    ['as returned', 'function outer() { return () => 1 }', ['outer', 'outer › (returned)']],
    [
      'as called at once, and left out of other names',
      '(function () { function f() {} })()',
      ['(called at once)', 'f'],
    ],
    ['as anonymous', 'x, function () {}; const add = a => b => a + b', ['(anonymous)', 'add', 'add › (anonymous)']],
    [
      'by a callback around',
      'useEffect(() => { const tick = () => 1 })',
      ['useEffect callback', 'useEffect callback › tick'],
    ],
    [
      'by no more than six around',
      'function a(){function b(){function c(){function d(){function e(){function f(){function g(){}}}}}}}',
      [
        'a',
        'a › b',
        'a › b › c',
        'a › b › c › d',
        'a › b › c › d › e',
        'a › b › c › d › e › f',
        '… › b › c › d › e › f › g',
      ],
    ],
  ])('%s', (_, text, names) => expect(namesIn(text)).toEqual(names));
});

test('kinds, async and generators are told apart', () => {
  const list = listed(
    'function f(){} async function* g(){} const a = async () => 1; class C { m(){} get x(){return 1} set x(v){} }',
  );
  const kinds = Array.from(list.start, (_, index) => {
    const { kind, async, generator } = describeFunction(list, index);
    return [async && 'async', generator && 'generator', kind].filter(Boolean).join(' ');
  });
  const expected = ['function', 'async generator function', 'async arrow', 'class', 'method', 'getter', 'setter'];
  expect(kinds).toEqual(expected);
});

test('a name’s pieces stand where their tokens are', () => {
  const list = listed('// one\n  Foo.prototype.bar = function () {}');
  expect(describeFunction(list, 0).pieces).toEqual([
    { text: 'Foo', place: { line: 2, column: 3 } },
    { text: '.', place: null },
    { text: 'prototype', place: { line: 2, column: 7 } },
    { text: '.', place: null },
    { text: 'bar', place: { line: 2, column: 17 } },
  ]);
});

test('a name is one line of sensible length', () => {
  const [name] = namesIn(`const o = { "a\\n${'b'.repeat(500)}"() {} }`);
  expect(name).toHaveLength(120);
  expect(name).not.toContain('\n');
});

describe('read are', () => {
  test.each([
    ['a hashbang', '#!/usr/bin/env node\nfunction f() {}'],
    ['top-level await', 'await 1; function f() {}'],
    ['imports with attributes', 'import a from "./a.json" with { type: "json" }; function f() {}'],
    ['using', 'function f() { using a = b(); }'],
    ['private names in objects', 'class f { #x; static has(o) { return #x in o } }'],
    ['regular expressions newer than the reader', 'function f() { return /(?i:a)[\\p{L}--[a-z]]/v }'],
    ['old sloppy code', 'with (a) { b = 010 } function f() {}'],
    ['comments of HTML', '<!-- hidden\nfunction f() {}\n--> end'],
    ['a source address', 'function f() {}\n//# sourceURL=made.js'],
    ['names declared again in a block', '{ function f() {} }'],
    ['deferred imports', 'import defer * as a from "a"; function f() {}'],
    ['return at the top', 'function f() {} return 1'],
  ])('%s', (_, text) => expect(namesIn(text)[0]).toBe('f'));
});

describe('a script gives an error in words', () => {
  test('where it is none', () => {
    expect(listFunctions('const = 1')).toEqual({
      error: expect.stringMatching(/^The script could not be read: .*'='/),
    });
  });

  test('where it is nested by thousands', () => {
    const deep = `${'(function(){'.repeat(10_000)}${'})'.repeat(10_000)}`;
    expect(listFunctions(deep)).toEqual({ error: 'The script is nested too deeply to be read' });
  });
});

test('a long sum of functions is no depth', () => {
  expect(namesIn(`const f = () => 1, x = ${'f() + '.repeat(50_000)}1`)).toEqual(['f']);
});
