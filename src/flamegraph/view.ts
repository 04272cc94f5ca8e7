import type { CallTree, Microseconds, NodeIndex } from '../profile/model.ts';
import { type Layout, layOut } from './layout.ts';

/** A tree ready to be drawn. */
export interface Plan {
  readonly tree: CallTree;
  readonly layout: Layout;
  /** The clocked time of the calls, of which the tree may show a part only. */
  readonly whole: Microseconds;
  readonly of: Whole;
}

/** What shares are shares of: the calls that were captured, or all that ran where none was. */
export type Whole = 'call' | 'all';

interface PlanOptions {
  /** The root's time unless given. */
  readonly whole?: Microseconds;
  readonly of?: Whole;
  /** As {@link layOut} takes it. */
  readonly start?: Float64Array | undefined;
}

export function planOf(tree: CallTree, { whole = tree.total[0]!, of = 'call', start }: PlanOptions = {}): Plan {
  return { tree, layout: layOut(tree, start), whole, of };
}

/** What is zoomed to: a node, or a run of siblings that are too narrow for boxes of their own. */
export interface Zoom {
  readonly first: NodeIndex;
  /** The node after the last one in it. */
  readonly end: NodeIndex;
}

/** A stretch of the layout over the whole width. Whatever reaches into it is seen, cut off at its edges. */
export interface View {
  readonly from: Microseconds;
  readonly to: Microseconds;
  /** Pixels. */
  readonly width: number;
  /** Pixels; narrower boxes are out of sight. */
  readonly minWidth: number;
}

/** A box in pixels: what of it lies within the view. Its row is the node's depth. */
export interface Box {
  readonly node: NodeIndex;
  readonly x: number;
  readonly width: number;
}

/** A run of siblings that are too narrow to be boxes, as one box. It begins with `node`. */
export interface Strip extends Box {
  /** The node after the last one in it. */
  readonly end: NodeIndex;
  /** How many siblings. */
  readonly count: number;
  /** Theirs together. */
  readonly time: Microseconds;
}

/** What is drawn as one box. */
export type Item = Box | Strip;

export function isStrip(item: Item): item is Strip {
  return 'end' in item;
}

/** Rows from the root's row 0 on, both included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

const everyRow: RowRange = { first: 0, last: Number.POSITIVE_INFINITY };

export function zoomOn({ subtreeSize }: CallTree, node: NodeIndex): Zoom {
  return { first: node, end: node + subtreeSize[node]! };
}

/** The stretch that fills the width then. */
export function stretchOf(
  { tree, layout }: Pick<Plan, 'tree' | 'layout'>,
  { first, end }: Zoom,
): Pick<View, 'from' | 'to'> {
  let to = layout.start[first]!;
  for (let node = first; node < end; node += tree.subtreeSize[node]!) to = layout.start[node]! + tree.total[node]!;
  return { from: layout.start[first]!, to };
}

/** Whether a node is no part of what is zoomed to but stands above it. */
export function isAbove({ subtreeSize }: CallTree, node: NodeIndex, { first }: Zoom): boolean {
  return node < first && node + subtreeSize[node]! > first;
}

/** The box of a node as far as it lies within the view; one outside has no width, or less. */
export function boxOf({ tree, layout }: Plan, view: View, node: NodeIndex): Box {
  const start = layout.start[node]!;
  return toPixels(view, node, start, start + tree.total[node]!);
}

function toPixels({ from, to, width }: View, node: NodeIndex, start: Microseconds, end: Microseconds): Box {
  // A call too short to be clocked fills its view all the same.
  if (from === to) return { node, x: 0, width };
  const scale = width / (to - from);
  const x = Math.max(start - from, 0) * scale;
  return { node, x, width: (Math.min(end, to) - from) * scale - x };
}

/** Whether a node reaches into the view and is wide enough for a box. */
export function isInSight({ tree, layout }: Plan, view: View, node: NodeIndex): boolean {
  const start = layout.start[node]!;
  const reachesIn = start < view.to && start + tree.total[node]! > view.from;
  return node === 0 || (reachesIn && tree.total[node]! >= narrowest(view));
}

/** The shortest time that makes a box wide enough to be seen. */
export function narrowest({ from, to, width, minWidth }: View): Microseconds {
  return (minWidth / width) * (to - from);
}

/** How many rows the view fills. */
export function rowsInSight(plan: Plan, view: View): number {
  let deepest = 0;
  for (const { node } of collect(plan, view, narrowest(view), everyRow))
    deepest = Math.max(deepest, plan.tree.depth[node]!);
  return deepest + 1;
}

/**
 * What is in sight, in the order of the nodes. Costs about as many steps as the boxes drawn above the last row have
 * children, however large the tree. When that is more than `most`, only the widest boxes are taken, so that a view stays
 * drawable, and more of the others stand in strips.
 */
export function itemsInSight(plan: Plan, view: View, rows: RowRange, most: number): Item[] {
  let items = collect(plan, view, narrowest(view), rows);
  for (let room = most; items.length > most; ) {
    const times = new Float64Array(items.map((item) => timeOf(plan.tree, item))).sort();
    items = collect(plan, view, times[times.length - 1 - room]! + 1, rows);
    // The strips of what had to go are too many, and more come of each box that goes too: about one of four.
    room = Math.max(room - Math.ceil(1.4 * (items.length - most)), 0);
  }
  return items;
}

/** The boxes and strips right below a node. */
export function itemsUnder(plan: Plan, view: View, parent: NodeIndex): Item[] {
  const row = plan.tree.depth[parent]! + 1;
  return collect(plan, view, narrowest(view), { first: row, last: row }, zoomOn(plan.tree, parent));
}

/**
 * The box of a node; where it is too narrow for one the strip that it is in, or the nearest box above it; what is zoomed to
 * where the node is no part of it. The view is that of the zoom.
 */
export function itemOf(plan: Plan, view: View, zoom: Zoom, node: NodeIndex): Item {
  const { tree } = plan;
  const isThere = (node >= zoom.first && node < zoom.end) || isAbove(tree, node, zoom);
  for (let at = isThere ? node : zoom.first; at > 0; at = tree.parent[at]!) {
    if (isInSight(plan, view, at)) return boxOf(plan, view, at);
    const parent = tree.parent[at]!;
    const strip = isInSight(plan, view, parent)
      ? itemsUnder(plan, view, parent).find((item) => isStrip(item) && item.node <= at && at < item.end)
      : undefined;
    if (strip) return strip;
  }
  return boxOf(plan, view, 0);
}

export function timeOf({ total }: CallTree, item: Item): Microseconds {
  return isStrip(item) ? item.time : total[item.node]!;
}

/** Boxes of at least that time, and strips of what is shorter. Boxes over the whole width are always taken. */
function collect(
  { tree, layout }: Plan,
  view: View,
  shortest: Microseconds,
  rows: RowRange,
  within: Zoom = { first: 0, end: tree.frame.length },
): Item[] {
  const { depth, parent, subtreeSize, total } = tree;
  const { start } = layout;
  const { from, to } = view;
  const least = Math.min(shortest, to - from);
  const items: Item[] = [];
  /** The narrow siblings before the node; none while the count is 0. */
  const run = { first: 0, end: 0, count: 0, time: 0, from: 0, to: 0 };
  const endRun = () => {
    const { first, end, count, time } = run;
    run.count = 0;
    if (count > 0 && time >= least && depth[first]! >= rows.first)
      items.push({ ...toPixels(view, first, run.from, run.to), end, count, time });
  };
  let node = within.first;
  while (node < within.end) {
    const begin = start[node]!;
    const finish = begin + total[node]!;
    const above = parent[node]!;
    if (run.count > 0 && (parent[run.first] !== above || begin - run.to > least)) endRun();
    if (depth[node]! > rows.last || (begin >= to && begin > from)) {
      // Those after it lie further down, or further to the right.
      node = above < 0 ? within.end : above + subtreeSize[above]!;
    } else if (finish <= from && begin < from) {
      node += subtreeSize[node]!;
    } else if (total[node]! < least) {
      if (run.count === 0) Object.assign(run, { first: node, time: 0, from: begin });
      run.count++;
      run.time += total[node]!;
      run.to = finish;
      node += subtreeSize[node]!;
      run.end = node;
    } else {
      endRun();
      if (depth[node]! >= rows.first) items.push(toPixels(view, node, begin, finish));
      node++;
    }
  }
  endRun();
  return items;
}
