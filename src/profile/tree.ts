import type { CallTree, FrameTable, NodeIndex } from './model.ts';
import { frameRanks } from './ranks.ts';

/** A call tree before it is put in order: parents come before children, times are self times. */
export interface LooseTree {
  readonly parent: ArrayLike<NodeIndex>;
  readonly frame: ArrayLike<number>;
  /** Whole microseconds. */
  readonly self: Float64Array;
  /** Samples that end at the node. */
  readonly samples: Int32Array;
}

/** By falling total, then name and place; by name, then place; by place in the source, then name. */
export type SiblingOrder = 'time' | 'name' | 'source';

export interface OrderedTree {
  readonly tree: CallTree;
  /** The node of the tree that each node before became; -1 for one that is left out. */
  readonly placeOf: Int32Array;
}

/**
 * Puts a tree into depth-first order, its siblings in an order of choice (null: as their numbers have them), and leaves
 * out nodes without time. Linear but for the sorting of siblings.
 */
export function orderTree(frames: FrameTable, loose: LooseTree, order: SiblingOrder | null = 'time'): OrderedTree {
  const size = loose.self.length;
  const total = loose.self.slice();
  const samples = loose.samples.slice();
  for (let node = size - 1; node > 0; node--) {
    const parent = loose.parent[node]!;
    total[parent]! += total[node]!;
    samples[parent]! += samples[node]!;
  }
  const { first, children } = childLists(loose.parent, total);
  if (order !== null) {
    const ranks = frameRanks(frames, order === 'source' ? 'source' : 'name');
    const byRank = (a: NodeIndex, b: NodeIndex) => ranks[loose.frame[a]!]! - ranks[loose.frame[b]!]!;
    const byTime = (a: NodeIndex, b: NodeIndex) => total[b]! - total[a]! || byRank(a, b);
    for (let node = 0; node < size; node++)
      if (first[node + 1]! - first[node]! > 1)
        sortRange(children, first[node]!, first[node + 1]!, order === 'time' ? byTime : byRank);
  }

  const kept = children.length + 1;
  const tree = {
    frames,
    frame: new Int32Array(kept),
    parent: new Int32Array(kept),
    depth: new Int32Array(kept),
    subtreeSize: new Int32Array(kept).fill(1),
    self: new Float64Array(kept),
    total: new Float64Array(kept),
    samples: new Int32Array(kept),
  };
  const placeOf = new Int32Array(size).fill(-1);
  /** Nodes to come, and where their parents went. */
  const stack = new Int32Array(kept);
  const above = new Int32Array(kept).fill(-1, 0, 1);
  let height = 1;
  for (let at: NodeIndex = 0; height > 0; at++) {
    const node = stack[--height]!;
    placeOf[node] = at;
    const parent = above[height]!;
    tree.parent[at] = parent;
    tree.depth[at] = parent < 0 ? 0 : tree.depth[parent]! + 1;
    tree.frame[at] = loose.frame[node]!;
    tree.self[at] = loose.self[node]!;
    tree.total[at] = total[node]!;
    tree.samples[at] = samples[node]!;
    for (let child = first[node + 1]! - 1; child >= first[node]!; child--) {
      above[height] = at;
      stack[height++] = children[child]!;
    }
  }
  for (let node = kept - 1; node > 0; node--) tree.subtreeSize[tree.parent[node]!]! += tree.subtreeSize[node]!;
  return { tree, placeOf };
}

/** The same tree with its siblings in another order. */
export function reorder(tree: CallTree, order: SiblingOrder): OrderedTree {
  return orderTree(tree.frames, looseOf(tree), order);
}

export function looseOf(tree: CallTree): LooseTree {
  const { parent, frame, self } = tree;
  return { parent, frame, self, samples: ownSamples(tree) };
}

/** Samples that end at each node. */
export function ownSamples({ parent, samples }: CallTree): Int32Array {
  const own = samples.slice();
  for (let node = 1; node < own.length; node++) own[parent[node]!]! -= samples[node]!;
  return own;
}

/** The children of node n that have time are `children[first[n]]` up to (not including) `children[first[n + 1]]`. */
function childLists(parent: ArrayLike<NodeIndex>, total: Float64Array): { first: Int32Array; children: Int32Array } {
  const size = total.length;
  const first = new Int32Array(size + 1);
  for (let node = 1; node < size; node++) if (total[node]! > 0) first[parent[node]! + 1]!++;
  for (let node = 0; node < size; node++) first[node + 1]! += first[node]!;
  const children = new Int32Array(first[size]!);
  const next = first.slice();
  for (let node = 1; node < size; node++) if (total[node]! > 0) children[next[parent[node]!]!++] = node;
  return { first, children };
}

/** Below this many siblings, moving them one by one is faster than the general sort. */
const FEW = 16;

/** Sorts `column[from]` up to (not including) `column[to]`; what compares as equal stays as it stands. */
function sortRange(column: Int32Array, from: number, to: number, compare: (a: number, b: number) => number): void {
  if (to - from > FEW) {
    column.subarray(from, to).sort(compare);
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const value = column[at]!;
    let place = at;
    for (; place > from && compare(column[place - 1]!, value) > 0; place--) column[place] = column[place - 1]!;
    column[place] = value;
  }
}
