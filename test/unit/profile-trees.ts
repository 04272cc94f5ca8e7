import fc from 'fast-check';
import { type CallTree, FrameKind, type FrameTable } from '../../src/profile/model.ts';
import { orderTree } from '../../src/profile/tree.ts';

const rows = [
  { name: 'root', url: 'app.js', line: 1, column: 1, kind: FrameKind.script },
  { name: 'b', url: 'app.js', line: 9, column: 1, kind: FrameKind.script },
  { name: 'a', url: 'app.js', line: 10, column: 7, kind: FrameKind.script },
  // The same place under two names is one function; the same name at two places is two.
  { name: 'twin', url: 'app.js', line: 30, column: 3, kind: FrameKind.script },
  { name: 'get twin', url: 'app.js', line: 30, column: 3, kind: FrameKind.script },
  { name: 'a', url: 'lib/x.js', line: 2, column: 4, kind: FrameKind.script },
  { name: 'c', url: 'lib/x.js', line: 2, column: 40, kind: FrameKind.script },
  { name: 'd', url: 'lib/y.js', line: 5, column: 1, kind: FrameKind.script },
  { name: 'sort', url: '', line: 0, column: 0, kind: FrameKind.native },
  { name: 'Layout', url: '', line: 0, column: 0, kind: FrameKind.browser },
  { name: '(garbage collector)', url: '', line: 0, column: 0, kind: FrameKind.engine },
  { name: '(not sampled)', url: '', line: 0, column: 0, kind: FrameKind.notSampled },
];

/** A dozen frames of all kinds, among them two of one function and two of one name. */
export const someFrames: FrameTable = {
  name: rows.map(({ name }) => name),
  url: rows.map(({ url }) => url),
  line: Int32Array.from(rows, ({ line }) => line),
  column: Int32Array.from(rows, ({ column }) => column),
  kind: Uint8Array.from(rows, ({ kind }) => kind),
};

/** The frame of a name, the first one of several. */
export function frameOf(name: string): number {
  return someFrames.name.indexOf(name);
}

/** A call tree as plain objects, for references that may recur. Siblings stand in no order. */
export interface PlainNode {
  readonly frame: number;
  self: number;
  /** That end here. */
  samples: number;
  readonly children: PlainNode[];
}

export function totalOf(node: PlainNode): number {
  return node.children.reduce((sum, child) => sum + totalOf(child), node.self);
}

export function samplesOf(node: PlainNode): number {
  return node.children.reduce((sum, child) => sum + samplesOf(child), node.samples);
}

/** Any tree over {@link someFrames} in which no two siblings are of one frame; deep as well as broad, some nodes without time. */
export const anyPlainTree: fc.Arbitrary<PlainNode> = fc
  .array(
    fc.record({
      frame: fc.nat(rows.length - 1),
      self: fc.oneof(fc.constant(0), fc.nat(5), fc.nat(100_000)),
      samples: fc.nat(3),
      under: fc.oneof(fc.constant(0), fc.nat()),
    }),
    { maxLength: 60 },
  )
  .map((seeds) => {
    const root: PlainNode = { frame: 0, self: 1, samples: 0, children: [] };
    const nodes = [root];
    for (const { frame, self, samples, under } of seeds) {
      // The newest first, so that 0 makes chains.
      const parent = nodes[nodes.length - 1 - (under % nodes.length)]!;
      if (parent.children.some((child) => child.frame === frame)) continue;
      const node: PlainNode = { frame, self, samples, children: [] };
      parent.children.push(node);
      nodes.push(node);
    }
    return root;
  });

/** The columns of a tree, in the order in which its nodes are found. */
export function looseOf(root: PlainNode) {
  const nodes: PlainNode[] = [];
  const parent: number[] = [];
  const add = (node: PlainNode, above: number) => {
    const at = nodes.push(node) - 1;
    parent.push(above);
    for (const child of node.children) add(child, at);
  };
  add(root, -1);
  return {
    parent,
    frame: nodes.map((node) => node.frame),
    self: Float64Array.from(nodes, (node) => node.self),
    samples: Int32Array.from(nodes, (node) => node.samples),
  };
}

export function columnsOf(root: PlainNode): CallTree {
  return orderTree(someFrames, looseOf(root)).tree;
}

/**
 * What a tree says, whatever the order of its siblings: the path of each node that has time in text, with its self time,
 * total and samples. Frames are told by their names and places.
 */
export function factsOfPlain(root: PlainNode, frames: FrameTable = someFrames): Map<string, string> {
  const facts = new Map<string, string>();
  /** Samples of a node, with those of the parts below it that have no time. */
  const add = (node: PlainNode, path: string) => {
    const here = `${path}/${labelOf(frames, node.frame)}`;
    if (facts.has(here)) throw new Error(`${here} is there twice`);
    facts.set(here, `${node.self} ${totalOf(node)} ${samplesOf(node)}`);
    for (const child of node.children) if (totalOf(child) > 0) add(child, here);
  };
  add(root, '');
  return facts;
}

export function factsOf(tree: CallTree): Map<string, string> {
  const facts = new Map<string, string>();
  const paths: string[] = [];
  for (let node = 0; node < tree.frame.length; node++) {
    const here = `${paths[tree.parent[node]!] ?? ''}/${labelOf(tree.frames, tree.frame[node]!)}`;
    if (facts.has(here)) throw new Error(`${here} is there twice`);
    paths.push(here);
    facts.set(here, `${tree.self[node]} ${tree.total[node]} ${tree.samples[node]}`);
  }
  return facts;
}

function labelOf({ name, url, line, column }: FrameTable, frame: number): string {
  return `${name[frame]}@${url[frame]}:${line[frame]}:${column[frame]}`;
}

/** A root with so many children; under each a chain of so many links, taken in turn from the frames given. */
export function chains(count: number, length: number, frames: readonly number[]): CallTree {
  const size = 1 + count * length;
  const loose = {
    parent: new Int32Array(size),
    frame: new Int32Array(size),
    self: new Float64Array(size).fill(1),
    samples: new Int32Array(size).fill(1),
  };
  for (let chain = 0, node = 1; chain < count; chain++)
    for (let link = 0; link < length; link++, node++) {
      loose.parent[node] = link === 0 ? 0 : node - 1;
      loose.frame[node] = frames[(chain + link) % frames.length]!;
    }
  return orderTree(someFrames, loose).tree;
}

export function plainOf(tree: CallTree): PlainNode {
  const nodes: PlainNode[] = [];
  for (const [node, frame] of tree.frame.entries()) {
    const made: PlainNode = { frame, self: tree.self[node]!, samples: tree.samples[node]!, children: [] };
    nodes.push(made);
    const parent = nodes[tree.parent[node]!];
    if (!parent) continue;
    parent.children.push(made);
    parent.samples -= tree.samples[node]!;
  }
  return nodes[0]!;
}
