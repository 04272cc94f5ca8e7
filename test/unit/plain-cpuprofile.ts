/** The plainest way to read a `.cpuprofile`: an object for everything, and text compared with text. */
import type { CpuProfile } from '../../src/formats/cpuprofile/read.ts';
import { FrameKind } from '../../src/profile/model.ts';

/** A node of the tree in depth-first order, siblings by falling total, then by name and place. */
export interface PlainRow {
  readonly depth: number;
  readonly frame: string;
  readonly self: number;
  readonly total: number;
  readonly samples: number;
}

/** A stretch of the timeline: from when to when, and the frame that it is self time of. */
export type PlainStretch = readonly [start: number, end: number, frame: string];

export interface PlainProfile {
  readonly rows: readonly PlainRow[];
  readonly stretches: readonly PlainStretch[];
}

interface Node {
  readonly name: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
  readonly kind: FrameKind;
  readonly children: Node[];
  self: number;
  total: number;
  samples: number;
}

type Fields = Readonly<Record<string, unknown>>;

const mostInt32 = 2 ** 31 - 1;

/** Throws an error for what is no profile. */
export function readPlainly(bytes: Uint8Array): PlainProfile {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const profile = record(JSON.parse(text));
  check(!hasTwice(text));
  const nodes = list(profile.nodes).map(record);
  const byId = new Map(nodes.map((node) => [integer(node.id, 0), node]));
  check(byId.size === nodes.length);
  const parentOf = new Map<Fields, Fields>();
  for (const node of nodes)
    for (const id of node.children === undefined ? [] : list(node.children)) {
      const child = byId.get(integer(id, 0));
      check(child !== undefined && !parentOf.has(child));
      parentOf.set(child!, node);
    }
  for (const node of nodes) {
    if (node.parent === undefined) continue;
    const parent = byId.get(integer(node.parent, 0));
    check(parent !== undefined && (parentOf.get(node) ?? parent) === parent);
    parentOf.set(node, parent!);
  }
  const roots = nodes.filter((node) => !parentOf.has(node));
  check(roots.length === 1);
  const childrenOf = new Map<Fields, Fields[]>(nodes.map((node) => [node, []]));
  for (const [node, parent] of parentOf) childrenOf.get(parent)!.push(node);
  const { root, mergedOf } = merge(roots[0]!, childrenOf);
  check(mergedOf.size === nodes.length);

  let time = integerOrTime(profile.startTime);
  const end = integerOrTime(profile.endTime);
  const deltas = list(profile.timeDeltas);
  const taken = list(profile.samples).map((id, index) => {
    const node = byId.get(integer(id, 0));
    check(node !== undefined && typeof deltas[index] === 'number');
    time = integerOrTime(time + (deltas[index] as number));
    return { time, node: mergedOf.get(node!)! };
  });
  check(taken.length > 0 && taken.length === deltas.length);
  taken.sort((a, b) => a.time - b.time);
  const first = taken[0]!.time;
  const stretches: PlainStretch[] = [];
  for (const [index, sample] of taken.entries()) {
    const next = taken[index + 1]?.time ?? Math.max(end, sample.time);
    const [from, to] = [Math.round(sample.time - first), Math.round(next - first)];
    sample.node.self += to - from;
    sample.node.samples++;
    if (to > from) stretches.push([from, to, frameText(sample.node)]);
  }
  return { rows: rowsOf(root), stretches };
}

const knownNames: Readonly<Record<number, readonly string[]>> = {
  1: ['nodes', 'startTime', 'endTime', 'samples', 'timeDeltas'],
  3: ['id', 'callFrame', 'hitCount', 'children', 'positionTicks', 'parent'],
  4: ['functionName', 'scriptId', 'url', 'lineNumber', 'columnNumber'],
};

/** Whether an object has a name twice, at the depths where names mean something. `text` is JSON. */
function hasTwice(text: string): boolean {
  const open: Set<string>[] = [];
  for (const [token, key] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (key !== undefined) {
      const name = JSON.parse(key) as string;
      const names = open.at(-1)!;
      if (knownNames[open.length]?.includes(name) && names.has(name)) return true;
      names.add(name);
    } else if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
  }
  return false;
}

function merge(root: Fields, childrenOf: Map<Fields, Fields[]>): { root: Node; mergedOf: Map<Fields, Node> } {
  const merged = nodeOf(root, 'root');
  const mergedOf = new Map([[root, merged]]);
  for (const [from, to] of mergedOf) {
    for (const child of childrenOf.get(from)!) {
      const made = nodeOf(child, from === root ? 'on root' : 'above');
      const same = to.children.find((each) => frameText(each) === frameText(made));
      if (!same) to.children.push(made);
      mergedOf.set(child, same ?? made);
    }
  }
  return { root: merged, mergedOf };
}

function nodeOf(node: Fields, where: 'root' | 'on root' | 'above'): Node {
  const { functionName, url = '', lineNumber = -1, columnNumber = -1 } = record(node.callFrame);
  check(typeof functionName === 'string' && typeof url === 'string');
  const [name, address] = [functionName as string, url as string];
  const line = integer(lineNumber, -1) + 1;
  const column = integer(columnNumber, -1) + 1;
  const times = { children: [], self: 0, total: 0, samples: 0 };
  if (where === 'root' && name === '(root)' && address === '')
    return { name: 'All', url: '', line: 0, column: 0, kind: FrameKind.group, ...times };
  const isPseudo = ['(program)', '(garbage collector)', '(idle)'].includes(name) && address === '' && line === 0;
  const kind =
    isPseudo && where === 'on root'
      ? FrameKind.engine
      : address !== '' || line > 0
        ? FrameKind.script
        : FrameKind.native;
  return { name, url: address, line, column, kind, ...times };
}

function rowsOf(root: Node): PlainRow[] {
  const nodes: { node: Node; depth: number; parent: Node | null }[] = [{ node: root, depth: 0, parent: null }];
  for (const { node, depth } of nodes)
    for (const child of node.children) nodes.push({ node: child, depth: depth + 1, parent: node });
  const samples = new Map(nodes.map(({ node }) => [node, node.samples]));
  for (const { node } of nodes) node.total = node.self;
  for (const { node, parent } of nodes.toReversed()) {
    if (!parent) continue;
    parent.total += node.total;
    samples.set(parent, samples.get(parent)! + samples.get(node)!);
  }
  const rows: PlainRow[] = [];
  const open = [{ node: root, depth: 0 }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { node, depth } = at;
    rows.push({ depth, frame: frameText(node), self: node.self, total: node.total, samples: samples.get(node)! });
    const shown = node.children.filter(({ total }) => total > 0).sort(compare);
    for (const child of shown.reverse()) open.push({ node: child, depth: depth + 1 });
  }
  return rows;
}

function compare(a: Node, b: Node): number {
  return (
    b.total - a.total ||
    compareText(a.name, b.name) ||
    compareText(a.url, b.url) ||
    a.line - b.line ||
    a.column - b.column ||
    a.kind - b.kind
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function frameText({ name, url, line, column, kind }: Omit<Node, 'children' | 'self' | 'total' | 'samples'>): string {
  return JSON.stringify([name, url, line, column, kind]);
}

/** What the product's reader gives, in the same form. */
export function plainOf(profile: CpuProfile): PlainProfile {
  const { tree } = profile;
  const timeline = profile.timeline();
  const { name, url, line, column, kind } = tree.frames;
  const texts = name.map((_, frame) =>
    frameText({
      name: name[frame]!,
      url: url[frame]!,
      line: line[frame]!,
      column: column[frame]!,
      kind: kind[frame] as FrameKind,
    }),
  );
  const rows = Array.from(tree.frame, (frame, node) => ({
    depth: tree.depth[node]!,
    frame: texts[frame]!,
    self: tree.self[node]!,
    total: tree.total[node]!,
    samples: tree.samples[node]!,
  }));
  const stretches = Array.from(
    timeline.node,
    (node, at) => [timeline.start[at]!, timeline.end[at]!, texts[tree.frame[node]!]!] as const,
  );
  return { rows, stretches };
}

function check(isFine: boolean): void {
  if (!isFine) throw new Error('no profile');
}

function record(value: unknown): Fields {
  check(typeof value === 'object' && value !== null && !Array.isArray(value));
  return value as Fields;
}

function list(value: unknown): unknown[] {
  check(Array.isArray(value));
  return value as unknown[];
}

function integer(value: unknown, least: number): number {
  check(Number.isInteger(value) && (value as number) >= least && (value as number) < mostInt32);
  return value as number;
}

function integerOrTime(value: unknown): number {
  check(typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER);
  return value as number;
}
