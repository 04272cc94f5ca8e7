import { type ClockedCall, ProfileBuilder } from '../profile/build.ts';
import type { FrameIndex, Microseconds } from '../profile/model.ts';
import type { CallFrame } from './call-frames.ts';
import { parseMark } from './marks.ts';
import { type CaptureKey, finishSampled, hookFramesOf, type SampledCalls, targetFrameOf } from './sampled.ts';
import { type SeenSamples, SeenSamplesBuilder } from './seen-samples.ts';
import { UnseenTarget } from './unseen-target.ts';
import { V8Stacks } from './v8-stacks.ts';

/**
 * A profile as the Profiler domain gives it. Its start and end are those of the call that it stands for, in
 * microseconds:
 *
 *     {nodes: [{id: 1, callFrame: {functionName: "(root)", …}, children: [2, 5]}, …],
 *      startTime: 926984527, endTime: 926994211, samples: [4, 4, 7], timeDeltas: [36, 104, 98]}
 */
export interface V8Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame; readonly children?: number[] }[];
  readonly startTime: Microseconds;
  readonly endTime: Microseconds;
  readonly samples?: number[];
  readonly timeDeltas?: number[];
}

/** The Profiler domain knows no threads: a session is one thread. */
const THREAD = 0;

/**
 * Reads the console profiles of a capture, one a call, titled by the call's mark. Outcomes are not in profiles; the
 * caller knows them from the hook.
 */
export function readConsoleProfiles(
  finished: readonly { readonly title?: string; readonly profile: V8Profile }[],
  key: CaptureKey,
): SampledCalls {
  const builder = new ProfileBuilder();
  const hookFrames = hookFramesOf(key);
  const clocked: ClockedCall[] = [];
  for (const { title, profile } of finished) {
    const mark = parseMark(key.id, title ?? '');
    const outcome = mark && (key.outcomes ? key.outcomes.get(mark.call) : 'end not seen');
    if (!outcome) continue;
    const samples = readSamples(builder, key, hookFrames, profile);
    const { startTime, endTime } = profile;
    const clock = { start: Math.round(startTime), end: Math.round(endTime) };
    if (hookFrames) {
      // Beginning and ending a profile samples the hook that does it.
      for (const [sample, time] of samples.time.entries())
        if (samples.inHook[sample] === 0) builder.sample(time, samples.stack[sample]!, THREAD);
      clocked.push({ thread: THREAD, outcome, intervals: [clock] });
    } else {
      const unseen = new UnseenTarget(builder, targetFrameOf(builder, key), samples);
      const end = outcome === 'end not seen' ? unseen.lastSeen(clock.start, clock.end) : clock.end;
      unseen.addTo(THREAD, [{ ...clock, end }]);
      clocked.push({ thread: THREAD, outcome, intervals: [{ ...clock, end }] });
    }
  }
  return finishSampled(key, builder, hookFrames, clocked);
}

function readSamples(
  builder: ProfileBuilder,
  key: CaptureKey,
  hookFrames: Set<FrameIndex> | null,
  { nodes, startTime, samples = [], timeDeltas = [] }: V8Profile,
): SeenSamples {
  const ordered = parentsFirst(nodes);
  const callFrames = ordered.map(({ callFrame }) => callFrame);
  const stacks = new V8Stacks(builder, callFrames, key.hookUrl, hookFrames);
  for (const [callFrame, { id, parent }] of ordered.entries()) stacks.add(id, parent, callFrame);
  const seen = new SeenSamplesBuilder();
  let time = startTime;
  for (const [i, id] of samples.entries()) {
    time += timeDeltas[i] ?? 0;
    const node = stacks.nodeOf(id);
    if (node < 0) throw new RangeError(`A sample on node ${id}, which is not there`);
    // The domain counts ticks by line, but does not say which sample was which.
    seen.add(Math.round(time), stacks.stackOf(node), stacks.isHookItself(node), 0, 0);
  }
  return seen.finish();
}

interface OrderedNode {
  readonly id: number;
  /** Null for the root. */
  readonly parent: number | null;
  readonly callFrame: CallFrame;
}

/** The nodes with their parents, in an order in which parents come first. */
function parentsFirst(nodes: V8Profile['nodes']): OrderedNode[] {
  const parentById = new Map<number, number>();
  for (const { id, children = [] } of nodes) {
    for (const child of children) {
      const other = parentById.get(child);
      if (other !== undefined) throw new RangeError(`Node ${child} is a child of node ${other} and of node ${id}`);
      parentById.set(child, id);
    }
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ordered: OrderedNode[] = [];
  const queue = nodes.filter(({ id }) => !parentById.has(id));
  for (const { id, callFrame, children = [] } of queue) {
    ordered.push({ id, parent: parentById.get(id) ?? null, callFrame });
    for (const child of children) {
      const node = byId.get(child);
      if (!node) throw new RangeError(`Node ${id} has a child ${child}, which is not there`);
      queue.push(node);
    }
  }
  return ordered;
}
