/** What a generated profile is to be like; the same gives the same. */
export interface ProfileShape {
  readonly nodes: number;
  readonly samples: number;
  readonly seed: number;
  /** Frames on top of each other in one stack at least; the others are some dozens high. */
  readonly depth?: number;
}

/** Nodes for each function, as in real profiles. */
const NODES_PER_FUNCTION = 60;
const FUNCTIONS_PER_SCRIPT = 40;
/** Microseconds between two samples. */
const INTERVAL = 100;
const USUAL_DEPTH = 40;
/** Nodes that V8 puts on top of the root. */
const pseudo = ['(program)', '(garbage collector)', '(idle)'];

/**
 * The bytes of a `.cpuprofile` as V8 writes it: nodes in depth-first order, each function called by a few others, most
 * samples of the leaves, each near the one before it.
 */
export function generateProfile({ nodes, samples, seed, depth = 0 }: ProfileShape): Uint8Array {
  const chance = chanceOf(seed);
  const callFrames = Array.from({ length: Math.ceil(nodes / NODES_PER_FUNCTION) + 8 }, (_, index) =>
    callFrameText(index, chance),
  );
  const { parent, fn } = growTree(nodes, callFrames.length, depth, chance);
  const hits = new Int32Array(nodes);
  const sampled = Int32Array.from(walk(parent, samples, chance));
  for (const node of sampled) hits[node]!++;
  const children = Array.from({ length: nodes }, (): number[] => []);
  for (let node = 1; node < nodes; node++) children[parent[node]!]!.push(node + 1);
  const written = children.map((below, node) => {
    const callFrame =
      node === 0
        ? pseudoText('(root)')
        : node <= pseudo.length
          ? pseudoText(pseudo[node - 1]!)
          : callFrames[fn[node]!]!;
    const ticks = hits[node]! > 0 ? `,"positionTicks":[{"line":${1 + (node % 900)},"ticks":${hits[node]}}]` : '';
    const list = below.length > 0 ? `,"children":[${below.join(',')}]` : '';
    return `{"id":${node + 1},"callFrame":${callFrame},"hitCount":${hits[node]}${list}${ticks}}`;
  });
  const deltas = Array.from(sampled, () => (chance() < 0.0005 ? -1 : Math.round(INTERVAL * (0.7 + 0.6 * chance()))));
  const start = 1_000_000;
  const end = deltas.reduce((time, delta) => time + delta, start) + INTERVAL;
  const ids = Array.from(sampled, (node) => node + 1);
  return new TextEncoder().encode(
    `{"nodes":[${written.join(',')}],"startTime":${start},"endTime":${end},"samples":[${ids.join(',')}],"timeDeltas":[${deltas.join(',')}]}`,
  );
}

/** Numbers from 0 up to 1 (xorshift). */
function chanceOf(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const parts = ['read', 'write', 'visit', 'Node', 'List', 'scope', 'Type', 'emit', 'Token', 'resolve', 'cache', 'Path'];

function callFrameText(index: number, chance: () => number): string {
  const part = () => parts[Math.floor(chance() * parts.length)]!;
  const name = chance() < 0.15 ? '' : `${part()}${part()}${part()}${index % 7}`;
  const script = Math.floor(index / FUNCTIONS_PER_SCRIPT);
  const url = `file:///home/user/project/node_modules/some-package-${script % 9}/dist/lib/module-${script}.js`;
  const place = `"lineNumber":${Math.floor(chance() * 20_000)},"columnNumber":${Math.floor(chance() * 90)}`;
  return `{"functionName":"${name}","scriptId":"${script + 60}","url":"${url}",${place}}`;
}

function pseudoText(name: string): string {
  return `{"functionName":"${name}","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1}`;
}

/** Nodes are made along a walk that goes up and down, so that they stand in depth-first order. */
function growTree(nodes: number, functions: number, deepest: number, chance: () => number) {
  const parent = new Int32Array(nodes).fill(-1);
  const fn = new Int32Array(nodes);
  const depth = new Int32Array(nodes);
  let at = 0;
  for (let node = 1; node < nodes; node++) {
    if (node <= pseudo.length + 1) at = 0;
    else if (node > deepest) {
      const isHigh = depth[at]! > USUAL_DEPTH * chance() * 2;
      for (let up = isHigh ? 1 + Math.floor(chance() * 9) : 0; up > 0 && parent[at]! > 0; up--) at = parent[at]!;
    }
    parent[node] = at;
    depth[node] = depth[at]! + 1;
    fn[node] = callee(fn[at]!, Math.floor(chance() ** 2 * 12), functions);
    at = node;
  }
  return { parent, fn };
}

/** A function calls a few others; some are called from all over, most from here and there. */
function callee(caller: number, which: number, functions: number): number {
  const mixed = Math.imul(Math.imul(caller + 1, 0x9e3779b1) ^ (which + 1), 0x85ebca6b);
  return Math.floor(((mixed >>> 0) / 2 ** 32) ** 3 * functions);
}

/** A node for each sample: mostly the one before, or one near it. */
function* walk(parent: Int32Array, samples: number, chance: () => number): Generator<number> {
  let at = parent.length - 1;
  for (let sample = 0; sample < samples; sample++) {
    const move = chance();
    if (move < 0.05) yield 1 + Math.floor(chance() * pseudo.length);
    else {
      if (move > 0.6) at += 1 + Math.floor(chance() * 9);
      if (move > 0.97) at = Math.floor(chance() * parent.length);
      at = at < parent.length ? Math.max(at, pseudo.length + 1) : pseudo.length + 1;
      yield at;
    }
  }
}
