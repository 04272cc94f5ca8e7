import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALL_FUNCTIONS, bottomUp, callersOf, FURTHER_CALLERS } from '../../src/profile/inverted.ts';
import { FrameKind } from '../../src/profile/model.ts';
import { functionByFrame } from '../../src/profile/moments.ts';
import { functionsOfTree } from '../../src/profile/tree-functions.ts';
import { drawTree, picture } from './pictures-capture.ts';
import {
  anyPlainTree,
  chains,
  columnsOf,
  factsOf,
  factsOfPlain,
  frameOf,
  type PlainNode,
  plainOf,
  samplesOf,
  someFrames,
  totalOf,
} from './profile-trees.ts';

const functionOf = functionByFrame({ frames: someFrames });
const anyTree = anyPlainTree.map(columnsOf);
const anyFrame = fc.nat(someFrames.name.length - 1);
/** The row of all functions comes right after those of the table. */
const allFunctions = someFrames.name.length;

/** Puts time on the way from a node up through its callers. */
function putUp(root: PlainNode, frames: readonly number[], self: number, samples: number): void {
  let node = root;
  for (const frame of frames) {
    let child = node.children.find((each) => each.frame === functionOf[frame]);
    if (!child) {
      child = { frame: functionOf[frame]!, self: 0, samples: 0, children: [] };
      node.children.push(child);
    }
    node = child;
  }
  node.self += self;
  node.samples += samples;
}

/** Calls back for each node with the frames around it, the nearest first. */
function visit(
  node: PlainNode,
  callers: readonly number[],
  each: (node: PlainNode, callers: readonly number[]) => void,
) {
  each(node, callers);
  for (const child of node.children) visit(child, [node.frame, ...callers], each);
}

function plainBottomUp(plain: PlainNode): PlainNode {
  const root: PlainNode = { frame: allFunctions, self: 0, samples: 0, children: [] };
  visit(plain, [], (node, callers) => putUp(root, [node.frame, ...callers], node.self, node.samples));
  return root;
}

function plainCallers(plain: PlainNode, frame: number): PlainNode {
  const root: PlainNode = { frame, self: 0, samples: 0, children: [] };
  visit(plain, [], (node, callers) => {
    const isOutermost = !callers.some((each) => functionOf[each] === functionOf[frame]);
    if (functionOf[node.frame] === functionOf[frame] && isOutermost)
      putUp(root, callers, totalOf(node), samplesOf(node));
  });
  return root;
}

describe('whatever the tree,', () => {
  test('upside down it is what a plain tree is upside down', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const inverted = bottomUp(tree);
        expect(factsOf(inverted)).toEqual(factsOfPlain(plainBottomUp(plainOf(tree)), inverted.frames));
        expect(inverted.frames.name[inverted.frame[0]!]).toBe(ALL_FUNCTIONS);
        expect(inverted.frames.kind[inverted.frame[0]!]).toBe(FrameKind.group);
      }),
      { numRuns: 500 },
    );
  });

  test('the callers of a function are those that a plain search finds', () => {
    fc.assert(
      fc.property(anyTree, anyFrame, (tree, frame) => {
        const callers = callersOf(tree, frame);
        const expected = plainCallers(plainOf(tree), frame);
        if (callers) expect(factsOf(callers)).toEqual(factsOfPlain(expected, callers.frames));
        else expect(totalOf(expected)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test('its functions have the times that a plain search finds', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const table = functionsOfTree(tree);
        expect([...table.frame].sort()).toEqual(
          [...new Set([...tree.frame].map((frame) => functionOf[frame]!))].sort(),
        );
        for (const [row, frame] of table.frame.entries()) {
          const callers = plainCallers(plainOf(tree), frame);
          expect([table.total[row], table.samples[row]]).toEqual([totalOf(callers), samplesOf(callers)]);
          let self = 0;
          for (const [node, each] of tree.frame.entries()) if (functionOf[each] === frame) self += tree.self[node]!;
          expect(table.self[row]).toBe(self);
        }
      }),
    );
  });

  test('the first level upside down has the self times of its functions, and the root all of its time', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const table = functionsOfTree(tree);
        const inverted = bottomUp(tree);
        expect([inverted.total[0], inverted.samples[0]]).toEqual([tree.total[0], tree.samples[0]]);
        const selfByFunction = new Map<number, number>();
        for (const [row, frame] of table.frame.entries())
          if (table.self[row]! > 0) selfByFunction.set(frame, table.self[row]!);
        const firstLevel = [...inverted.frame.keys()].filter((node) => inverted.depth[node] === 1);
        expect(new Map(firstLevel.map((node) => [inverted.frame[node]!, inverted.total[node]!]))).toEqual(
          selfByFunction,
        );
      }),
    );
  });

  test('where there is room for few nodes, those that are there have all their time, and the first level is there', () => {
    fc.assert(
      fc.property(anyTree, fc.nat(60), (tree, most) => {
        const [whole, cut] = [factsOf(bottomUp(tree)), bottomUp(tree, 'time', most)];
        const shown = [...factsOf(cut)].filter(([path]) => !path.includes(FURTHER_CALLERS));
        for (const [path, facts] of shown)
          expect(facts.split(' ').slice(1)).toEqual(whole.get(path)!.split(' ').slice(1));
        const isFirst = (path: string) => path.split('/').length === 3 && !path.includes('lib');
        expect(shown.map(([path]) => path).filter(isFirst)).toHaveLength([...whole.keys()].filter(isFirst).length);
        expect(cut.total[0]).toBe(tree.total[0]);
        // Nothing ends before the root but in a box that says so.
        for (const [node, frame] of cut.frame.entries())
          if (cut.self[node]! > 0) expect([0, someFrames.name.length + 1]).toContain(frame);
      }),
    );
  });
});

test('an example upside down', () => {
  const root: PlainNode = { frame: frameOf('root'), self: 1, samples: 1, children: [] };
  putUp(root, [frameOf('b'), frameOf('c')], 20, 2);
  putUp(root, [frameOf('c')], 5, 1);
  putUp(root, [frameOf('c'), frameOf('b')], 3, 1);
  const tree = columnsOf(root);
  expect(drawTree(bottomUp(tree))).toBe(
    picture(`
      All functions 0/29 ×5
        c 0/25 ×3
          b 0/20 ×2
            root 20 ×2
          root 5 ×1
        b 0/3 ×1
          c 0/3 ×1
            root 3 ×1
        root 1 ×1`),
  );
  expect(drawTree(callersOf(tree, frameOf('c'))!)).toBe(
    picture(`
      c 0/28 ×4
        b 0/20 ×2
          root 20 ×2
        root 8 ×2`),
  );
});

describe('trees as large as they come:', { timeout: 60_000 }, () => {
  test('stacks of 10,000 frames, all recursive, upside down', () => {
    const deep = chains(1, 10_000, ['a', 'b', 'c'].map(frameOf));
    expect(bottomUp(deep).total[0]).toBe(deep.total[0]);
    const callers = callersOf(deep, frameOf('c'))!;
    expect([callers.total[0], callers.frame.length]).toEqual([9998, 4]);
  });

  test('a million nodes upside down take neither for ever nor more nodes than there is room for', () => {
    const large = chains(100, 10_000, ['a', 'b', 'c', 'd', 'sort'].map(frameOf));
    const inverted = bottomUp(large);
    expect(inverted.total[0]).toBe(large.total[0]);
    expect(inverted.frame.length).toBeLessThanOrEqual(200_000);
    expect(inverted.frame.some((frame) => inverted.frames.name[frame] === FURTHER_CALLERS)).toBe(true);
    expect(functionsOfTree(large).total[0]).toBe(large.total[0]);
  });
});
