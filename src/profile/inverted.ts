import { withGroupFrames } from './group-frames.ts';
import type { CallTree, FrameIndex, NodeIndex } from './model.ts';
import { functionByFrame } from './moments.ts';
import { orderTree, ownSamples, type SiblingOrder } from './tree.ts';

/** The name of the root of a tree whose first level is all functions. */
export const ALL_FUNCTIONS = 'All functions';
/** The name of the box above callers that were too many to be all told apart. */
export const FURTHER_CALLERS = 'Further callers';
const GROUPS = [ALL_FUNCTIONS, FURTHER_CALLERS] as const;

/**
 * A tree upside down may have as many nodes as the tree has nodes times its depth. So many are made at most, first those
 * with the most time, so that it takes no more than some 30 MB.
 */
const MOST_NODES = 200_000;
/** Nor are more steps up taken, as recursion 10,000 deep has them by the billion; a step takes some 20 ns. */
const MOST_STEPS = 12_000_000;

/**
 * The tree upside down. Below a root of kind `group` stand all functions by their self time, below each its callers with
 * what of that time they called it for, and so on up to the root of the call tree, where the ways up end: there is the
 * self time of the inverted tree. Totals add up to that of the call tree. Where the callers are too many, those of little
 * time together are a box {@link FURTHER_CALLERS}. Two frames of one function are one, under the first of them.
 */
export function bottomUp(tree: CallTree, order: SiblingOrder = 'time', most = MOST_NODES): CallTree {
  const samples = ownSamples(tree);
  const starts = tree.frame.map((_, node) => node).filter((node) => tree.self[node]! > 0 || samples[node]! > 0);
  const root = tree.frames.name.length + GROUPS.indexOf(ALL_FUNCTIONS);
  return new Inversion(tree, root, { starts, time: tree.self, samples, beginAtStart: true }, most).finish(order);
}

/**
 * Who calls a function: the tree of its callers upside down, merged over all its outermost places. The root is the
 * function with its total, in which recursion counts once; self time is that of ways up that end, as in {@link bottomUp}.
 * Null where the tree has no such function.
 */
export function callersOf(
  tree: CallTree,
  frame: FrameIndex,
  order: SiblingOrder = 'time',
  most = MOST_NODES,
): CallTree | null {
  const starts = outermostPlaces(tree, frame);
  const { total: time, samples } = tree;
  if (starts.length === 0) return null;
  return new Inversion(tree, frame, { starts, time, samples, beginAtStart: false }, most).finish(order);
}

/** Nodes of a function that do not stand in another node of it. */
function outermostPlaces(tree: CallTree, frame: FrameIndex): Int32Array {
  const functionOf = functionByFrame(tree);
  const places: NodeIndex[] = [];
  for (let node = 0; node < tree.frame.length; ) {
    const isPlace = functionOf[tree.frame[node]!] === functionOf[frame];
    if (isPlace) places.push(node);
    node += isPlace ? tree.subtreeSize[node]! : 1;
  }
  return Int32Array.from(places);
}

/** Ways up a call tree. */
interface Ways {
  /** The nodes that they begin at. */
  readonly starts: Int32Array;
  /** What a way from a node takes along, by node. */
  readonly time: Float64Array;
  readonly samples: Int32Array;
  /** Whether the first step comes to the start itself; otherwise to its parent. */
  readonly beginAtStart: boolean;
}

/** A time is below 2^53, so its logarithm is one of these. */
const LEVELS = 54;

/**
 * Grows a tree upside down. The ways that have come up to one of its nodes are a chained list; to expand the node means
 * to lead each of them a step up the call tree, and to part them by the functions that they come to. Nodes with more time
 * are expanded first, to the power of two.
 */
class Inversion {
  readonly #tree: CallTree;
  readonly #functionOf: Int32Array;
  readonly #ways: Ways;
  readonly #most: number;
  // By node of the inverted tree.
  readonly #parent: Int32Array;
  readonly #frame: Int32Array;
  readonly #self: Float64Array;
  readonly #samples: Int32Array;
  readonly #total: Float64Array;
  readonly #wayCount: Int32Array;
  /** The first way in the list of a node; -1 for none. */
  readonly #firstWay: Int32Array;
  /** The next one in the list of nodes of a level that are still to be expanded. */
  readonly #nextOpen: Int32Array;
  readonly #firstOpen = new Int32Array(LEVELS).fill(-1);
  #openCount = 0;
  #size = 0;
  #steps = 0;
  // By way.
  readonly #nextWay: Int32Array;
  /** Where in the call tree it has come to. */
  readonly #at: Int32Array;
  /** The child made last, by function; numbers tell whether it is one of the node that is being expanded. */
  readonly #child: Int32Array;

  constructor(tree: CallTree, root: FrameIndex, ways: Ways, most: number) {
    this.#tree = tree;
    this.#functionOf = functionByFrame(tree);
    this.#ways = ways;
    const count = ways.starts.length;
    let steps = 1;
    for (const start of ways.starts) steps += tree.depth[start]! + 1;
    // Never so few that the first level would have no room.
    const functions = Math.min(count, tree.frames.name.length);
    this.#most = Math.min(Math.max(most, 2 * functions + 2), 2 * steps + 2);
    this.#parent = new Int32Array(this.#most);
    this.#frame = new Int32Array(this.#most);
    this.#self = new Float64Array(this.#most);
    this.#samples = new Int32Array(this.#most);
    this.#total = new Float64Array(this.#most);
    this.#wayCount = new Int32Array(this.#most);
    this.#firstWay = new Int32Array(this.#most).fill(-1);
    this.#nextOpen = new Int32Array(this.#most);
    this.#nextWay = new Int32Array(count);
    this.#at = ways.starts.slice();
    this.#child = new Int32Array(tree.frames.name.length);
    this.#add(-1, root);
    for (let way = 0; way < count; way++) this.#lead(way, 0);
    this.#expand(0);
    for (let level = LEVELS - 1; level >= 0; level--) {
      for (let node = this.#firstOpen[level]!; node >= 0; node = this.#firstOpen[level]!) {
        this.#firstOpen[level] = this.#nextOpen[node]!;
        this.#openCount--;
        this.#expand(node);
      }
    }
  }

  finish(order: SiblingOrder): CallTree {
    const loose = {
      parent: this.#parent.subarray(0, this.#size),
      frame: this.#frame.subarray(0, this.#size),
      self: this.#self.subarray(0, this.#size),
      samples: this.#samples.subarray(0, this.#size),
    };
    return orderTree(withGroupFrames(this.#tree.frames, GROUPS), loose, order).tree;
  }

  #expand(node: NodeIndex): void {
    const { parent, frame } = this.#tree;
    const most = Math.min(this.#wayCount[node]!, this.#child.length);
    // Each node that is still to be expanded may need one more node, for what does not fit.
    const fits = this.#size + this.#openCount + 2 * most <= this.#most;
    this.#steps += this.#wayCount[node]!;
    const hasRoom = fits && this.#steps <= MOST_STEPS;
    const firstChild = this.#size;
    let further = -1;
    for (let way = this.#firstWay[node]!, next = -1; way >= 0; way = next) {
      next = this.#nextWay[way]!;
      const at = this.#at[way]!;
      const up = node === 0 && this.#ways.beginAtStart ? at : parent[at]!;
      this.#at[way] = up;
      if (up < 0) this.#end(way, node);
      else if (hasRoom) this.#lead(way, this.#childFor(node, this.#functionOf[frame[up]!]!, firstChild));
      else {
        if (further < 0) further = this.#add(node, this.#tree.frames.name.length + GROUPS.indexOf(FURTHER_CALLERS));
        this.#end(way, further);
      }
    }
    if (hasRoom) for (let child = firstChild; child < this.#size; child++) this.#open(child);
  }

  /** Ways that have samples but no time are not followed. */
  #open(node: NodeIndex): void {
    const total = this.#total[node]!;
    if (total === 0) {
      for (let way = this.#firstWay[node]!; way >= 0; way = this.#nextWay[way]!) this.#end(way, node);
      return;
    }
    const level = Math.floor(Math.log2(total));
    this.#nextOpen[node] = this.#firstOpen[level]!;
    this.#firstOpen[level] = node;
    this.#openCount++;
  }

  #add(parent: NodeIndex, frame: FrameIndex): NodeIndex {
    const node = this.#size++;
    this.#parent[node] = parent;
    this.#frame[node] = frame;
    return node;
  }

  #childFor(node: NodeIndex, frame: FrameIndex, firstChild: NodeIndex): NodeIndex {
    const known = this.#child[frame]!;
    if (known >= firstChild) return known;
    const child = this.#add(node, frame);
    this.#child[frame] = child;
    return child;
  }

  #lead(way: number, to: NodeIndex): void {
    this.#nextWay[way] = this.#firstWay[to]!;
    this.#firstWay[to] = way;
    this.#wayCount[to]!++;
    this.#total[to]! += this.#ways.time[this.#ways.starts[way]!]!;
  }

  #end(way: number, at: NodeIndex): void {
    const start = this.#ways.starts[way]!;
    this.#self[at]! += this.#ways.time[start]!;
    this.#samples[at]! += this.#ways.samples[start]!;
  }
}
