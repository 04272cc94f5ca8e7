import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byFrame } from '../../src/profile/by-frame.ts';
import { treeOf } from './pictures.ts';
import { anyTree } from './trees.ts';

test('functions have the time of all their nodes, and the first of these', () => {
  const tree = treeOf(`
    dispatch 100
      reduce 300
        clone 20
      notify 50
        clone 5
  `);
  const { self, firstNode } = byFrame(tree);
  const said = tree.frames.name.map((name, frame) => [name, self[frame], tree.depth[firstNode[frame]!] ?? null]);
  expect(Object.fromEntries(said.map(([name, ...rest]) => [name, rest]))).toEqual({
    dispatch: [100, 0],
    reduce: [300, 1],
    clone: [25, 2],
    notify: [50, 1],
  });
  const clones = [...tree.frame.keys()].filter((node) => tree.frames.name[tree.frame[node]!] === 'clone');
  expect(firstNode[tree.frames.name.indexOf('clone')]).toBe(clones[0]);
});

test('a frame that no node has, has nothing', () => {
  const tree = { ...treeOf('dispatch 100\n  reduce 300'), frame: Int32Array.of(1, 1) };
  expect(byFrame(tree)).toEqual({ self: Float64Array.of(0, 400), firstNode: Int32Array.of(-1, 0) });
});

test('of any tree, the times add up to those of the root', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const sum = byFrame(tree).self.reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(tree.total[0]!, 6);
    }),
  );
});
