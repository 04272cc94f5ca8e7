import type { JsonScanner } from '../json/scanner.ts';
import type { Pairs, ScannedNodes } from './scan-nodes.ts';
import { NONE } from './values.ts';

/** Nodes by their places in the file. The children of node n are `children[first[n]]` up to (not including) `children[first[n + 1]]`. */
export interface Links {
  readonly root: number;
  readonly first: Int32Array;
  readonly children: Int32Array;
}

/** Ids that reach so many times farther than there are nodes are looked up in a map, and not in a column. */
const SPARSE = 8;

/** Finds nodes by their ids. */
export class NodesById {
  /** Node + 1. */
  readonly #column: Int32Array | null;
  readonly #map: ReadonlyMap<number, number>;

  /** Throws an error if two nodes have one id. */
  constructor(id: Int32Array, placeOf: (node: number) => number, scanner: JsonScanner) {
    const most = id.reduce((a, b) => Math.max(a, b), 0);
    const map = new Map<number, number>();
    this.#map = map;
    this.#column = most < SPARSE * id.length ? new Int32Array(most + 1) : null;
    for (let node = 0; node < id.length; node++) {
      if (this.of(id[node]!) !== NONE) throw scanner.error(`another node has the id ${id[node]}, too`, placeOf(node));
      if (this.#column) this.#column[id[node]!] = node + 1;
      else map.set(id[node]!, node);
    }
  }

  /** The place of a node; -1 where none has the id. */
  of(id: number): number {
    if (this.#column === null) return this.#map.get(id) ?? NONE;
    // Whatever number this is, it may be none of a node.
    return (this.#column[id] ?? 0) - 1;
  }
}

/**
 * Who is whose child. Throws an error if a node is the child of two, or of one that is not there, and unless there is one
 * root. Nodes that go round in a circle are not found here: nothing leads to them from the root.
 */
export function linkNodes(
  { id, children, parents }: ScannedNodes,
  nodes: NodesById,
  placeOf: (node: number) => number,
  scanner: JsonScanner,
): Links {
  const parent = new Int32Array(id.length).fill(NONE);
  const look = (pairs: Pairs, row: number, what: string): number => {
    const found = nodes.of(pairs.id[row]!);
    if (found === NONE)
      throw scanner.error(
        `the ${what} of a node is node ${pairs.id[row]}, which is not there`,
        placeOf(pairs.node[row]!),
      );
    return found;
  };
  for (let row = 0; row < children.id.length; row++) {
    const child = look(children, row, 'child');
    if (parent[child] !== NONE)
      throw scanner.error(`node ${id[child]} is a child, and has been one before`, placeOf(children.node[row]!));
    parent[child] = children.node[row]!;
  }
  for (let row = 0; row < parents.id.length; row++) {
    const above = look(parents, row, 'parent');
    const node = parents.node[row]!;
    if (parent[node] !== NONE && parent[node] !== above)
      throw scanner.error(`the parent of a node is node ${id[above]}, but it is a child of another one`, placeOf(node));
    parent[node] = above;
  }
  const root = parent.indexOf(NONE);
  if (root === NONE) throw scanner.error('no node is the root: each one is the child of another', placeOf(0));
  const second = parent.indexOf(NONE, root + 1);
  if (second !== NONE) throw scanner.error('a second node has no parent, and there is one root only', placeOf(second));
  return { root, ...childLists(parent) };
}

function childLists(parent: Int32Array): { first: Int32Array; children: Int32Array } {
  const first = new Int32Array(parent.length + 2);
  // Two places on, so that the second loop leaves each beginning where it belongs.
  for (let node = 0; node < parent.length; node++) if (parent[node] !== NONE) first[parent[node]! + 2]!++;
  for (let node = 2; node < first.length; node++) first[node]! += first[node - 1]!;
  const children = new Int32Array(parent.length - 1);
  for (let node = 0; node < parent.length; node++)
    if (parent[node] !== NONE) children[first[parent[node]! + 1]!++] = node;
  return { first, children };
}
