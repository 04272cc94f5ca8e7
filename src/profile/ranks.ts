import type { FrameIndex, FrameTable } from './model.ts';

/** By name, then place; or by address of the script and place in it, then name. */
export type FrameOrder = 'name' | 'source';

const known: Readonly<Record<FrameOrder, WeakMap<FrameTable, Int32Array>>> = {
  name: new WeakMap(),
  source: new WeakMap(),
};

/**
 * The rank of each frame among all of its table, no two the same. Whoever sorts by ranks compares no text, which is what
 * makes a large tree slow to sort. Computed once a table.
 */
export function frameRanks(frames: FrameTable, order: FrameOrder): Int32Array {
  const before = known[order].get(frames);
  if (before) return before;
  const compare = order === 'name' ? compareByName : compareBySource;
  const sorted = Int32Array.from(frames.name.keys()).sort((a, b) => compare(frames, a, b) || a - b);
  const ranks = new Int32Array(sorted.length);
  for (const [rank, frame] of sorted.entries()) ranks[frame] = rank;
  known[order].set(frames, ranks);
  return ranks;
}

function compareByName(frames: FrameTable, a: FrameIndex, b: FrameIndex): number {
  return (
    compareText(frames.name[a]!, frames.name[b]!) || comparePlace(frames, a, b) || frames.kind[a]! - frames.kind[b]!
  );
}

function compareBySource(frames: FrameTable, a: FrameIndex, b: FrameIndex): number {
  return (
    comparePlace(frames, a, b) || compareText(frames.name[a]!, frames.name[b]!) || frames.kind[a]! - frames.kind[b]!
  );
}

function comparePlace({ url, line, column }: FrameTable, a: FrameIndex, b: FrameIndex): number {
  return compareText(url[a]!, url[b]!) || line[a]! - line[b]! || column[a]! - column[b]!;
}

/** By code units: the same in every locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
