import { expect, test } from 'vitest';
import type { CallTree } from '../../src/profile/model.ts';
import { packedText, svgOf } from './exported.ts';
import { graphOf } from './facts.ts';
import { buildTree, type PictureNode } from './pictures.ts';

/** What flamegraph.pl takes for a frame and for all that is around them, in bytes. */
const theirs = { frame: 175, rest: 12_000 };
const addresses = ['marked.esm.js', 'lib/renderer.js', 'model/store.ts', 'view/list.tsx'].map(
  (file) => `https://shop.example.org/assets/${file}`,
);

/** Some 10,000 nodes of 600 functions, with a few long times and many short ones, up to 40 deep. */
function largeCapture(): CallTree {
  let seed = 7;
  const chance = () => {
    seed = (Math.imul(seed, 48_271) >>> 0) % 0x7fffffff;
    return seed / 0x7fffffff;
  };
  let left = 10_000;
  const grow = (depth: number): PictureNode => {
    left--;
    const number = Math.floor(600 * chance() ** 2);
    const children: PictureNode[] = [];
    const most = depth < 40 ? 1 + Math.floor(chance() * 4) : 0;
    while (children.length < most && left > 0) children.push(grow(depth + 1));
    const name = `${['parse', 'render', 'update', 'compare'][number % 4]}${number}Of${['Token', 'Item', 'Row'][number % 3]}`;
    const samples = 1 + Math.floor(20 * chance() ** 8);
    return {
      name,
      self: samples * 164 + Math.floor(chance() * 164),
      samples,
      url: addresses[number % 4]!,
      line: number,
      children,
    };
  };
  return buildTree(grow(0));
}

test('a capture of 10,000 nodes is at most a fifth of what flamegraph.pl makes of the same stacks', () => {
  const tree = largeCapture();
  expect(tree.frame.length).toBe(10_000);
  const file = svgOf(graphOf(tree));
  expect(file.length).toBeLessThanOrEqual((10_000 * theirs.frame + theirs.rest) / 5);
  expect(packedText(graphOf(tree)).length / 10_000).toBeLessThan(20);
});
