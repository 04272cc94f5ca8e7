import type { CallTree, NodeIndex } from '../profile/model.ts';

/**
 * The nodes by which one comes from the root to a node: their names, with a number behind a tab where a sibling before
 * has the same.
 */
export function namePath(tree: CallTree, node: NodeIndex): string[] {
  const path: string[] = [];
  for (let at = node; at > 0; at = tree.parent[at]!) {
    for (const [child, name] of childrenOf(tree, tree.parent[at]!)) if (child === at) path.unshift(name);
  }
  return path;
}

/** The node that a path leads to; the root where it leads nowhere. */
export function nodeAtNames(tree: CallTree, path: readonly string[]): NodeIndex {
  let node = 0;
  for (const wanted of path) {
    const found = childrenOf(tree, node).find(([, name]) => name === wanted);
    if (!found) return 0;
    node = found[0];
  }
  return node;
}

function childrenOf({ frames, frame, subtreeSize }: CallTree, parent: NodeIndex): [NodeIndex, string][] {
  const counts = new Map<string, number>();
  const children: [NodeIndex, string][] = [];
  const end = parent + subtreeSize[parent]!;
  for (let child = parent + 1; child < end; child += subtreeSize[child]!) {
    const name = frames.name[frame[child]!]!;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    children.push([child, count > 1 ? `${name}\t${count}` : name]);
  }
  return children;
}
