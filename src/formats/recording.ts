import { buildCalls, type ClockedCall, ProfileBuilder } from '../profile/build.ts';
import type { DispatchTable } from '../profile/dispatches.ts';
import { lowerBound } from '../profile/lower-bound.ts';
import { FrameKind, type Microseconds, NOT_SAMPLED_FRAME, type Profile } from '../profile/model.ts';
import type { EntryTable } from '../profile/moments.ts';
import type { CallFrame } from './call-frames.ts';
import { browserWork, FORCED_SAMPLE_DISTANCE } from './trace.ts';
import type { Dispatch, Entry, SampledThread, TraceLog } from './trace-log.ts';
import { V8Stacks } from './v8-stacks.ts';

/** All that a trace without a target holds. */
export interface SampledPage {
  /** Samples of all threads of the page. Its target is none; `runsOf` gives it one. */
  readonly profile: Profile;
  readonly entries: EntryTable;
  readonly dispatches: DispatchTable;
  /** Samples that came without their stacks, and count for nothing. */
  readonly lostSamples: number;
}

/** All of a page, of whose trace everything is taken. */
export function pageOf(log: TraceLog, askedInterval: Microseconds): SampledPage {
  const builder = new ProfileBuilder();
  const rows: EntryRow[] = [];
  const dispatched: DispatchRow[] = [];
  /** In which each thread was sampled. */
  const spans: ClockedCall[] = [];
  let lostSamples = 0;
  // Threads of two processes may have the same id, so they get numbers of our own.
  for (const [thread, threadLog] of log.threads.entries()) {
    const profiles = log.profilesOf(threadLog);
    if (profiles.length === 0) continue;
    let lastSample = 0;
    for (const sampled of profiles) {
      const added = addSamples(builder, thread, threadLog.entries, sampled, log.callFrames);
      lostSamples += added.lost;
      lastSample = Math.max(lastSample, added.last);
      spans.push({ thread, outcome: 'returned', intervals: [{ start: sampled.startTime, end: added.last }] });
    }
    for (const { name, start, end } of threadLog.work)
      builder.work(builder.frame(browserWork.get(name)!), start, end, thread);
    for (const dispatch of threadLog.dispatches)
      dispatched.push({ dispatch, end: dispatch.end ?? Math.max(dispatch.start, lastSample), thread });
    let outerEnd = Number.NEGATIVE_INFINITY;
    for (const entry of threadLog.entries) {
      // What was cut off ran at least until the last sample.
      const end = entry.end ?? Math.max(entry.start, lastSample);
      const isOutermost = entry.start >= outerEnd;
      if (isOutermost) outerEnd = end;
      rows.push({ entry, end, thread, isOutermost, frame: frameOf(builder, entry) });
    }
  }
  rows.sort((a, b) => a.entry.start - b.entry.start || b.end - a.end);
  // Not those of entries: what is run from the console is in none.
  const calls = buildCalls(spans);
  const profile = builder.finish({ targetFrame: NOT_SAMPLED_FRAME, hookFrames: null, calls, askedInterval });
  return { profile, entries: entryTable(rows), dispatches: dispatchTable(dispatched), lostSamples };
}

interface EntryRow {
  readonly entry: Entry;
  readonly end: Microseconds;
  readonly thread: number;
  readonly isOutermost: boolean;
  readonly frame: number;
}

interface DispatchRow {
  readonly dispatch: Dispatch;
  readonly end: Microseconds;
  readonly thread: number;
}

/** A module's evaluation does not say whose it is. */
function frameOf(builder: ProfileBuilder, { name, url, line, column }: Entry): number {
  if (name === '' && url === '') return -1;
  return builder.frame({ name, url, line, column, kind: FrameKind.script });
}

function entryTable(rows: readonly EntryRow[]): EntryTable {
  return {
    what: rows.map(({ entry }) => entry.what),
    frame: Int32Array.from(rows, ({ frame }) => frame),
    thread: Int32Array.from(rows, ({ thread }) => thread),
    start: Float64Array.from(rows, ({ entry }) => entry.start),
    end: Float64Array.from(rows, ({ end }) => end),
    isOutermost: Uint8Array.from(rows, ({ isOutermost }) => (isOutermost ? 1 : 0)),
  };
}

function dispatchTable(unordered: readonly DispatchRow[]): DispatchTable {
  const rows = unordered.toSorted((a, b) => a.dispatch.start - b.dispatch.start || b.end - a.end);
  return {
    type: rows.map(({ dispatch }) => dispatch.type),
    thread: Int32Array.from(rows, ({ thread }) => thread),
    start: Float64Array.from(rows, ({ dispatch }) => dispatch.start),
    end: Float64Array.from(rows, ({ end }) => end),
    isCutOff: Uint8Array.from(rows, ({ dispatch }) => (dispatch.end === null ? 1 : 0)),
  };
}

/** Adds the samples of a thread. The browser has one taken whenever it calls a function, before that runs: it is none. */
function addSamples(
  builder: ProfileBuilder,
  thread: number,
  entries: readonly Entry[],
  { startTime, chunks }: SampledThread,
  callFrames: readonly CallFrame[],
): { readonly last: Microseconds; readonly lost: number } {
  const stacks = new V8Stacks(builder, callFrames, null, new Set());
  const isForced = (time: Microseconds) => {
    const next = lowerBound(entries.length, (at) => entries[at]!.start < time - FORCED_SAMPLE_DISTANCE);
    return next < entries.length && entries[next]!.start <= time + FORCED_SAMPLE_DISTANCE;
  };
  let lost = 0;
  let last = startTime;
  let time = startTime;
  for (const chunk of chunks.places) {
    chunks.addNodes(chunk, stacks);
    for (let sample = chunk.firstSample; sample < chunk.endSample; sample++) {
      time += chunks.timeDelta.at(sample);
      last = Math.max(last, time);
      const node = stacks.nodeOf(chunks.sample.at(sample));
      if (node < 0) lost++;
      else if (stacks.callFrameOf(node).functionName !== '(program)' || !isForced(time))
        builder.sample(time, stacks.stackOf(node), thread, chunks.line.at(sample), chunks.column.at(sample));
    }
  }
  return { last, lost };
}
