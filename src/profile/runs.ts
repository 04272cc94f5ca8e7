import { buildCalls, type ClockedCall } from './build.ts';
import { type CallTable, type FrameIndex, type Microseconds, type Profile, SAMPLED } from './model.ts';
import { type EntryTable, functionByFrame, type Moments } from './moments.ts';

/** A profile with a function in sight, and what stands for its calls. */
export interface FunctionView {
  readonly profile: Profile;
  readonly calls: CallTable;
}

/** A function of a recording: its calls are the runs of consecutive samples whose stacks have it. */
export function runsOf(profile: Profile, moments: Moments, targetFrame: FrameIndex): FunctionView {
  const has = stacksWith(profile, targetFrame);
  const isOn = (row: number) => moments.stack[row]! >= 0 && has[moments.stack[row]!] === 1;
  const runs: ClockedCall[] = [];
  const rows = moments.sample.length;
  for (let row = 0; row < rows; row++) {
    if (!isOn(row)) continue;
    const intervals = [{ start: moments.start[row]!, end: moments.end[row]! }];
    while (row + 1 < rows && isOn(row + 1) && !moments.isBreak[row + 1]) {
      row++;
      const last = intervals.at(-1)!;
      if (moments.start[row] === last.end) last.end = moments.end[row]!;
      else intervals.push({ start: moments.start[row]!, end: moments.end[row]! });
    }
    const thread = profile.samples.thread[moments.sample[row]!]!;
    runs.push({ thread, outcome: SAMPLED, intervals });
  }
  return { profile: { ...profile, targetFrame, hookFrames: null }, calls: buildCalls(runs) };
}

/** 1 for each stack that has the function anywhere. */
function stacksWith(profile: Profile, target: FrameIndex): Uint8Array {
  const { stacks } = profile;
  const functionOf = functionByFrame(profile);
  const wanted = functionOf[target];
  const has = new Uint8Array(stacks.frame.length);
  for (let stack = 0; stack < has.length; stack++)
    has[stack] = functionOf[stacks.frame[stack]!] === wanted || has[stacks.parent[stack]!] === 1 ? 1 : 0;
  return has;
}

/** What the browser called, and for what: entries of the same kind and function are one row. */
export interface EventTable {
  readonly what: readonly string[];
  readonly frame: Int32Array;
  readonly count: Int32Array;
  /** {@link Microseconds}, clocked by the browser. */
  readonly total: Float64Array;
  readonly longest: Float64Array;
}

/** Entries whose function is known, by kind and function. One within another of its own row counts as part of it. */
export function eventsOf(profile: Profile, entries: EntryTable): EventTable {
  const functionOf = functionByFrame(profile);
  const rows = new Map<string, { what: string; frame: number; count: number; total: number; longest: number }>();
  const endByKey = new Map<string, Microseconds>();
  for (const [entry, what] of entries.what.entries()) {
    if (entries.frame[entry]! < 0) continue;
    const frame = functionOf[entries.frame[entry]!]!;
    const [start, end, thread] = [entries.start[entry]!, entries.end[entry]!, entries.thread[entry]!];
    const key = `${frame} ${what}`;
    const onThread = `${thread} ${key}`;
    if ((endByKey.get(onThread) ?? Number.NEGATIVE_INFINITY) > start) continue;
    endByKey.set(onThread, end);
    const row = rows.get(key) ?? { what, frame, count: 0, total: 0, longest: 0 };
    rows.set(key, row);
    row.count++;
    row.total += end - start;
    row.longest = Math.max(row.longest, end - start);
  }
  const all = [...rows.values()];
  return {
    what: all.map(({ what }) => what),
    frame: Int32Array.from(all, ({ frame }) => frame),
    count: Int32Array.from(all, ({ count }) => count),
    total: Float64Array.from(all, ({ total }) => total),
    longest: Float64Array.from(all, ({ longest }) => longest),
  };
}
