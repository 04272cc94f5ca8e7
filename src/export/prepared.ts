import type { PackableGraph } from '../flamegraph/pack.ts';
import type { FrameIndex, NodeIndex } from '../profile/model.ts';
import type { Writer } from './writer.ts';

/** A graph with what all that is written of it goes by. */
export interface Prepared extends PackableGraph {
  /** The frames that nodes have, ascending. */
  readonly used: readonly FrameIndex[];
  /** Addresses of frames' scripts, each once, and before them the empty one. */
  readonly urls: readonly string[];
  readonly at: Columns;
  readonly colors: Colors;
}

/** Where columns by frame, of 32-bit numbers, stand before the writer. */
interface Columns {
  /** Places in {@link Prepared.urls}. */
  readonly url: number;
  readonly line: number;
  readonly column: number;
  readonly kind: number;
}

interface Colors {
  /** Whether all nodes of a frame share one. */
  readonly of: 'frame' | 'node';
  /** Column by colour: 1 where labels on it are light, 0 where they are dark. */
  readonly areStrong: Int32Array;
}

/** The tree stands before the writer. */
export function prepare(writer: Writer, graph: PackableGraph): Prepared {
  const found = writer.findUsed();
  const used = Array.from(found.used);
  const { urls, place } = addressesOf(graph, used);
  const { line, column, kind } = graph.tree.frames;
  const at = {
    url: writer.put(place),
    line: writer.put(line),
    column: writer.put(column),
    kind: writer.put(Int32Array.from(kind)),
  };
  return { ...graph, used, urls, at, colors: putColors(writer, graph, used, found.firstNode) };
}

function addressesOf(
  { tree: { frames } }: PackableGraph,
  used: readonly FrameIndex[],
): { urls: string[]; place: Int32Array } {
  const places = new Map([['', 0]]);
  const place = new Int32Array(frames.url.length);
  for (const frame of used) {
    const url = frames.url[frame]!;
    let known = places.get(url);
    if (known === undefined) {
      known = places.size;
      places.set(url, known);
    }
    place[frame] = known;
  }
  return { urls: [...places.keys()], place };
}

function putColors(
  writer: Writer,
  { tree, whole, paint }: PackableGraph,
  used: readonly FrameIndex[],
  first: Int32Array,
): Colors {
  const { frame, frames } = tree;
  const { assembly } = writer;
  if (paint.paleFills) {
    const all = paint.paleFills(frames);
    const fills = used.length === frames.name.length ? all : used.map((frame) => fillAt(all, frame)).join('');
    assembly.setFills(writer.putText(fills), used.length, assembly.rank.value, false);
    return { of: 'frame', areStrong: new Int32Array(used.length) };
  }
  const places = new Map<string, number>();
  const areStrong: number[] = [];
  const placeOf = (node: NodeIndex) => {
    const color = paint({ tree, whole }, node);
    let place = places.get(color.fill);
    if (place === undefined) {
      place = areStrong.push(color.isPale ? 0 : 1) - 1;
      places.set(color.fill, place);
    }
    return place;
  };
  const byFrame = new Int32Array(frames.name.length);
  for (const index of used) byFrame[index] = placeOf(first[index]!);
  const byNode = paint.isOfFrames ? null : frame.map((_, node) => placeOf(node));
  const isOfFrames = byNode?.every((place, node) => place === byFrame[frame[node]!]) ?? true;
  const fills = writer.putText([...places.keys()].join(''));
  assembly.setFills(fills, places.size, writer.put(isOfFrames ? byFrame : byNode!), !isOfFrames);
  return { of: isOfFrames ? 'frame' : 'node', areStrong: Int32Array.from(areStrong) };
}

const fillLength = '#rrggbb'.length;

function fillAt(fills: string, index: number): string {
  return fills.slice(fillLength * index, fillLength * (index + 1));
}
