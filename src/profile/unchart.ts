import { ALL_CALLS, type Chart, ONE_CALL } from './chart.ts';
import { NO_SAMPLE } from './division.ts';
import { MergedTree } from './merge.ts';
import { type CallTree, FrameKind, type Microseconds, type NodeIndex } from './model.ts';
import type { Timeline } from './timeline.ts';
import { orderTree } from './tree.ts';

/**
 * What a chart was drawn from: the call tree, and its time in order. Below a root that stands for several calls, each is one of the
 * timeline's. Samples are told apart, but have no numbers of a sample table.
 */
export function timelineOfChart(chart: Pick<Chart, 'tree' | 'start'>): Timeline {
  const { frames, frame, parent, depth } = chart.tree;
  const first = isRootOfCalls(chart.tree) ? 1 : 0;
  const merged = new MergedTree(frame[first]!, frame.length);
  const mergedOf = new Int32Array(frame.length);
  for (let node = first + 1; node < frame.length; node++)
    if (parent[node]! >= first) mergedOf[node] = merged.child(mergedOf[parent[node]!]!, frame[node]!);
  const stretches = new ChartStretches(chart, mergedOf);
  for (let node = first; node < frame.length; node++) stretches.open(node, depth[node]! === first);
  stretches.close(first);
  for (let node = first; node < frame.length; node++)
    merged.add(mergedOf[node]!, chart.tree.self[node]!, ownSamples(chart.tree, node));
  const { tree, placeOf } = orderTree(frames, merged.loose);
  return stretches.timeline(tree, placeOf);
}

function isRootOfCalls({ frames, frame }: CallTree): boolean {
  const root = frame[0]!;
  const isGroup = frames.kind[root] === FrameKind.group;
  return frame.length > 1 && isGroup && (frames.name[root] === ALL_CALLS || frames.name[root] === ONE_CALL);
}

function ownSamples({ samples, subtreeSize }: CallTree, node: NodeIndex): number {
  let own = samples[node]!;
  for (let child = node + 1; child < node + subtreeSize[node]!; child += subtreeSize[child]!) own -= samples[child]!;
  return own;
}

/** The self time of a chart's nodes, in its order. */
class ChartStretches {
  readonly #chart: Pick<Chart, 'tree' | 'start'>;
  readonly #mergedOf: Int32Array;
  readonly #start: Microseconds[] = [];
  readonly #end: Microseconds[] = [];
  readonly #node: NodeIndex[] = [];
  readonly #sample: number[] = [];
  readonly #call: number[] = [];
  /** The nodes that are open, the root's first, and up to where the time of each was given. */
  readonly #open: { readonly node: NodeIndex; until: Microseconds; samples: number }[] = [];
  #calls = -1;
  #samples = 0;

  constructor(chart: Pick<Chart, 'tree' | 'start'>, mergedOf: Int32Array) {
    this.#chart = chart;
    this.#mergedOf = mergedOf;
  }

  /** To be told of each node in turn. */
  open(node: NodeIndex, isCall: boolean): void {
    const { tree, start } = this.#chart;
    this.close(tree.depth[node]!);
    this.#add(start[node]!);
    if (isCall) this.#calls++;
    this.#open.push({ node, until: start[node]!, samples: ownSamples(tree, node) });
  }

  /** Ends all nodes from a depth on. */
  close(depth: number): void {
    const { tree, start } = this.#chart;
    for (let last = this.#open.at(-1); last && tree.depth[last.node]! >= depth; last = this.#open.at(-1)) {
      this.#add(start[last.node]! + tree.total[last.node]!);
      this.#open.pop();
      const around = this.#open.at(-1);
      if (around) around.until = last.until;
    }
  }

  timeline(tree: CallTree, placeOf: Int32Array): Timeline {
    return {
      tree,
      start: Float64Array.from(this.#start),
      end: Float64Array.from(this.#end),
      node: Int32Array.from(this.#node, (node) => placeOf[node]!),
      sample: Int32Array.from(this.#sample),
      call: Int32Array.from(this.#call),
    };
  }

  /** Gives the time up to then to the innermost open node, in a piece for each of its samples. */
  #add(until: Microseconds): void {
    const inner = this.#open.at(-1);
    if (!inner) return;
    const from = inner.until;
    if (from < until) {
      const pieces = Math.max(inner.samples, 1);
      for (let piece = 0; piece < pieces; piece++) {
        this.#start.push(from + Math.round(((until - from) * piece) / pieces));
        this.#end.push(from + Math.round(((until - from) * (piece + 1)) / pieces));
        this.#node.push(this.#mergedOf[inner.node]!);
        this.#sample.push(inner.samples > 0 ? this.#samples++ : NO_SAMPLE);
        this.#call.push(this.#calls);
      }
      inner.samples = 0;
    }
    inner.until = until;
  }
}
