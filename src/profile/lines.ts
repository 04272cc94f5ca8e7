import { NO_SAMPLE } from './division.ts';
import type { Microseconds, NodeIndex, Profile } from './model.ts';
import type { Timeline } from './timeline.ts';

/** The lines that had self time, in ascending order. */
export interface LineTable {
  /** 1-based; 0 for time of which no line is known. */
  readonly line: Int32Array;
  /** {@link Microseconds}. */
  readonly self: Float64Array;
  readonly samples: Int32Array;
}

/**
 * The sampled self time of nodes of a timeline's tree, by line. The nodes should be of one function, or of one script at
 * least. Native functions have no lines: theirs are those at which their callers called them. `lineOf` may say for a place of the script, line
 * and column 1-based, which line it is of the original source.
 */
export function linesOf(
  timeline: Timeline,
  { samples }: Pick<Profile, 'samples'>,
  nodes: Iterable<NodeIndex>,
  lineOf: (line: number, column: number) => number = (line) => line,
): LineTable {
  const isAsked = new Uint8Array(timeline.tree.frame.length);
  for (const node of nodes) isAsked[node] = 1;
  const rows = new Map<number, { self: Microseconds; samples: number }>();
  let latest = NO_SAMPLE;
  for (const [i, sample] of timeline.sample.entries()) {
    if (sample === NO_SAMPLE || !isAsked[timeline.node[i]!]) continue;
    const given = samples.line[sample]!;
    const line = given > 0 ? lineOf(given, samples.column[sample]!) : 0;
    const row = rows.get(line) ?? { self: 0, samples: 0 };
    rows.set(line, row);
    row.self += timeline.end[i]! - timeline.start[i]!;
    // Work of the browser may part the time of a sample.
    if (sample !== latest) row.samples++;
    latest = sample;
  }
  const sorted = [...rows].sort(([a], [b]) => a - b);
  return {
    line: Int32Array.from(sorted, ([line]) => line),
    self: Float64Array.from(sorted, ([, row]) => row.self),
    samples: Int32Array.from(sorted, ([, row]) => row.samples),
  };
}
