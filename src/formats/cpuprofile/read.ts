import { FrameBook } from '../../profile/frame-book.ts';
import { type CallTree, type FrameIndex, FrameKind, type Microseconds } from '../../profile/model.ts';
import type { Timeline } from '../../profile/timeline.ts';
import { orderTree } from '../../profile/tree.ts';
import { JsonScanner } from '../json/scanner.ts';
import type { Numbers } from '../json/wide-column.ts';
import { isPseudoFrame } from '../pseudo-frames.ts';
import { type Links, linkNodes, NodesById } from './link.ts';
import { type MergedNodes, mergeNodes } from './merge.ts';
import { type ScannedProfile, scanProfile } from './scan.ts';
import { type SampleTimes, sampleTimes } from './times.ts';
import { NONE } from './values.ts';

export interface CpuProfile {
  /** All that was sampled, equal stacks merged. */
  readonly tree: CallTree;
  /** The same time in its order; {@link Timeline.sample} numbers the samples of the file. Made when it is asked for. */
  readonly timeline: () => Timeline;
  /** Between two samples: the median. */
  readonly interval: Microseconds;
}

/**
 * Reads the bytes of a `.cpuprofile` file, as V8 writes them:
 *
 *     {"nodes":[{"id":1,"callFrame":{"functionName":"(root)","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1},
 *                "hitCount":0,"children":[2,5]},…],
 *      "startTime":926984527,"endTime":926994211,"samples":[4,4,7],"timeDeltas":[36,104,98]}
 *
 * Nodes may say who their parent is instead; keys may come in any order, and others are passed over. A sample has the
 * time to the next one, the last one that to the end; its delta is what lies before it. Linear in the bytes, but for the
 * sorting of siblings. Throws an error in words, with the place, for whatever is no such profile.
 */
export function readCpuProfile(bytes: Uint8Array, onProgress?: (at: number) => void): CpuProfile {
  const scanner = new JsonScanner(bytes, onProgress);
  const scanned = scanProfile(scanner);
  const { nodes, samples, deltas, startTime, endTime, places } = scanned;
  if (nodes.id.length === 0) throw scanner.error('there are no nodes', places.nodes);
  if (samples.length === 0) throw scanner.error('there are no samples', places.samples);
  if (samples.length !== deltas.length)
    throw scanner.error(
      `there are ${samples.length} samples, but ${deltas.length} time deltas`,
      places[samples.length > deltas.length ? 'samples' : 'deltas'],
    );
  const placeOfNode = (node: number) => scanner.placeOf(places.nodes, node);
  const nodesById = new NodesById(nodes.id, placeOfNode, scanner);
  const links = linkNodes(nodes, nodesById, placeOfNode, scanner);
  const book = new FrameBook();
  const merged = mergeNodes(links, framesOf(scanned, links, book), book.size);
  const lost = merged.mergedOf.indexOf(NONE);
  if (lost !== NONE) throw scanner.error('the parents of a node go round in a circle', placeOfNode(lost));
  const times = sampleTimes(deltas, startTime, endTime, (sample) =>
    scanner.error('a sample has no possible time', scanner.placeOf(places.deltas, sample)),
  );
  const nodeBySample = nodesById.of(samples);
  const unknown = nodeBySample.indexOf(NONE);
  if (unknown !== NONE)
    throw scanner.error(
      `a sample is of node ${samples[unknown]}, which is not there`,
      scanner.placeOf(places.samples, unknown),
    );
  return folded(book, merged, throughColumn(nodeBySample, merged.mergedOf), times);
}

/** Replaces each number by what a column has there. */
function throughColumn(numbers: Int32Array, column: Int32Array): Int32Array {
  for (let at = 0; at < numbers.length; at++) numbers[at] = column[numbers[at]!]!;
  return numbers;
}

/** The frame of each node of the file. */
function framesOf({ nodes }: ScannedProfile, { root, first, children }: Links, book: FrameBook): Int32Array {
  const frameByRow = nodes.callFrames.enter(book);
  const frameOf = throughColumn(nodes.callFrame, frameByRow);
  frameOf[root] = asRoot(book, frameOf[root]!);
  for (const child of children.subarray(first[root], first[root + 1])) frameOf[child] = onRoot(book, frameOf[child]!);
  return frameOf;
}

/** What the root's frame is: V8's own stands for all that was going on. */
function asRoot(book: FrameBook, index: FrameIndex): FrameIndex {
  const { name, url } = book.at(index);
  if (name !== '(root)' || url !== '') return index;
  return book.enter({ name: 'All', url: '', line: 0, column: 0, kind: FrameKind.group });
}

/** What a frame is right on the root. */
function onRoot(book: FrameBook, index: FrameIndex): FrameIndex {
  const frame = book.at(index);
  const isPseudo = frame.kind === FrameKind.native && isPseudoFrame(frame.name);
  return isPseudo ? book.enter({ ...frame, kind: FrameKind.engine }) : index;
}

/** Gives each sample's time to its node. */
function folded(book: FrameBook, merged: MergedNodes, nodeBySample: Int32Array, times: SampleTimes): CpuProfile {
  const samples = new Int32Array(merged.parent.length);
  const self = new (times.end instanceof Int32Array ? Int32Array : Float64Array)(merged.parent.length);
  addUp(nodeBySample, times, samples, self);
  const { parent, frame } = merged;
  const loose = { parent, frame, self: new Float64Array(self), samples };
  const { tree, placeOf } = orderTree(book.table, loose);
  return {
    tree,
    interval: medianInterval(times.end),
    timeline: () => timelineOf(tree, placeOf, nodeBySample, times),
  };
}

function addUp(nodeBySample: Int32Array, { order, end }: SampleTimes, samples: Int32Array, self: Numbers): void {
  for (let at = 0, begin = 0; at < end.length; at++) {
    const node = nodeBySample[order ? order[at]! : at]!;
    samples[node]!++;
    self[node]! += end[at]! - begin;
    begin = end[at]!;
  }
}

/** Samples that last, in their order. */
function timelineOf(
  tree: CallTree,
  placeOf: Int32Array,
  nodeBySample: Int32Array,
  { order, end: ends }: SampleTimes,
): Timeline {
  const start = new Float64Array(ends.length);
  const end = new Float64Array(ends.length);
  const node = new Int32Array(ends.length);
  const sample = new Int32Array(ends.length);
  let count = 0;
  for (let at = 0, begin = 0; at < ends.length; at++) {
    if (ends[at] === begin) continue;
    const number = order ? order[at]! : at;
    start[count] = begin;
    end[count] = begin = ends[at]!;
    node[count] = placeOf[nodeBySample[number]!]!;
    sample[count++] = number;
  }
  return {
    tree,
    start: start.subarray(0, count),
    end: end.subarray(0, count),
    node: node.subarray(0, count),
    sample: sample.subarray(0, count),
    call: new Int32Array(count),
  };
}

/** A few thousand samples tell the median well enough. */
const ENOUGH = 4096;

function medianInterval(end: Numbers): Microseconds {
  const step = Math.ceil(end.length / ENOUGH);
  const lengths = new Float64Array(Math.floor((end.length - 1) / step));
  for (let at = 0; at < lengths.length; at++) lengths[at] = end[at * step + 1]! - end[at * step]!;
  return lengths.sort()[lengths.length >> 1] ?? 0;
}
