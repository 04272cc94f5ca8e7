import { NO_SAMPLE } from './division.ts';
import { withGroupFrames } from './group-frames.ts';
import type { CallTree, Microseconds, NodeIndex, SampleIndex } from './model.ts';
import type { Timeline } from './timeline.ts';
import { type OrderedTree, orderTree } from './tree.ts';

/** The name of the root of a chart of several calls. */
export const ALL_CALLS = 'All calls';
/** The name of the root of a chart of one call that an edit has left gaps in. */
export const ONE_CALL = 'Call';
const GROUPS = [ALL_CALLS, ONE_CALL] as const;

/** Nodes of a chart at most, the root of several aside, so that it takes no more than some 80 MB. */
const MOST_NODES = 1_000_000;

export interface Chart {
  /**
   * One node for each stretch of time in which a function stood at one place of the stack; siblings stand in order of time.
   * Columns as in any call tree: the time of a node is that from its start on, without a gap.
   */
  readonly tree: CallTree;
  /** Microseconds of the timeline, by node. */
  readonly start: Float64Array;
  /** The node of the edited tree that a node is a stretch of; -1 for a root that stands for several. */
  readonly nodeOf: Int32Array;
}

/**
 * Calls in the order of time. The root is the target, if its time is all of the timeline in one piece; otherwise (there
 * are several calls, or an edit left time out) a root of kind `group` has each piece below it, and what was left out as its
 * self time. `edited` is the timeline's own tree after edits. Where there would be too many nodes, the deepest levels are
 * left out, and their time is self time of what is below them.
 */
export function chartOf(timeline: Timeline, edited: OrderedTree = unedited(timeline.tree), most = MOST_NODES): Chart {
  const { tree, placeOf } = edited;
  const common = commonDepths(timeline, edited);
  const { count, deepest } = sizeWithin(most, tree, placeOf, timeline, common);
  const pieces = new Pieces(tree, count, deepest);
  for (let i = 0; i < common.length; i++) {
    const place = placeOf[timeline.node[i]!]!;
    const [start, end] = [timeline.start[i]!, timeline.end[i]!];
    if (place >= 0) pieces.add(place, common[i]!, start, end, timeline.sample[i]!);
  }
  return pieces.chart(timeline);
}

function unedited(tree: CallTree): OrderedTree {
  return { tree, placeOf: tree.frame.map((_, node) => node) };
}

/** Of each stretch that is shown, the depth down to which it goes on from the stretch before it; -1 where it does not. */
function commonDepths({ node, call }: Timeline, { tree, placeOf }: OrderedTree): Int32Array {
  const common = new Int32Array(node.length).fill(-1);
  for (let i = 1; i < node.length; i++) {
    const place = placeOf[node[i]!]!;
    let around = placeOf[node[i - 1]!]!;
    if (place < 0 || around < 0 || call[i] !== call[i - 1]) continue;
    while (place < around || place >= around + tree.subtreeSize[around]!) around = tree.parent[around]!;
    common[i] = tree.depth[around]!;
  }
  return common;
}

/** How deep a chart may be to have no more nodes than `most`, and how many that are. */
function sizeWithin(
  most: number,
  { depth }: CallTree,
  placeOf: Int32Array,
  { node }: Timeline,
  common: Int32Array,
): { count: number; deepest: number } {
  const deepestNode = depth.reduce((a, b) => Math.max(a, b), 0);
  /** How many more nodes begin at a depth than at the one before. */
  const more = new Int32Array(deepestNode + 2);
  for (let i = 0; i < node.length; i++) {
    const place = placeOf[node[i]!]!;
    if (place < 0) continue;
    more[common[i]! + 1]!++;
    more[depth[place]! + 1]!--;
  }
  let count = more[0]!;
  let deepest = 0;
  for (let level = 1, begun = count; level <= deepestNode; level++) {
    begun += more[level]!;
    if (count + begun > most) break;
    count += begun;
    deepest = level;
  }
  return { count, deepest };
}

/** The nodes of a chart in the making. Row 0 is kept for a root of several pieces. */
class Pieces {
  readonly #tree: CallTree;
  readonly #deepest: number;
  readonly #parent: Int32Array;
  readonly #place: Int32Array;
  readonly #start: Float64Array;
  readonly #self: Float64Array;
  readonly #samples: Int32Array;
  #size = 1;
  /** The latest node at each depth. */
  readonly #open: Int32Array;
  #latestSample = NO_SAMPLE;

  constructor(tree: CallTree, count: number, deepest: number) {
    this.#tree = tree;
    this.#deepest = deepest;
    this.#parent = new Int32Array(count + 1).fill(-1);
    this.#place = new Int32Array(count + 1).fill(-1);
    this.#start = new Float64Array(count + 1);
    this.#self = new Float64Array(count + 1);
    this.#samples = new Int32Array(count + 1);
    this.#open = new Int32Array(deepest + 1);
  }

  add(place: NodeIndex, common: number, start: Microseconds, end: Microseconds, sample: SampleIndex): void {
    const { parent, depth } = this.#tree;
    let at = place;
    while (depth[at]! > this.#deepest) at = parent[at]!;
    const top = depth[at]!;
    const first = this.#size;
    const last = first + Math.max(0, top - common) - 1;
    for (let node = last; node >= first; node--, at = parent[at]!) {
      this.#place[node] = at;
      this.#start[node] = start;
      this.#open[depth[at]!] = node;
    }
    this.#size = last + 1;
    for (let node = first, level = common + 1; node <= last; node++, level++)
      this.#parent[node] = level === 0 ? 0 : this.#open[level - 1]!;
    this.#self[this.#open[top]!]! += end - start;
    if (sample === NO_SAMPLE || sample === this.#latestSample) return;
    this.#latestSample = sample;
    this.#samples[this.#open[top]!]!++;
  }

  chart({ end, call }: Timeline): Chart {
    const { frames, frame } = this.#tree;
    const length = end.at(-1) ?? 0;
    const shown = this.#self.reduce((a, b) => a + b, 0);
    const isOnePiece = shown === length && this.#parent.indexOf(0) === this.#parent.lastIndexOf(0);
    // Without any time there is no piece, and the root is the target.
    if (length === 0) this.#place[0] = 0;
    const first = isOnePiece && length > 0 ? 1 : 0;
    this.#self[0] = length - shown;
    const place = this.#place.subarray(first);
    const group = frames.name.length + GROUPS.indexOf(call[0] === call.at(-1) ? ONE_CALL : ALL_CALLS);
    const loose = {
      parent: this.#parent.subarray(first).map((parent) => parent - first),
      frame: place.map((node) => (node < 0 ? group : frame[node]!)),
      self: this.#self.subarray(first),
      samples: this.#samples.subarray(first),
    };
    // The nodes stand in depth-first order already, and keep their numbers.
    const { tree } = orderTree(isOnePiece ? frames : withGroupFrames(frames, GROUPS), loose, null);
    return { tree, start: this.#start.subarray(first), nodeOf: place };
  }
}
