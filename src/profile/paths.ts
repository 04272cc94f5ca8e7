import type { CallTree, FrameIndex, NodeIndex } from './model.ts';

/** Frames from the root of a call tree to a node: what addresses the node in the tree of any call of the capture. */
export type FramePath = readonly FrameIndex[];

export function pathOf(tree: CallTree, node: NodeIndex): FramePath {
  const path: FrameIndex[] = [];
  for (let at = node; at >= 0; at = tree.parent[at]!) path.push(tree.frame[at]!);
  return path.reverse();
}

/** The node at a path; -1 where the tree has none. */
export function nodeAt(tree: CallTree, path: FramePath): NodeIndex {
  const node = nearestAt(tree, path);
  return path[0] === tree.frame[0] && tree.depth[node] === path.length - 1 ? node : -1;
}

/** The node at a path, or the last one on the way there; the root where not even that is on it. */
export function nearestAt({ frame, subtreeSize }: CallTree, path: FramePath): NodeIndex {
  let node = 0;
  if (path[0] !== frame[0]) return node;
  for (const wanted of path.slice(1)) {
    const end = node + subtreeSize[node]!;
    let child = node + 1;
    while (child < end && frame[child] !== wanted) child += subtreeSize[child]!;
    if (child >= end) return node;
    node = child;
  }
  return node;
}
