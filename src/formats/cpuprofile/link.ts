import type { JsonScanner } from '../json/scanner.ts';
import type { Numbers } from '../json/wide-column.ts';
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
    const most = largest(id);
    const map = new Map<number, number>();
    this.#map = map;
    this.#column = most < SPARSE * id.length ? new Int32Array(most + 1) : null;
    const second = this.#column ? enterColumn(this.#column, id) : enterMap(map, id);
    if (second !== NONE) throw scanner.error(`another node has the id ${id[second]}, too`, placeOf(second));
  }

  /** The places of nodes; -1 where none has the id. */
  of(ids: Numbers): Int32Array {
    return this.#column ? lookUp(this.#column, ids) : Int32Array.from(ids, (id) => this.#map.get(id) ?? NONE);
  }
}

function largest(numbers: Int32Array): number {
  let most = 0;
  for (let at = 0; at < numbers.length; at++) if (numbers[at]! > most) most = numbers[at]!;
  return most;
}

/** Writes node + 1 at each id; gives the first node whose id another has, if there is one. */
function enterColumn(column: Int32Array, id: Int32Array): number {
  for (let node = 0; node < id.length; node++) {
    if (column[id[node]!] !== 0) return node;
    column[id[node]!] = node + 1;
  }
  return NONE;
}

function enterMap(map: Map<number, number>, id: Int32Array): number {
  for (let node = 0; node < id.length; node++) {
    if (map.has(id[node]!)) return node;
    map.set(id[node]!, node);
  }
  return NONE;
}

function lookUp(column: Int32Array, ids: Numbers): Int32Array {
  const found = new Int32Array(ids.length);
  // Whatever number this is, it may be none of a node.
  for (let at = 0; at < found.length; at++) found[at] = (column[ids[at]!] ?? 0) - 1;
  return found;
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
  const missing = (pairs: Pairs, row: number, what: string): Error =>
    scanner.error(`the ${what} of a node is node ${pairs.id[row]}, which is not there`, placeOf(pairs.node[row]!));
  const child = nodes.of(children.id);
  const wrong = takeChildren(parent, children.node, child);
  if (wrong !== NONE && child[wrong] === NONE) throw missing(children, wrong, 'child');
  if (wrong !== NONE)
    throw scanner.error(
      `node ${children.id[wrong]} is a child, and has been one before`,
      placeOf(children.node[wrong]!),
    );
  const aboves = nodes.of(parents.id);
  for (let row = 0; row < aboves.length; row++) {
    const above = aboves[row]!;
    const node = parents.node[row]!;
    if (above === NONE) throw missing(parents, row, 'parent');
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

/** Writes the parents of children; gives the first row whose child is not there, or has one, if there is such a row. */
function takeChildren(parent: Int32Array, node: Int32Array, child: Int32Array): number {
  for (let row = 0; row < child.length; row++) {
    if (child[row] === NONE || parent[child[row]!] !== NONE) return row;
    parent[child[row]!] = node[row]!;
  }
  return NONE;
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
