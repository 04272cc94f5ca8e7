import type { CallTree, FrameTable, Microseconds } from '../profile/model.ts';
import { type Color, type Paint, toColor } from './color.ts';
import type { Orientation } from './drawing.ts';
import type { Caption, GraphFacts } from './facts.ts';
import type { Plan } from './view.ts';

/** A tree as it is shown. */
export interface PackableGraph {
  readonly tree: CallTree;
  /** Where boxes begin, if they are not packed, as `layOut` takes it. */
  readonly start?: Float64Array;
  /** The clocked time of the calls, of which the tree may be a part only. */
  readonly whole: Microseconds;
  readonly facts: GraphFacts;
  readonly caption: Caption;
  readonly orientation: Orientation;
  readonly paint: Paint;
}

export const packedFormat = 'flambe-graph';
export const packedVersion = 3;

/**
 * A graph as text: JSON in ASCII, without the characters that mean something to XML, so that it can stand in a file
 * as it is and whatever names are in it.
 *
 *     {"format":"flambe-graph","version":3,"facts":{…},"caption":{…},"whole":41200,"orientation":"icicle",
 *      "urls":["","https://…/store.js"],
 *      "frames":{"name":["dispatch",…],"url":[1,…],"line":[88,…],"column":[12,…],"kind":[0,…]},
 *      "colors":{"of":"frame","fills":["#f5c26b",…],"fill":[0,…]},
 *      "nodes":{"frame":[0,1,…],"up":[0,0,1,…],"self":[5,9,…],"samples":[3,2,…],"gap":[0,0,…]}}
 *
 * Nodes are in depth-first order; `up` says how many levels above its predecessor's child a node stands (0: it is the
 * child, 1: the sibling), `gap` how far from the end of its sibling before, or from its parent's beginning (missing where
 * nothing is apart). Frames that no node uses are left out. Colours are of frames where all nodes of a frame share one.
 * All else follows from self times and depths.
 */
export interface PackedGraph {
  readonly format: typeof packedFormat;
  readonly version: typeof packedVersion;
  readonly facts: GraphFacts;
  readonly caption: Caption;
  readonly whole: Microseconds;
  readonly orientation: Orientation;
  readonly urls: readonly string[];
  readonly frames: {
    readonly name: readonly string[];
    readonly url: readonly number[];
    readonly line: readonly number[];
    readonly column: readonly number[];
    readonly kind: readonly number[];
  };
  readonly colors: {
    readonly of: 'frame' | 'node';
    readonly fills: readonly string[];
    readonly fill: readonly number[];
  };
  readonly nodes: {
    readonly frame: readonly number[];
    readonly up: readonly number[];
    readonly self: readonly number[];
    readonly samples: readonly number[];
    readonly gap?: readonly number[];
  };
}

/** Reads what `writePack` wrote, and nothing else: what may come from elsewhere goes through `readGraph`. */
export function unpackGraph(text: string): PackableGraph {
  return unpack(JSON.parse(text) as PackedGraph);
}

export function unpack({
  facts,
  caption,
  whole,
  orientation,
  urls,
  frames,
  nodes,
  colors,
}: PackedGraph): PackableGraph {
  const table: FrameTable = {
    name: frames.name,
    url: frames.url.map((url) => urls[url]!),
    line: Int32Array.from(frames.line),
    column: Int32Array.from(frames.column),
    kind: Uint8Array.from(frames.kind),
  };
  const fills: Color[] = colors.fills.map(toColor);
  const paint: Paint = ({ tree }: Pick<Plan, 'tree'>, node) =>
    fills[colors.fill[colors.of === 'frame' ? tree.frame[node]! : node]!]!;
  const tree = { frames: table, ...unpackNodes(nodes) };
  const start = nodes.gap && startsOf(tree, nodes.gap);
  return { tree, ...(start && { start }), whole, facts, caption, orientation, paint };
}

/** Takes back `gapsOf`. */
function startsOf({ parent, total }: CallTree, gap: readonly number[]): Float64Array {
  const start = Float64Array.from(gap);
  const next = new Float64Array(gap.length);
  for (let node = 0; node < gap.length; node++) {
    const above = parent[node]!;
    if (above >= 0) {
      start[node]! += next[above]!;
      next[above] = start[node]! + total[node]!;
    }
    next[node] = start[node]!;
  }
  return start;
}

function unpackNodes({ frame, up, self, samples }: PackedGraph['nodes']): Omit<CallTree, 'frames'> {
  const count = frame.length;
  const parent = new Int32Array(count);
  const depth = new Int32Array(count);
  parent[0] = -1;
  for (let node = 1; node < count; node++) {
    let above = node - 1;
    for (let level = up[node]!; level > 0; level--) above = parent[above]!;
    parent[node] = above;
    depth[node] = depth[above]! + 1;
  }
  const total = Float64Array.from(self);
  const subtreeSize = new Int32Array(count).fill(1);
  for (let node = count - 1; node > 0; node--) {
    const above = parent[node]!;
    total[above]! += total[node]!;
    subtreeSize[above]! += subtreeSize[node]!;
  }
  return {
    frame: Int32Array.from(frame),
    parent,
    depth,
    subtreeSize,
    self: Float64Array.from(self),
    total,
    samples: Int32Array.from(samples),
  };
}
