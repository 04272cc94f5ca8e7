import { type CallTree, FrameKind, type FrameTable } from '../../src/profile/model.ts';

const FUNCTIONS = 2000;
const words = ['parse', 'render', 'update', 'compile', 'visit', 'resolve', 'emit', 'merge'];

/** A call tree of so many nodes, the same each time: stacks of 20 to 60 frames of 2000 functions, or one of `deep` too. */
export function growTree(nodes: number, { deep = 0 }: { deep?: number } = {}): CallTree {
  const chance = seeded(nodes);
  const [frame, parent, depth] = [new Int32Array(nodes), new Int32Array(nodes), new Int32Array(nodes)];
  const self = new Float64Array(nodes);
  const subtreeSize = new Int32Array(nodes).fill(1);
  const path = [0];
  parent[0] = -1;
  for (let node = 1, leaf = deep || 40; node < nodes; node++) {
    // A stack grows up to its leaf; the next one leaves it some frames below.
    if (path.length > leaf) {
      path.length = Math.max(1, path.length - 1 - Math.floor(12 * chance()));
      leaf = Math.max(path.length, 20 + Math.floor(40 * chance()));
    }
    frame[node] = Math.floor(FUNCTIONS * chance());
    parent[node] = path.at(-1)!;
    depth[node] = path.length;
    self[node] = Math.floor(10 / (0.01 + chance()));
    path.push(node);
  }
  const total = self.slice();
  for (let node = nodes - 1; node > 0; node--) {
    total[parent[node]!]! += total[node]!;
    subtreeSize[parent[node]!]! += subtreeSize[node]!;
  }
  return {
    frames: someFrames(),
    frame,
    parent,
    depth,
    subtreeSize,
    self,
    total,
    samples: new Int32Array(nodes).fill(1),
  };
}

function someFrames(): FrameTable {
  const numbers = Array.from({ length: FUNCTIONS }, (_, i) => i);
  return {
    name: numbers.map((i) => `${words[i % words.length]}${['Token', 'Item', 'Row'][i % 3]}${i}`),
    url: numbers.map((i) => `https://app.example.com/assets/module-${i % 60}.js`),
    line: Int32Array.from(numbers, (i) => 1 + i * 7),
    column: Int32Array.from(numbers, (i) => 1 + (i % 80)),
    kind: new Uint8Array(FUNCTIONS).fill(FrameKind.script),
  };
}

/** Numbers from 0 to 1 (a linear congruence): the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = (seed % 0x7ffffffe) + 1;
  return () => {
    state = (state * 48_271) % 0x7fffffff;
    return state / 0x7fffffff;
  };
}

/** `root;f;g 12`, a line for each node that has time of its own, as flamegraph.pl reads them. */
export function foldedLines({ frames, frame, parent, self }: CallTree): string {
  const paths: string[] = [];
  const lines: string[] = [];
  for (let node = 0; node < frame.length; node++) {
    const name = frames.name[frame[node]!]!;
    paths.push(node === 0 ? name : `${paths[parent[node]!]};${name}`);
    if (self[node]! > 0) lines.push(`${paths[node]} ${self[node]}`);
  }
  return `${lines.join('\n')}\n`;
}
