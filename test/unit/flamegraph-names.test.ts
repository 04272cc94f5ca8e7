import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guessCharWidth } from '../../src/flamegraph/guessed-widths.ts';
import { fitLabel } from '../../src/flamegraph/labels.ts';
import { displayName, harmless, sourceText } from '../../src/flamegraph/names.ts';
import { treeOf } from './pictures.ts';
import { hostileNames } from './trees.ts';

const anyText = fc.oneof(fc.constantFrom(...hostileNames), fc.string({ unit: 'binary' }));

describe('names for display', () => {
  test('have nothing invisible, no half pair, nothing that turns the text, and an end', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = harmless(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\ufffe\uffff]/u);
        expect([...shown].length).toBeLessThanOrEqual(200);
      }),
    );
  });

  test('stay as they are when harmless, in any script', () => {
    for (const text of ['render', 'دالة', '函数', 'é́', '👩‍👩‍👧', 'a<b>&"']) expect(harmless(text)).toBe(text);
  });

  test('show what was replaced, and that they were cut', () => {
    expect(harmless('a\u202eb\u0000c\ud800d')).toBe('a\ufffdb\ufffdc\ufffdd');
    expect(harmless('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
    expect(harmless('😀'.repeat(200))).toBe('😀'.repeat(200));
    expect(harmless('😀'.repeat(201))).toBe(`${'😀'.repeat(199)}…`);
  });

  test('are there for anonymous functions too', () => {
    const { frames } = treeOf('(anonymous) 1');
    expect(frames.name[0]).toBe('');
    expect(displayName(frames, 0)).toBe('(anonymous)');
  });
});

test.each([
  ['https://example.org/js/store.js:88', 'store.js:88'],
  ['https://example.org/js/store.js?v=/2#x/y:88', 'store.js:88'],
  ['https://example.org/:7', 'example.org/:7'],
  ['webpack://shop/./src/view.ts:3', 'view.ts:3'],
  ['https://example.org/js/store.js', 'store.js'],
  ['native', 'native function'],
  ['browser', 'work of the browser'],
  ['engine', 'JavaScript engine'],
  ['notSampled', 'no sample covers this time'],
])('the source of %s is %s', (where, text) => {
  expect(sourceText(treeOf(`f 1 ${where}`).frames, 0)).toBe(text);
});

describe('labels', () => {
  const everyTen = () => 10;

  test('are the name where it fits', () => expect(fitLabel('abc', 36, everyTen)).toBe('abc'));
  test('are cut where it does not', () => expect(fitLabel('abcd', 36, everyTen)).toBe('ab…'));
  test('are empty where nothing would be left', () => {
    expect(fitLabel('abcd', 25, everyTen)).toBe('');
    expect(fitLabel('abcd', 2, everyTen)).toBe('');
  });
  test('never cut a character in two', () => expect(fitLabel('😀😀😀', 31, everyTen)).toBe('😀…'));

  test.each([
    ['a.bcd', 46, '…bcd'],
    ['one.two.cd', 66, '…wo.cd'],
    ['a.bcdef', 46, 'bcd…'],
    ['a › bcd', 46, '…bcd'],
    ['abc.', 36, 'ab…'],
    ['RegExp: a.b/c.d', 66, 'RegEx…'],
    ['#a.#bcd', 56, '…#bcd'],
    ['<x>.bcd', 46, '…bcd'],
  ])('of %s in %d pixels keep what says most', (name, width, label) =>
    expect(fitLabel(name, width, everyTen)).toBe(label),
  );

  test('always fit, and are a part of the name', () => {
    fc.assert(
      fc.property(anyText, fc.double({ min: 0, max: 500, noNaN: true }), (name, width) => {
        const label = fitLabel(name, width, guessCharWidth);
        const used = [...label].reduce((sum, character) => sum + guessCharWidth(character), 0);
        expect(used).toBeLessThanOrEqual(Math.max(width - 6, 0) + 1e-9);
        const part = label === name ? label : label.replace(/^…|…$/u, '');
        expect(name.includes(part)).toBe(true);
      }),
    );
  });
});
