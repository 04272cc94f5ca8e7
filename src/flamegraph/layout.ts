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
  walk(tree, view, Number.POSITIVE_INFINITY, (node) => {
    deepest = Math.max(deepest, tree.depth[node]!);
    return true;
  });
  return deepest + 1;
}

/**
 * The boxes in sight, in the order of their nodes. Costs about as many steps as there are boxes wide enough above the
 * last row, however large the tree. When there are more than `most`, only boxes twice (four times …) as wide are
 * taken, so that a view stays drawable; boxes over the whole width are always taken.
 */
export function boxesInSight(tree: CallTree, layout: Layout, view: View, rows: RowRange, most: number): Box[] {
  for (let minWidth = view.minWidth; minWidth <= view.width; minWidth *= 2) {
    const boxes = collect(tree, layout, { ...view, minWidth }, rows, most);
    if (boxes.length <= most) return boxes;
  }
  return collect(tree, layout, { ...view, minWidth: view.width }, rows, Number.POSITIVE_INFINITY);
}

function collect(tree: CallTree, layout: Layout, view: View, rows: RowRange, most: number): Box[] {
  const boxes: Box[] = [];
  for (let node = tree.parent[view.root]!; node >= 0; node = tree.parent[node]!)
    if (tree.depth[node]! >= rows.first && tree.depth[node]! <= rows.last) boxes.push(boxOf(tree, layout, view, node));
  boxes.reverse();
  walk(tree, view, rows.last, (node) => {
    if (tree.depth[node]! >= rows.first) boxes.push(boxOf(tree, layout, view, node));
    return boxes.length <= most;
  });
  return boxes;
}

function narrowest(tree: CallTree, view: View): Microseconds {
  return (view.minWidth / view.width) * tree.total[view.root]!;
}

/** Visits the nodes from the view's root down that are wide enough, until `visit` says no. */
function walk(tree: CallTree, view: View, lastRow: number, visit: (node: NodeIndex) => boolean): void {
  const { depth, parent, subtreeSize, total } = tree;
  const least = narrowest(tree, view);
  const end = view.root + subtreeSize[view.root]!;
  let node = view.root;
  if (depth[node]! > lastRow) return;
  while (node < end) {
    if (node > view.root && (depth[node]! > lastRow || total[node]! < least)) {
      // Siblings stand in order of falling total: those after a narrow one are out of sight as well.
      const above = parent[node]!;
      node = above + subtreeSize[above]!;
    } else {
      if (!visit(node)) return;
      node++;
    }
  }
}
