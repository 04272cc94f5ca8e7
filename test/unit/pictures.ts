import { type CallTree, FrameKind, type FrameTable } from '../../src/profile/model.ts';

/** One box of a tree for a test; times in µs. Children may stand in any order. */
export interface PictureNode {
  readonly name: string;
  readonly self: number;
  readonly samples?: number;
  readonly url?: string;
  readonly line?: number;
  readonly kind?: FrameKind;
  readonly children?: readonly PictureNode[];
}

/**
 * A call tree from a picture: a node a line, its name (`(anonymous)` for none), its self time in µs, and where it is
 * or what kind it is.
 *
 *     dispatch 10 store.js:88
 *       reduce 20 store.js:12
 *         clone 70
 *       appendChild 5 native
 */
export function treeOf(picture: string): CallTree {
  const lines = picture.split('\n').filter((line) => line.trim() !== '');
  const margin = /^ */.exec(lines[0]!)![0].length;
  const path: (PictureNode & { children: PictureNode[] })[] = [];
  for (const line of lines) {
    const depth = (/^ */.exec(line)![0].length - margin) / 2;
    const [, name, self, where] = /^(.*?) (\d+)(?: (\S+))?$/.exec(line.trim())!;
    const node = { name: name === '(anonymous)' ? '' : name!, self: Number(self), ...place(where), children: [] };
    path.length = depth;
    path.at(-1)?.children.push(node);
    path.push(node);
  }
  return buildTree(path[0]!);
}

function place(where: string | undefined): Partial<PictureNode> {
  if (where === undefined) return { url: 'app.js', line: 1 };
  if (where in FrameKind) return { kind: FrameKind[where as keyof typeof FrameKind] };
  const [, url, line] = /^(.*?)(?::(\d+))?$/.exec(where)!;
  return { url: url!, line: Number(line ?? 0) };
}

/** The columns of a tree of nodes, siblings put in the order that the model asks for. Nodes of total 0 are left out. */
export function buildTree(root: PictureNode): CallTree {
  const frameByKey = new Map<string, number>();
  const rows: PictureNode[] = [];
  const columns = { frame: [] as number[], parent: [] as number[], depth: [] as number[], self: [] as number[] };
  const samples: number[] = [];
  const totalOf = (node: PictureNode): number =>
    node.self + (node.children ?? []).reduce((sum, child) => sum + totalOf(child), 0);
  const add = (node: PictureNode, parent: number, depth: number): void => {
    const { name, url = '', line = 0, kind = FrameKind.script } = node;
    const key = JSON.stringify([name, url, line, kind]);
    if (!frameByKey.has(key)) {
      frameByKey.set(key, rows.length);
      rows.push({ ...node, url, line, kind });
    }
    const index = columns.frame.push(frameByKey.get(key)!) - 1;
    columns.parent.push(parent);
    columns.depth.push(depth);
    columns.self.push(node.self);
    samples.push(node.samples ?? 0);
    const children = (node.children ?? []).map((child) => ({ child, total: totalOf(child) }));
    children.sort((a, b) => b.total - a.total || (a.child.name < b.child.name ? -1 : 1));
    for (const { child, total } of children) if (total > 0) add(child, index, depth + 1);
  };
  add(root, -1, 0);
  const frames: FrameTable = {
    name: rows.map((row) => row.name),
    url: rows.map((row) => row.url!),
    line: Int32Array.from(rows, (row) => row.line!),
    column: new Int32Array(rows.length),
    kind: Uint8Array.from(rows, (row) => row.kind!),
  };
  return complete(frames, columns, samples);
}

interface GivenColumns {
  readonly frame: readonly number[];
  readonly parent: readonly number[];
  readonly depth: readonly number[];
  readonly self: readonly number[];
}

function complete(frames: FrameTable, given: GivenColumns, samples: readonly number[]): CallTree {
  const total = Float64Array.from(given.self);
  const subtreeSize = new Int32Array(total.length).fill(1);
  for (let node = total.length - 1; node > 0; node--) {
    total[given.parent[node]!]! += total[node]!;
    subtreeSize[given.parent[node]!]! += subtreeSize[node]!;
  }
  return {
    frames,
    frame: Int32Array.from(given.frame),
    parent: Int32Array.from(given.parent),
    depth: Int32Array.from(given.depth),
    subtreeSize,
    self: Float64Array.from(given.self),
    total,
    samples: Int32Array.from(samples),
  };
}

/** A root with `fans` subtrees, each a chain of `depth` nodes under which `leaves` equal leaves hang. Any size, no recursion. */
export function largeTree(fans: number, depth: number, leaves: number): CallTree {
  const frames: FrameTable = {
    name: ['root', 'link', 'leaf'],
    url: ['app.js', 'app.js', 'lib.js'],
    line: Int32Array.of(1, 2, 3),
    column: new Int32Array(3),
    kind: new Uint8Array(3),
  };
  const frame = [0];
  const parent = [-1];
  const depths = [0];
  const self = [1];
  const add = (what: number, above: number, time: number): number => {
    frame.push(what);
    depths.push(depths[above]! + 1);
    self.push(time);
    return parent.push(above) - 1;
  };
  for (let fan = 0; fan < fans; fan++) {
    let above = 0;
    for (let link = 0; link < depth; link++) above = add(1, above, 1);
    for (let leaf = 0; leaf < leaves; leaf++) add(2, above, 10);
  }
  return complete(frames, { frame, parent, depth: depths, self }, new Array<number>(frame.length).fill(1));
}
