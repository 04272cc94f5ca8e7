import type { Color } from '../flamegraph/color.ts';
import type { PackableGraph } from '../flamegraph/pack.ts';
import type { FrameIndex, NodeIndex } from '../profile/model.ts';
import type { Writer } from './writer.ts';

/** A graph with what all that is written of it goes by. */
export interface Prepared extends PackableGraph {
  /** The frames that nodes have, ascending. */
  readonly used: readonly FrameIndex[];
  readonly colors: Colors;
}

interface Colors {
  /** Whether all nodes of a frame share one. */
  readonly of: 'frame' | 'node';
  /** Each fill once. */
  readonly palette: readonly Color[];
  /** Column of places in the palette, by frame or by node. */
  readonly place: Int32Array;
}

/** The tree stands before the writer. */
export function prepare(writer: Writer, graph: PackableGraph): Prepared {
  const first = writer.firstNodes();
  const used: FrameIndex[] = [];
  for (let frame = 0; frame < first.length; frame++) if (first[frame]! >= 0) used.push(frame);
  return { ...graph, used, colors: colorsOf(graph, used, first) };
}

function colorsOf({ tree, whole, paint }: PackableGraph, used: readonly FrameIndex[], first: Int32Array): Colors {
  const { frame, frames } = tree;
  const plan = { tree, whole };
  const places = new Map<string, number>();
  const palette: Color[] = [];
  const placeOf = (node: NodeIndex) => {
    const color = paint(plan, node);
    const known = places.get(color.fill);
    if (known !== undefined) return known;
    places.set(color.fill, palette.length);
    return palette.push(color) - 1;
  };
  const byFrame = new Int32Array(frames.name.length);
  for (const index of used) byFrame[index] = placeOf(first[index]!);
  if (paint.isOfFrames) return { of: 'frame', place: byFrame, palette };
  const byNode = frame.map((_, node) => placeOf(node));
  const isOfFrames = byNode.every((place, node) => place === byFrame[frame[node]!]);
  return { of: isOfFrames ? 'frame' : 'node', place: isOfFrames ? byFrame : byNode, palette };
}
