import { isInSight, type View } from '../flamegraph/layout.ts';
import type { CallTree, NodeIndex } from '../profile/model.ts';

/**
 * Where a key leads from a box: up and down by one row as drawn (down: to the widest child), left and right among the
 * siblings in sight. The box itself where there is nowhere to go; null for keys that move nothing.
 */
export function moveByKey(key: string, tree: CallTree, view: View, from: NodeIndex): NodeIndex | null {
  switch (key) {
    case 'ArrowUp':
      return from === 0 ? from : tree.parent[from]!;
    case 'ArrowDown':
      return down(tree, view, from);
    case 'ArrowLeft':
      return previous(tree, view, from) ?? from;
    case 'ArrowRight':
      return next(tree, view, from) ?? from;
    case 'Home':
      return last(from, (node) => previous(tree, view, node));
    case 'End':
      return last(from, (node) => next(tree, view, node));
    default:
      return null;
  }
}

function down(tree: CallTree, view: View, from: NodeIndex): NodeIndex {
  if (from < view.root) {
    let child = view.root;
    while (tree.parent[child] !== from) child = tree.parent[child]!;
    return child;
  }
  const isLeaf = tree.subtreeSize[from] === 1;
  return !isLeaf && isInSight(tree, view, from + 1) ? from + 1 : from;
}

/** The siblings of the view's root and of its ancestors are hidden. */
function next(tree: CallTree, view: View, from: NodeIndex): NodeIndex | null {
  if (from <= view.root) return null;
  const parent = tree.parent[from]!;
  const sibling = from + tree.subtreeSize[from]!;
  return sibling < parent + tree.subtreeSize[parent]! && isInSight(tree, view, sibling) ? sibling : null;
}

function previous(tree: CallTree, view: View, from: NodeIndex): NodeIndex | null {
  if (from <= view.root) return null;
  const parent = tree.parent[from]!;
  let sibling = from - 1;
  if (sibling === parent) return null;
  while (tree.parent[sibling] !== parent) sibling = tree.parent[sibling]!;
  return sibling;
}

function last(from: NodeIndex, step: (node: NodeIndex) => NodeIndex | null): NodeIndex {
  let node = from;
  for (let there = step(node); there !== null; there = step(node)) node = there;
  return node;
}
