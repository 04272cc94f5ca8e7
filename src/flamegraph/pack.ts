import type { CallTree, FrameTable } from '../profile/model.ts';
import type { GraphFacts } from './facts.ts';

/**
 * A graph as text: JSON in ASCII, without the characters that mean something to XML, so that it can stand in a file
 * as it is and whatever names are in it.
 *
 *     {"format":"flambe-graph","version":1,"facts":{…},"urls":["","https://…/store.js"],
 *      "frames":{"name":["dispatch",…],"url":[1,…],"line":[88,…],"column":[12,…],"kind":[0,…]},
 *      "nodes":{"frame":[0,1,…],"up":[0,0,1,…],"self":[5,9,…],"samples":[3,2,…]}}
 *
 * Nodes are in depth-first order; `up` says how many levels above its predecessor's child a node stands (0: it is the
 * child, 1: the sibling). Frames that no node uses are left out. All else follows from self times and depths.
 */
interface PackedGraph {
  readonly format: 'flambe-graph';
  readonly version: 1;
  readonly facts: GraphFacts;
  readonly urls: readonly string[];
  readonly frames: {
    readonly name: readonly string[];
    readonly url: readonly number[];
    readonly line: readonly number[];
    readonly column: readonly number[];
    readonly kind: readonly number[];
  };
  readonly nodes: {
    readonly frame: readonly number[];
    readonly up: readonly number[];
    readonly self: readonly number[];
    readonly samples: readonly number[];
  };
}

export function packGraph(tree: CallTree, facts: GraphFacts): string {
  const { frames } = tree;
  const used = [...new Set(tree.frame)].sort((a, b) => a - b);
  const packedByFrame = new Map(used.map((frame, packed) => [frame, packed]));
  const urls = [...new Set(used.map((frame) => frames.url[frame]!))];
  const packedByUrl = new Map(urls.map((url, packed) => [url, packed]));
  const packed: PackedGraph = {
    format: 'flambe-graph',
    version: 1,
    facts,
    urls,
    frames: {
      name: used.map((frame) => frames.name[frame]!),
      url: used.map((frame) => packedByUrl.get(frames.url[frame]!)!),
      line: used.map((frame) => frames.line[frame]!),
      column: used.map((frame) => frames.column[frame]!),
      kind: used.map((frame) => frames.kind[frame]!),
    },
    nodes: {
      frame: Array.from(tree.frame, (frame) => packedByFrame.get(frame)!),
      up: Array.from(tree.depth, (depth, node) => (node === 0 ? 0 : tree.depth[node - 1]! + 1 - depth)),
      self: [...tree.self],
      samples: [...tree.samples],
    },
  };
  return JSON.stringify(packed).replaceAll(/[<>&'\u007f-\uffff]/g, unicodeEscape);
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Reads what {@link packGraph} wrote. Throws on a text that is no JSON, or of another format or version. */
export function unpackGraph(text: string): { tree: CallTree; facts: GraphFacts } {
  const { format, version, facts, urls, frames, nodes } = JSON.parse(text) as PackedGraph;
  if (format !== 'flambe-graph' || version !== 1)
    throw new Error(`Expected a flambe-graph 1, found ${format} ${version}`);
  const table: FrameTable = {
    name: frames.name,
    url: frames.url.map((url) => urls[url]!),
    line: Int32Array.from(frames.line),
    column: Int32Array.from(frames.column),
    kind: Uint8Array.from(frames.kind),
  };
  return { tree: { frames: table, ...unpackNodes(nodes) }, facts };
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
