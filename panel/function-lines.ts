import type { SeenCalls } from '../src/capture/recorded.ts';
import { callTimeline, callTree } from '../src/capture/trees.ts';
import { linesOf } from '../src/profile/lines.ts';
import type { CallIndex, CallTree, FrameIndex, Microseconds, NodeIndex } from '../src/profile/model.ts';
import { functionByFrame } from '../src/profile/moments.ts';
import type { Timeline } from '../src/profile/timeline.ts';
import type { Place } from '../src/sources/lines.ts';

/** A line of a function that had time of its own. */
export interface HotLine {
  /** From 1; 0 for time of which no line is known. */
  readonly line: number;
  readonly self: Microseconds;
  /** Of the function's self time, 0 to 1. */
  readonly share: number;
  readonly samples: number;
}

interface Calls {
  readonly capture: SeenCalls;
  readonly call: CallIndex | 'all';
}

/** Whether the sampler tells at which lines samples stood. */
export function hasLines({ profile }: SeenCalls): boolean {
  return profile.samples.line.some((line) => line > 0);
}

let latest: (Calls & { readonly timeline: Timeline }) | null = null;

/** Takes as long as folding the samples: the latest one is kept. */
function timelineOf({ capture, call }: Calls): Timeline {
  if (latest?.capture !== capture || latest.call !== call)
    latest = { capture, call, timeline: callTimeline(capture, call) };
  return latest.timeline;
}

/**
 * The lines of a function, from all its places, the hottest first. Shares are those of the samples in their order, times
 * parts of the self time that the call tree has. `lineOf` as {@link linesOf} takes it.
 */
export function hotLines(
  calls: Calls,
  frame: FrameIndex,
  lineOf?: (line: number, column: number) => number,
): readonly HotLine[] {
  const timeline = timelineOf(calls);
  const tree = callTree(calls.capture, calls.call);
  const table = linesOf(timeline, calls.capture.profile, nodesOf(timeline.tree, frame), lineOf);
  const sampled = table.self.reduce((sum, time) => sum + time, 0);
  const self = nodesOf(tree, frame).reduce((sum, node) => sum + tree.self[node]!, 0);
  return Array.from(table.line, (line, row) => {
    const share = table.self[row]! / sampled;
    return { line, share, self: share * self, samples: table.samples[row]! };
  }).sort((a, b) => b.share - a.share || a.line - b.line);
}

/** Where samples of a function stood, by {@link placeKey}. */
export function placesOf(calls: Calls, frame: FrameIndex): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  hotLines(calls, frame, (line, column) => {
    places.set(placeKey(line, column), { line, column });
    return line;
  });
  return places;
}

export function placeKey(line: number, column: number): string {
  return `${line}:${column}`;
}

/** All nodes of a frame's function. */
function nodesOf(tree: CallTree, frame: FrameIndex): NodeIndex[] {
  const functionOf = functionByFrame(tree);
  const wanted = functionOf[frame];
  const nodes: NodeIndex[] = [];
  for (let node = 0; node < tree.frame.length; node++) if (functionOf[tree.frame[node]!] === wanted) nodes.push(node);
  return nodes;
}
