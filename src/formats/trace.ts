import { type ClockedCall, lowerBound, ProfileBuilder } from '../profile/build.ts';
import { type FrameIndex, FrameKind, type Microseconds } from '../profile/model.ts';
import { type CaptureKey, finishSampled, hookFramesOf, type SampledCalls } from './sampled.ts';
import { type SampledThread, TraceLog } from './trace-log.ts';
import { V8Stacks } from './v8-stacks.ts';

/** Work of the browser that becomes a frame: the slices' names in a trace, and what people see. */
export const browserWork = new Map<string, { name: string; kind: FrameKind }>([
  ['Layout', { name: 'Layout', kind: FrameKind.browser }],
  ['UpdateLayoutTree', { name: 'Recalculate style', kind: FrameKind.browser }],
  ['ParseHTML', { name: 'Parse HTML', kind: FrameKind.browser }],
  ['ParseAuthorStyleSheet', { name: 'Parse style sheet', kind: FrameKind.browser }],
  ['HitTest', { name: 'Hit test', kind: FrameKind.browser }],
  ['v8.compile', { name: 'Compile script', kind: FrameKind.browser }],
  ['MinorGC', { name: '(garbage collector)', kind: FrameKind.engine }],
  ['MajorGC', { name: '(garbage collector)', kind: FrameKind.engine }],
]);

/** A mark's forced sample comes within 30 µs of it on the hook's own frame; real samples that close tell nothing. */
export const FORCED_SAMPLE_DISTANCE: Microseconds = 50;

/**
 * Reads what Flambe records through the Tracing domain.
 * Throws a RangeError that says where when the bytes are not a whole trace.
 */
export function readTrace(bytes: Uint8Array, key: CaptureKey): SampledCalls {
  const log = new TraceLog(bytes, key.id, browserWork);
  const builder = new ProfileBuilder();
  const hookFrames = hookFramesOf(key);
  const clocked: ClockedCall[] = [];
  let lostSamples = 0;
  // Threads of two processes may have the same id, so they get numbers of our own.
  for (const [number, thread] of log.callingThreads.entries()) {
    /** Times of the samples on the target. */
    const inCalls: Microseconds[] = [];
    for (const sampled of log.profilesOf(thread))
      lostSamples += addSamples(builder, key, hookFrames, { number, marks: thread.marks, inCalls }, sampled);
    inCalls.sort((a, b) => a - b);
    /** What was not seen to end lasted at least until the last sample on it. */
    const lastSeen = (start: Microseconds, before: Microseconds) => {
      const after = lowerBound(inCalls.length, (at) => inCalls[at]! <= before);
      return Math.max(start, inCalls[after - 1] ?? start);
    };
    for (const { name, start, end } of thread.work)
      builder.work(builder.frame(browserWork.get(name)!), start, end, number);
    for (const { start, end: marked, outcome } of thread.calls) {
      const end = outcome === 'end not seen' ? lastSeen(start, marked) : marked;
      clocked.push({ thread: number, outcome, intervals: [{ start, end }] });
    }
    for (const start of thread.openCalls.values()) {
      const end = lastSeen(start, Number.POSITIVE_INFINITY);
      clocked.push({ thread: number, outcome: 'unfinished', intervals: [{ start, end }] });
    }
  }
  return finishSampled(key, builder, hookFrames, clocked, lostSamples);
}

/**
 * Adds the samples of a thread but those that our marks forced, and the times of those on the target to `inCalls`. Returns
 * how many have no stack because the chunk that named it is missing, as happens when the buffer is full.
 */
function addSamples(
  builder: ProfileBuilder,
  key: CaptureKey,
  hookFrames: Set<FrameIndex> | null,
  thread: { readonly number: number; readonly marks: readonly Microseconds[]; readonly inCalls: Microseconds[] },
  sampled: SampledThread,
): number {
  const stacks = new V8Stacks(builder, key.hookUrl, hookFrames, hookFrames ? undefined : key.target);
  const marks = Float64Array.from(thread.marks).sort();
  const isNearMark = (time: Microseconds) => {
    const next = lowerBound(marks.length, (at) => marks[at]! < time - FORCED_SAMPLE_DISTANCE);
    return next < marks.length && marks[next]! <= time + FORCED_SAMPLE_DISTANCE;
  };
  let lost = 0;
  let time = sampled.startTime;
  for (const chunk of sampled.chunks) {
    for (const node of chunk.nodes) stacks.add(node);
    for (const [i, id] of chunk.samples.entries()) {
      time += chunk.timeDeltas[i]!;
      const stack = stacks.stackOf(id);
      if (stack === undefined) {
        lost++;
        continue;
      }
      if (stacks.isInCall(stack)) thread.inCalls.push(time);
      const isForced = stacks.isHookItself(id) && isNearMark(time);
      if (!isForced) builder.sample(time, stack, thread.number);
    }
  }
  return lost;
}
