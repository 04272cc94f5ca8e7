import type { FrameIndex } from '../../profile/model.ts';
import type { Links } from './link.ts';
import { NONE } from './values.ts';

/** The nodes of a tree in which no two children of a node have one frame; parents come before children. */
export interface MergedNodes {
  readonly parent: Int32Array;
  readonly frame: Int32Array;
  /** Which of them each node of the file is part of; -1 for one that the root does not lead to. */
  readonly mergedOf: Int32Array;
}

/**
 * Merges children of equal frames. Linear, and without a hash: while the children of a node are walked, each frame knows
 * the child that has it. `frameOf` is indexed by the places of nodes in the file.
 */
export function mergeNodes({ root, first, children }: Links, frameOf: Int32Array, frames: number): MergedNodes {
  const count = frameOf.length;
  const parent = new Int32Array(count);
  const frame = new Int32Array(count);
  const mergedOf = new Int32Array(count).fill(NONE);
  /** The nodes of the file that a merged node is made of, as a list; their order does not matter. */
  const firstPart = new Int32Array(count);
  const nextPart = new Int32Array(count).fill(NONE);
  /** By frame: the node below which it was met last, and the child that has it there. */
  const metBelow = new Int32Array(frames).fill(NONE);
  const childWith = new Int32Array(frames);
  /** Merged nodes whose children have not been walked. */
  const open = new Int32Array(count);
  let height = 1;
  let size = 1;
  parent[0] = NONE;
  frame[0] = frameOf[root]!;
  firstPart[0] = root;
  mergedOf[root] = 0;
  while (height > 0) {
    const above = open[--height]!;
    for (let part = firstPart[above]!; part !== NONE; part = nextPart[part]!) {
      for (let at = first[part]!; at < first[part + 1]!; at++) {
        const child = children[at]!;
        const childFrame: FrameIndex = frameOf[child]!;
        if (metBelow[childFrame] === above) {
          const node = childWith[childFrame]!;
          nextPart[child] = firstPart[node]!;
          firstPart[node] = child;
          mergedOf[child] = node;
          continue;
        }
        metBelow[childFrame] = above;
        childWith[childFrame] = size;
        parent[size] = above;
        frame[size] = childFrame;
        firstPart[size] = child;
        mergedOf[child] = size;
        open[height++] = size++;
      }
    }
  }
  return { parent: parent.subarray(0, size), frame: frame.subarray(0, size), mergedOf };
}
