import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packGraph, unpackGraph } from '../../src/flamegraph/pack.ts';
import { facts } from './facts.ts';
import { largeTree, treeOf } from './pictures.ts';
import { anyTree } from './trees.ts';

test('a packed graph reads back as it was, and is plain ASCII that XML has no use for', () => {
  fc.assert(
    fc.property(anyTree, fc.string({ unit: 'binary' }), (tree, target) => {
      const text = packGraph(tree, { ...facts, target });
      expect(text).toMatch(/^[ -%(-;=?-~]*$/);
      expect(unpackGraph(text)).toEqual({ tree, facts: { ...facts, target } });
    }),
  );
});

test('frames that no node uses are left out', () => {
  const tree = treeOf(`
    dispatch 100
      reduce 300
  `);
  const packed = packGraph({ ...tree, frame: Int32Array.of(1, 1) }, facts);
  expect(unpackGraph(packed).tree.frames.name).toEqual(['reduce']);
});

test('deep and wide trees fit on the stack', () => {
  const tree = largeTree(1, 20_000, 20_000);
  expect(unpackGraph(packGraph(tree, facts)).tree).toEqual(tree);
});

test('another text is refused', () => {
  expect(() => unpackGraph('{"format":"flambe-graph","version":2}')).toThrow('found flambe-graph 2');
  expect(() => unpackGraph('{}')).toThrow('Expected a flambe-graph 1');
});
