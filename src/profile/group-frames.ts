import { FrameKind, type FrameTable } from './model.ts';

const known = new WeakMap<FrameTable, WeakMap<readonly string[], FrameTable>>();

/**
 * The table with a row at its end for each name: of frames that are no functions, but stand for several. The same tables
 * and names (the same arrays, that is) always give the same table.
 */
export function withGroupFrames(frames: FrameTable, names: readonly string[]): FrameTable {
  const ofTable = known.get(frames) ?? new WeakMap<readonly string[], FrameTable>();
  known.set(frames, ofTable);
  const before = ofTable.get(names);
  if (before) return before;
  const rows = frames.name.length;
  const line = new Int32Array(rows + names.length);
  line.set(frames.line);
  const column = new Int32Array(rows + names.length);
  column.set(frames.column);
  const kind = new Uint8Array(rows + names.length).fill(FrameKind.group);
  kind.set(frames.kind);
  const made = {
    name: [...frames.name, ...names],
    url: [...frames.url, ...names.map(() => '')],
    line,
    column,
    kind,
  };
  ofTable.set(names, made);
  return made;
}
