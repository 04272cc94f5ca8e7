import type { CallTree, Microseconds, NodeIndex } from '../profile/model.ts';

/**
 * Where the boxes of a call tree stand, whatever the width. Columns by node.
 *
 *     root      |------------------------|     a box begins where its parent begins, after its earlier siblings;
 *     a, b      |-----------||------|          what is left at the right end is the parent's self time
 *     c         |----|
 */
export interface Layout {
  /** {@link Microseconds} from the left edge of the root's box to that of the node's. */
  readonly start: Float64Array;
  /** 1-based place among the siblings. */
  readonly position: Int32Array;
  readonly childCount: Int32Array;
}

/** One linear pass: the order of the columns brings every parent before its children, and siblings from left to right. */
export function layOut(tree: CallTree): Layout {
  const { parent, total } = tree;
  const count = parent.length;
  const start = new Float64Array(count);
  const position = new Int32Array(count);
  const childCount = new Int32Array(count);
  /** Where the next child of a node begins. */
  const next = new Float64Array(count);
  position[0] = 1;
  for (let node = 1; node < count; node++) {
    const above = parent[node]!;
    const here = next[above]!;
    start[node] = here;
    next[node] = here;
    next[above] = here + total[node]!;
    position[node] = ++childCount[above]!;
  }
  return { start, position, childCount };
}

/** What is looked at: the subtree of `root` over the whole width, its ancestors above it over the whole width too. */
export interface View {
  readonly root: NodeIndex;
  /** Pixels. */
  readonly width: number;
  /** Pixels; narrower boxes are out of sight. */
  readonly minWidth: number;
}

/** A box in pixels. Its row is the node's depth; boxes of nodes before the view's root are its (faded) ancestors. */
export interface Box {
  readonly node: NodeIndex;
  readonly x: number;
  readonly width: number;
}

/** Where siblings stand that are too narrow to be boxes, together: so that their time is not taken for self time. */
export interface Strip {
  readonly row: number;
  readonly x: number;
  readonly width: number;
}

export interface Sight {
  /** In the order of their nodes. */
  readonly boxes: Box[];
  readonly strips: readonly Strip[];
}

/** Rows from the root's row 0 on, both included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** The box of a node of the view, in sight or not. */
export function boxOf(tree: CallTree, layout: Layout, view: View, node: NodeIndex): Box {
  if (node <= view.root) return { node, x: 0, width: view.width };
  const scale = view.width / tree.total[view.root]!;
  return { node, x: (layout.start[node]! - layout.start[view.root]!) * scale, width: tree.total[node]! * scale };
}

/** Whether a node belongs to the view (as its root, below it, or as a faded ancestor) and is wide enough to be seen. */
export function isInSight(tree: CallTree, view: View, node: NodeIndex): boolean {
  if (node <= view.root) return node + tree.subtreeSize[node]! > view.root;
  return node < view.root + tree.subtreeSize[view.root]! && tree.total[node]! >= narrowest(tree, view);
}

/** How many rows the view fills with boxes in sight, the ancestors' rows included. */
export function rowsInSight(tree: CallTree, view: View): number {
  let deepest = tree.depth[view.root]!;
  walk(tree, view.root, narrowest(tree, view), Number.POSITIVE_INFINITY, (node) => {
    deepest = Math.max(deepest, tree.depth[node]!);
  });
  return deepest + 1;
}

/**
 * What is in sight. Costs about as many steps as there are boxes wide enough above the last row, however large the
 * tree. When there are more boxes than `most`, only the widest are taken, so that a view stays drawable; boxes over
 * the whole width are always taken.
 */
export function boxesInSight(tree: CallTree, layout: Layout, view: View, rows: RowRange, most: number): Sight {
  const sight = collect(tree, layout, view, narrowest(tree, view), rows);
  if (sight.boxes.length <= most) return sight;
  const totals = Float64Array.from(sight.boxes, ({ node }) => tree.total[node]!).sort();
  const widestLeftOut = totals[totals.length - 1 - most]!;
  return collect(tree, layout, view, Math.min(widestLeftOut + 1, tree.total[view.root]!), rows);
}

function collect(tree: CallTree, layout: Layout, view: View, least: Microseconds, rows: RowRange): Sight {
  const { depth, parent, self, total } = tree;
  const boxes: Box[] = [];
  const strips: Strip[] = [];
  for (let node = parent[view.root]!; node >= 0; node = parent[node]!)
    if (depth[node]! >= rows.first && depth[node]! <= rows.last) boxes.push(boxOf(tree, layout, view, node));
  boxes.reverse();
  const seen = (node: NodeIndex) => {
    if (depth[node]! >= rows.first) boxes.push(boxOf(tree, layout, view, node));
  };
  const unseen = (first: NodeIndex) => {
    const above = parent[first]!;
    const { x } = boxOf(tree, layout, view, first);
    const time = layout.start[above]! + total[above]! - self[above]! - layout.start[first]!;
    if (depth[first]! >= rows.first && time >= narrowest(tree, view))
      strips.push({ row: depth[first]!, x, width: (time / total[view.root]!) * view.width });
  };
  walk(tree, view.root, least, rows.last, seen, unseen);
  return { boxes, strips };
}

/** The shortest time that makes a box wide enough to be seen. */
function narrowest(tree: CallTree, view: View): Microseconds {
  return (view.minWidth / view.width) * tree.total[view.root]!;
}

/** Visits the root and the nodes below it of at least that time; `passOver` is told the first of the siblings that have less. */
function walk(
  tree: CallTree,
  root: NodeIndex,
  least: Microseconds,
  lastRow: number,
  visit: (node: NodeIndex) => void,
  passOver?: (first: NodeIndex) => void,
): void {
  const { depth, parent, subtreeSize, total } = tree;
  const end = root + subtreeSize[root]!;
  let node = root;
  if (depth[node]! > lastRow) return;
  while (node < end) {
    const isBelow = depth[node]! > lastRow;
    if (node > root && (isBelow || total[node]! < least)) {
      if (!isBelow) passOver?.(node);
      // Siblings stand in order of falling total: those after a narrow one are out of sight as well.
      const above = parent[node]!;
      node = above + subtreeSize[above]!;
    } else {
      visit(node);
      node++;
    }
  }
}
