import { type ClockedCall, lowerBound, ProfileBuilder } from '../profile/build.ts';
import { type FrameIndex, FrameKind, type Microseconds } from '../profile/model.ts';
import { type CaptureKey, finishSampled, type SampledCalls } from './sampled.ts';
import { type SampledThread, TraceLog } from './trace-log.ts';
import { V8Stacks } from './v8-stacks.ts';

/** Work of the browser that becomes a frame: the slices' names in a trace, and what people see. */
const browserWork = new Map<string, { name: string; kind: FrameKind }>([
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
const FORCED_SAMPLE_DISTANCE: Microseconds = 50;

/**
 * Reads what Flambe records through the Tracing domain.
 * Throws a RangeError that says where when the bytes are not a whole trace.
 */
export function readTrace(bytes: Uint8Array, key: CaptureKey): SampledCalls {
  const log = new TraceLog(bytes, key.id, browserWork);
  const builder = new ProfileBuilder();
  const hookFrames = new Set<FrameIndex>();
  const clocked: ClockedCall[] = [];
  let lostSamples = 0;
  // Threads of two processes may have the same id, so they get numbers of our own.
  for (const [number, thread] of log.callingThreads.entries()) {
    let lastOnHook = 0;
    for (const sampled of log.profilesOf(thread)) {
      const added = addSamples(builder, key, hookFrames, { number, marks: thread.marks }, sampled);
      lastOnHook = Math.max(lastOnHook, added.lastOnHook);
      lostSamples += added.lost;
    }
    for (const { name, start, end } of thread.work)
      builder.work(builder.frame(browserWork.get(name)!), start, end, number);
    for (const { start, end, outcome } of thread.calls)
      clocked.push({ thread: number, outcome, intervals: [{ start, end }] });
    // A call that was cut off lasted at least until the last sample on it.
    for (const start of thread.openCalls.values())
      clocked.push({ thread: number, outcome: 'unfinished', intervals: [{ start, end: Math.max(start, lastOnHook) }] });
  }
  return finishSampled(key, builder, hookFrames, clocked, lostSamples);
}

/**
 * Adds the samples of a thread but those that our marks forced. Returns the time of the last one on the hook, and how many
 * have no stack because the chunk that named it is missing, as happens when the buffer is full.
 */
function addSamples(
  builder: ProfileBuilder,
  key: CaptureKey,
  hookFrames: Set<FrameIndex>,
  thread: { readonly number: number; readonly marks: readonly Microseconds[] },
  sampled: SampledThread,
): { readonly lastOnHook: Microseconds; readonly lost: number } {
  const stacks = new V8Stacks(builder, key.hookUrl, hookFrames);
  const marks = Float64Array.from(thread.marks).sort();
  const isNearMark = (time: Microseconds) => {
    const next = lowerBound(marks.length, (at) => marks[at]! < time - FORCED_SAMPLE_DISTANCE);
    return next < marks.length && marks[next]! <= time + FORCED_SAMPLE_DISTANCE;
  };
  let lastOnHook = 0;
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
      if (stacks.isOnHook(stack)) lastOnHook = Math.max(lastOnHook, time);
      const isForced = stacks.isHookItself(stack) && isNearMark(time);
      if (!isForced) builder.sample(time, stack, thread.number);
    }
  }
  return { lastOnHook, lost };
}
