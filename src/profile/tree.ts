import type { CallTree, FrameTable, NodeIndex } from './model.ts';

/** A call tree before it is put in order: parents come before children, times are self times. */
export interface LooseTree {
  readonly parent: ArrayLike<NodeIndex>;
  readonly frame: ArrayLike<number>;
  /** Whole microseconds. */
  readonly self: Float64Array;
  /** Samples that end at the node. */
  readonly samples: Int32Array;
}

/** Puts a tree into depth-first order with siblings by falling total time, and leaves out nodes without time. */
export function orderTree(frames: FrameTable, loose: LooseTree): CallTree {
  const size = loose.self.length;
  const total = loose.self.slice();
  const samples = loose.samples.slice();
  for (let node = size - 1; node > 0; node--) {
    const parent = loose.parent[node]!;
    total[parent]! += total[node]!;
    samples[parent]! += samples[node]!;
  }

  const { first, children } = childLists(loose.parent, total);
  const bySize = (a: NodeIndex, b: NodeIndex) =>
    total[b]! - total[a]! || compareFrames(frames, loose.frame[a]!, loose.frame[b]!);
  for (let node = 0; node < size; node++)
    if (first[node + 1]! - first[node]! > 1) children.subarray(first[node], first[node + 1]).sort(bySize);

  let kept = 1;
  for (let node = 1; node < size; node++) if (total[node]! > 0) kept++;
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
  const stack: NodeIndex[] = [0];
  const placeOf = new Int32Array(size);
  for (let at: NodeIndex = 0; stack.length > 0; at++) {
    const node = stack.pop()!;
    placeOf[node] = at;
    const parent = node === 0 ? -1 : placeOf[loose.parent[node]!]!;
    tree.parent[at] = parent;
    tree.depth[at] = parent < 0 ? 0 : tree.depth[parent]! + 1;
    tree.frame[at] = loose.frame[node]!;
    tree.self[at] = loose.self[node]!;
    tree.total[at] = total[node]!;
    tree.samples[at] = samples[node]!;
    for (let child = first[node + 1]! - 1; child >= first[node]!; child--) stack.push(children[child]!);
  }
  for (let node = kept - 1; node > 0; node--) tree.subtreeSize[tree.parent[node]!]! += tree.subtreeSize[node]!;
  return tree;
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

function compareFrames(frames: FrameTable, a: number, b: number): number {
  return (
    compareText(frames.name[a]!, frames.name[b]!) ||
    compareText(frames.url[a]!, frames.url[b]!) ||
    frames.line[a]! - frames.line[b]! ||
    frames.column[a]! - frames.column[b]! ||
    frames.kind[a]! - frames.kind[b]!
  );
}

/** By code units: the same in every locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
