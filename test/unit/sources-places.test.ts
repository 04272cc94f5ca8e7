import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeFunction, type FunctionList, functionAt, listFunctions } from '../../src/sources/functions.ts';

function listed(text: string): FunctionList {
  const list = listFunctions(text);
  if ('error' in list) throw new Error(list.error);
  return list;
}

const store = `// store.js
function createStore(reduce) {
  let state;
  const dispatch = (action) => {
    state = reduce(state, action);
    listeners.forEach((listener) => {
      listener();
    });
  };
  return { dispatch, get state() { return state; } };
}
const a = () => 1, b = () => 2;
`;

/** Name of the function at a place of `text`, or null. */
function nameAt(text: string, line: number, column?: number, begin?: { line: number; column: number }): string | null {
  const list = listed(text);
  const index = functionAt(list, line, column, begin);
  return index === null ? null : describeFunction(list, index).name;
}

describe('a place means the innermost function around it', () => {
  test.each([
    [1, 3, null],
    [2, 1, 'createStore'],
    [2, 21, 'createStore'],
    [3, 3, 'createStore'],
    [4, 9, 'createStore'],
    [4, 20, 'createStore › dispatch'],
    [5, 13, 'createStore › dispatch'],
    [6, 23, 'createStore › dispatch › listeners.forEach callback'],
    [7, 7, 'createStore › dispatch › listeners.forEach callback'],
    [8, 6, 'createStore › dispatch'],
    [9, 4, 'createStore'],
    [10, 22, 'createStore › state (get)'],
    [11, 1, 'createStore'],
    [11, 2, null],
    [12, 25, 'b'],
    [99, 1, null],
    [0, 1, null],
  ])('%i:%i', (line, column, name) => expect(nameAt(store, line, column)).toBe(name));
});

describe('a line alone means the first function that begins on it, else the one around', () => {
  test.each([
    [1, null],
    [2, 'createStore'],
    [3, 'createStore'],
    [4, 'createStore › dispatch'],
    [5, 'createStore › dispatch'],
    [6, 'createStore › dispatch › listeners.forEach callback'],
    [9, 'createStore › dispatch'],
    [10, 'createStore › state (get)'],
    [12, 'a'],
    [14, null],
  ])('%i', (line, name) => expect(nameAt(store, line)).toBe(name));
});

describe('places count from where the script begins in its document', () => {
  const begin = { line: 7, column: 20 };
  const text = 'const a = () => 1;\n  const b = () => 2;';

  test('those of the list', () => {
    const list = listed(text);
    const places = [0, 1].map((index) => describeFunction(list, index, begin).place);
    expect(places).toEqual([
      { line: 7, column: 30 },
      { line: 8, column: 13 },
    ]);
  });

  test.each([
    [7, 30, 'a'],
    [7, undefined, 'a'],
    [7, 11, null],
    [8, 13, 'b'],
    [8, undefined, 'b'],
    [6, undefined, null],
  ])('and those asked for: %i:%s', (line, column, name) => expect(nameAt(text, line, column, begin)).toBe(name));
});

test.each([
  ['\n', 2],
  ['\r\n', 2],
  ['\r', 2],
  ['\u2028', 2],
  ['\n\r', 3],
])('line ends are those of JavaScript: %j', (end, line) => {
  expect(describeFunction(listed(`1;${end}function f() {}`), 0).place).toEqual({ line, column: 11 });
});

/** Scripts of functions in functions, of many forms, over several lines. */
const body: (depth: number) => fc.Arbitrary<string> = fc.memo((depth) =>
  depth <= 1
    ? fc.constant('')
    : fc
        .array(statement(), { maxLength: 3 })
        .chain((parts) =>
          fc.constantFrom(' ', '\n', '\r\n  ', '/* ( */').map((space) => space + parts.join(space) + space),
        ),
);
const statement = fc.memo((depth) =>
  fc
    .tuple(fc.constantFrom('a', 'bc', 'dé', '$'), body(depth), fc.nat(9))
    .map(
      ([name, inner, form]) =>
        [
          `function ${name}() {${inner}}`,
          `class ${name.toUpperCase()} { m() {${inner}} static f = () => {${inner}}; constructor(x = () => 1) {} }`,
          `var ${name} = (x) => {${inner}};`,
          `var ${name} = async x => x + (() => { ${inner} });`,
          `use("${name}", function* () {${inner}});`,
          `({ ${name}() {${inner}}, get g() { return 1; }, k: [() => 2, () => {${inner}}] });`,
          `(() => {${inner}})();`,
          `{ ${inner} }`,
          `${name}.x.y ??= function own() {${inner}};`,
          `if (${name}) throw class extends (function () {}) { #p = 1; ['c' + (() => 1)]() {${inner}} };`,
        ][form]!,
    ),
);

describe('in any script', () => {
  const eachScript = (check: (list: FunctionList, text: string) => void) =>
    fc.assert(fc.property(body(4), (text) => check(listed(text), text)));

  test('a function lies within its parent, apart from its siblings, and its place within itself', () => {
    eachScript((list) => {
      list.parent.forEach((parent, index) => {
        expect(list.place[index]).toBeGreaterThanOrEqual(list.start[index]!);
        expect(list.place[index]).toBeLessThan(list.end[index]!);
        if (index > 0) expect(list.start[index]).toBeGreaterThan(list.start[index - 1]!);
        if (parent < 0) return;
        expect(parent).toBeLessThan(index);
        expect(list.end[index]).toBeLessThanOrEqual(list.end[parent]!);
        const younger = list.parent.indexOf(parent, index + 1);
        if (younger >= 0) expect(list.start[younger]).toBeGreaterThanOrEqual(list.end[index]!);
      });
    });
  });

  test('a function’s place leads back to it', () => {
    eachScript((list) => {
      list.start.forEach((_, index) => {
        const { place } = describeFunction(list, index);
        expect(functionAt(list, place.line, place.column)).toBe(index);
      });
    });
  });

  test('at a function’s place stands what V8 points at', () => {
    eachScript((list, text) => {
      list.place.forEach((place) => {
        expect(text.slice(place)).toMatch(/^(?:\(|x =>|async x =>|class)/);
      });
    });
  });

  test('the pieces of a name that have a place are the source’s tokens there', () => {
    eachScript((list, text) => {
      list.pieceAt.forEach((at, piece) => {
        if (at >= 0) expect(text.slice(at)).toMatch(/^[#\w$'é]/);
        if (at >= 0) expect(text.slice(at).startsWith(list.texts[list.pieceText[piece]!]!)).toBe(true);
      });
    });
  });
});
