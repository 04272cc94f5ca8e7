import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noCaption } from '../../src/flamegraph/facts.ts';
import { unpackGraph } from '../../src/flamegraph/pack.ts';
import { type PaletteName, paintBy, palettes } from '../../src/flamegraph/palette.ts';
import type { CallTree } from '../../src/profile/model.ts';
import { packedText } from './exported.ts';
import { facts, graphOf } from './facts.ts';
import { largeTree, treeOf } from './pictures.ts';
import { anyTree } from './trees.ts';

test('a packed graph reads back as it was, and is plain ASCII that XML has no use for', () => {
  fc.assert(
    fc.property(anyTree, fc.string({ unit: 'binary' }), (tree, target) => {
      const text = packedText({ ...graphOf(tree), facts: { ...facts, target }, whole: 12, orientation: 'flame' });
      expect(text).toMatch(/^[ -%(-;=?-~]*$/);
      const { paint, ...read } = unpackGraph(text);
      expect(read).toEqual({ tree, facts: { ...facts, target }, caption: noCaption, whole: 12, orientation: 'flame' });
    }),
  );
});

test('boxes keep their colours, in every palette', () => {
  const colors = (tree: CallTree, paint: ReturnType<typeof paintBy>) =>
    [...tree.frame.keys()].map((node) => paint({ tree, whole: 100 }, node));
  fc.assert(
    fc.property(anyTree, fc.constantFrom<PaletteName>(...palettes), (tree, palette) => {
      const paint = paintBy(palette);
      const read = unpackGraph(packedText({ ...graphOf(tree), whole: 100, paint }));
      expect(colors(read.tree, read.paint)).toEqual(colors(tree, paint));
    }),
  );
});

test.each(palettes)('frames that no node uses are left out, and their colours, in the palette %s', (palette) => {
  const whole = treeOf(`
    dispatch 100
      reduce 300
  `);
  const tree = { ...whole, frame: Int32Array.of(1, 1) };
  const paint = paintBy(palette);
  const read = unpackGraph(packedText({ ...graphOf(tree), paint }));
  const { total } = tree;
  expect(read.tree.frames.name).toEqual(['reduce']);
  expect(read.paint({ tree: read.tree, whole: total[0]! }, 1)).toEqual(paint({ tree, whole: total[0]! }, 1));
});

test('deep and wide trees fit on the stack', () => {
  const tree = largeTree(1, 20_000, 20_000);
  expect(unpackGraph(packedText(graphOf(tree))).tree).toEqual(tree);
});
