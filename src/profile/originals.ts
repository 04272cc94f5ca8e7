import type { FrameIndex, FrameTable } from './model.ts';

/** A function as people wrote it. */
export interface OriginalFrame {
  /** Empty for a function that nothing there names. Hostile data: never markup, never code. */
  readonly name: string;
  /** Address of the original source. */
  readonly url: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** The frames of a table whose original is known. */
export type OriginalFrames = ReadonlyMap<FrameIndex, OriginalFrame>;

/**
 * The table with original names and places where they are known. The rows stay where they are, so whatever points into
 * the one table points into the other; two of them may now say the same, where a bundler has copied a function.
 */
export function withOriginals(frames: FrameTable, originals: OriginalFrames): FrameTable {
  const { name, url, line, column } = frames;
  const changed = { name: [...name], url: [...url], line: line.slice(), column: column.slice(), kind: frames.kind };
  for (const [frame, original] of originals) {
    changed.name[frame] = original.name;
    changed.url[frame] = original.url;
    changed.line[frame] = original.line;
    changed.column[frame] = original.column;
  }
  return changed;
}
