import type { CallTree, FrameIndex, NodeIndex } from './model.ts';

/** Frames from the root of a call tree to a node: what addresses the node in the tree of any call of the capture. */
export type FramePath = readonly FrameIndex[];

export function pathOf(tree: CallTree, node: NodeIndex): FramePath {
  const path: FrameIndex[] = [];
  for (let at = node; at >= 0; at = tree.parent[at]!) path.push(tree.frame[at]!);
  return path.reverse();
}

/** The node at a path; -1 where the tree has none. */
export function nodeAt({ frame, subtreeSize }: CallTree, path: FramePath): NodeIndex {
  if (path.length === 0 || path[0] !== frame[0]) return -1;
  let node = 0;
  for (const wanted of path.slice(1)) {
    const end = node + subtreeSize[node]!;
    node++;
    while (node < end && frame[node] !== wanted) node += subtreeSize[node]!;
    if (node >= end) return -1;
  }
  return node;
}
