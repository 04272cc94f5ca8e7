import type { CallTree, Microseconds } from '../profile/model.ts';

/**
 * Where the boxes of a tree stand, whatever the width. Columns by node.
 *
 *     root      |------------------------|     a box begins where its parent begins, after its earlier siblings;
 *     a, b      |-----------||------|          what is left at the right end is the parent's self time
 *     c         |----|
 */
export interface Layout {
  /** {@link Microseconds} from the left edge of the root's box to that of the node's; siblings ascend. */
  readonly start: Float64Array;
  /** 1-based place among the siblings. */
  readonly position: Int32Array;
  readonly childCount: Int32Array;
}

/**
 * One linear pass: the order of the columns brings every parent before its children, and siblings from left to right.
 * `start` is given where boxes stand at times of their own, as in a flame chart.
 */
export function layOut({ parent, total }: CallTree, start?: Float64Array): Layout {
  const count = parent.length;
  const position = new Int32Array(count);
  const childCount = new Int32Array(count);
  position[0] = 1;
  for (let node = 1; node < count; node++) position[node] = ++childCount[parent[node]!]!;
  return { start: start ?? packed(parent, total), position, childCount };
}

function packed(parent: Int32Array, total: Float64Array): Float64Array {
  const start = new Float64Array(parent.length);
  /** Where the next child of a node begins: at first where the node itself does. */
  const next: Float64Array<ArrayBufferLike> = new Float64Array(parent.length);
  for (let node = 1; node < parent.length; node++) {
    const above = parent[node]!;
    const here: Microseconds = next[above]!;
    start[node] = here;
    next[node] = here;
    next[above] = here + total[node]!;
  }
  return start;
}
