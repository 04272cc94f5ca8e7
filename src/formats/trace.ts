import { type ClockedCall, type ClockedInterval, ProfileBuilder } from '../profile/build.ts';
import { lowerBound } from '../profile/lower-bound.ts';
import { FrameKind, type Microseconds, type Outcome } from '../profile/model.ts';
import { type CaptureKey, finishSampled, hookFramesOf, type SampledCalls, targetFrameOf } from './sampled.ts';
import { type SeenSamples, SeenSamplesBuilder } from './seen-samples.ts';
import { type SampledThread, type ThreadLog, TraceLog } from './trace-log.ts';
import { UnseenTarget } from './unseen-target.ts';
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

/** Of what was sampled before the first call, a little is kept. */
const LEAD: Microseconds = 100_000;

/** What takes a trace that Flambe records through the Tracing domain: of a capture's calls, or for null of all that the page does. */
export function traceLog(captureId: string | null): TraceLog {
  return new TraceLog(captureId, browserWork);
}

/** The calls of a capture, of whose trace everything is taken. */
export function callsOf(log: TraceLog, key: CaptureKey): SampledCalls {
  const builder = new ProfileBuilder();
  const hookFrames = hookFramesOf(key);
  const clocked: ClockedCall[] = [];
  let lostSamples = 0;
  // Threads of two processes may have the same id, so they get numbers of our own.
  for (const [number, thread] of log.callingThreads.entries()) {
    const seen = new SeenSamplesBuilder();
    let lastOnHook = 0;
    // Whoever waits long for a call is not to wait for what was sampled meanwhile.
    const since = firstMark(thread) - LEAD;
    for (const sampled of log.profilesOf(thread)) {
      const stacks = new V8Stacks(builder, log.callFrames, key.hookUrl, hookFrames, sampled.chunks.id.length);
      const read = readSamples(sampled, stacks, seen, since);
      lastOnHook = Math.max(lastOnHook, read.lastOnHook);
      lostSamples += read.lost;
    }
    for (const { name, start, end } of thread.work)
      builder.work(builder.frame(browserWork.get(name)!), start, end, number);
    const samples = seen.finish();
    const unseen = hookFrames ? null : new UnseenTarget(builder, targetFrameOf(builder, key), samples);
    const calls: (ClockedInterval & { readonly outcome: Outcome })[] = [];
    // A call that was cut off lasted at least until the last sample on it.
    const lastSeen = (start: Microseconds, before: Microseconds) =>
      unseen ? unseen.lastSeen(start, before) : Math.max(start, lastOnHook);
    for (const { start, end, outcome } of thread.calls)
      calls.push({ start, end: outcome === 'end not seen' ? lastSeen(start, end) : end, outcome });
    for (const start of thread.openCalls.values())
      calls.push({ start, end: lastSeen(start, Number.POSITIVE_INFINITY), outcome: 'unfinished' });
    if (unseen) unseen.addTo(number, calls);
    else addUnforced(builder, number, samples, thread.marks);
    for (const { outcome, ...interval } of calls) clocked.push({ thread: number, outcome, intervals: [interval] });
  }
  return finishSampled(key, builder, hookFrames, clocked, lostSamples);
}

function firstMark({ marks }: ThreadLog): Microseconds {
  return marks.reduce((first, mark) => Math.min(first, mark), Number.POSITIVE_INFINITY);
}

/**
 * Takes the samples of a thread but those that were written before a moment. Gives the time of the last one on the hook, and how many have no stack because the chunk
 * that named it is missing, as happens when the buffer is full.
 */
function readSamples(
  { startTime, chunks }: SampledThread,
  stacks: V8Stacks,
  seen: SeenSamplesBuilder,
  since: Microseconds,
): { readonly lastOnHook: Microseconds; readonly lost: number } {
  let lastOnHook = 0;
  let lost = 0;
  let time = startTime;
  for (const chunk of chunks.places) {
    chunks.addNodes(chunk, stacks);
    if (chunk.writtenAt < since) {
      time += chunk.time;
      continue;
    }
    for (let sample = chunk.firstSample; sample < chunk.endSample; sample++) {
      time += chunks.timeDelta.at(sample);
      const node = stacks.nodeOf(chunks.sample.at(sample));
      if (node < 0) {
        lost++;
        continue;
      }
      if (stacks.isOnHook(node)) lastOnHook = Math.max(lastOnHook, time);
      const [line, column] = [chunks.line.at(sample), chunks.column.at(sample)];
      seen.add(time, stacks.stackOf(node), stacks.isHookItself(node), line, column);
    }
  }
  return { lastOnHook, lost };
}

/** Adds the samples of a thread but those that our marks forced. */
function addUnforced(
  builder: ProfileBuilder,
  thread: number,
  { time, stack, inHook, line, column }: SeenSamples,
  markTimes: readonly Microseconds[],
): void {
  const marks = Float64Array.from(markTimes).sort();
  const isNearMark = (time: Microseconds) => {
    const next = lowerBound(marks.length, (at) => marks[at]! < time - FORCED_SAMPLE_DISTANCE);
    return next < marks.length && marks[next]! <= time + FORCED_SAMPLE_DISTANCE;
  };
  for (let sample = 0; sample < time.length; sample++)
    if (inHook[sample] === 0 || !isNearMark(time[sample]!))
      builder.sample(time[sample]!, stack[sample]!, thread, line[sample]!, column[sample]!);
}
