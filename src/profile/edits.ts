import { type FrameGroups, Grouping } from './groups.ts';
import { MergedTree } from './merge.ts';
import { type CallTree, type FrameIndex, FrameKind, type FrameTable, type NodeIndex } from './model.ts';
import { functionByFrame } from './moments.ts';
import { type FramePath, nodeAt } from './paths.ts';
import { type LooseTree, looseOf, type OrderedTree, orderTree, ownSamples, type SiblingOrder } from './tree.ts';

/**
 * A change of a call tree. It names frames, never nodes, so that it holds for the tree of any call of the capture; a path
 * is one of the tree that the edits before it made.
 */
export type Edit =
  /** Nothing but the subtree: its node becomes the root. */
  | { readonly kind: 'focus'; readonly path: FramePath }
  /** Nothing but a function and what it calls: all its outermost places together become the root. */
  | { readonly kind: 'focus function'; readonly frame: FrameIndex }
  /** The function is taken out wherever it stands; its self time and its children go to its caller. */
  | { readonly kind: 'hide function'; readonly frame: FrameIndex }
  /** The subtree is taken out with its time. */
  | { readonly kind: 'drop'; readonly path: FramePath }
  /** A function that stands among its own callers goes into the nearest of its places there. */
  | { readonly kind: 'collapse recursion' }
  /** Frames of the group that call one another become one box, of kind `group`. */
  | { readonly kind: 'collapse group'; readonly group: string }
  /** Whatever is not mine goes into its caller. */
  | { readonly kind: 'only mine' }
  /** Native functions go into their callers. */
  | { readonly kind: 'merge native' };

export interface EditedTree extends OrderedTree {
  /** Of each edit whether it applied to this tree. One that does not (its path is not there) changes nothing. */
  readonly applied: readonly boolean[];
}

/**
 * Applies edits one after the other. Times stay exact: but for what an edit leaves out, the root has the time that it had
 * and self times add up to it. The root is never merged into anything, and time that belongs to no frame into no other.
 * `placeOf` leads from the nodes of the tree that was given to those of the result. Linear in nodes, for each edit.
 */
export function editTree(
  tree: CallTree,
  edits: readonly Edit[],
  groups: FrameGroups,
  order: SiblingOrder = 'time',
): EditedTree {
  const grouping = new Grouping(tree.frames, groups);
  let edited = tree;
  let placeOf: Int32Array = tree.frame.map((_, node) => node);
  /** What the latest edit made, which is put in order once, in the end, if no other edit asks for it before. */
  let latest: Rebuilt | null = null;
  const settle = ({ frames, loose, at }: Rebuilt, order: SiblingOrder | null) => {
    const ordered = orderTree(frames, loose, order);
    edited = ordered.tree;
    placeOf = follow(follow(placeOf, at), ordered.placeOf);
  };
  const applied: boolean[] = [];
  for (const edit of edits) {
    if (latest) settle(latest, null);
    latest = apply(edited, edit, grouping);
    applied.push(latest !== null);
  }
  settle(latest ?? asItIs(edited), order);
  return { tree: edited, placeOf, applied };
}

/** Where nodes are that went by way of `placeOf` and then of `next`. */
function follow(placeOf: Int32Array, next: Int32Array): Int32Array {
  return placeOf.map((place) => (place < 0 ? GONE : next[place]!));
}

/** Null where the edit changes nothing. */
function apply(tree: CallTree, edit: Edit, grouping: Grouping): Rebuilt | null {
  const { kind } = tree.frames;
  switch (edit.kind) {
    case 'focus':
      return focus(tree, nodeAt(tree, edit.path));
    case 'focus function':
      return focusFunction(tree, edit.frame);
    case 'hide function': {
      const functionOf = functionByFrame(tree);
      return mergeIntoCallers(tree, (frame) => functionOf[frame] === functionOf[edit.frame]);
    }
    case 'drop':
      return drop(tree, nodeAt(tree, edit.path));
    case 'collapse recursion':
      return collapseRecursion(tree);
    case 'collapse group':
      return collapseGroup(tree, edit.group, grouping);
    case 'only mine':
      return mergeIntoCallers(tree, (frame) => !grouping.isMine(frame));
    case 'merge native':
      return mergeIntoCallers(tree, (frame) => kind[frame] === FrameKind.native);
    default:
      return edit satisfies never;
  }
}

const GONE = -1;

/** A tree made of the nodes of another one, and the node of it that each of those went to. */
interface Rebuilt {
  readonly frames: FrameTable;
  readonly loose: LooseTree;
  readonly at: Int32Array;
}

function asItIs(tree: CallTree): Rebuilt {
  return { frames: tree.frames, loose: looseOf(tree), at: tree.frame.map((_, node) => node) };
}

/**
 * Makes a new tree of a tree's nodes. `goesTo` says for each of them, callers first, which new node has its time; `caller`
 * is the new node of its parent, or {@link GONE}.
 */
function rebuild(
  { frame, parent, self, ...rest }: CallTree,
  frames: FrameTable,
  root: FrameIndex,
  goesTo: (node: NodeIndex, caller: NodeIndex, merged: MergedTree, at: Int32Array) => NodeIndex,
): Rebuilt {
  const samples = ownSamples({ frame, parent, self, ...rest });
  const merged = new MergedTree(root, frame.length);
  const at = new Int32Array(frame.length);
  for (let node = 0; node < frame.length; node++) {
    const to = goesTo(node, node === 0 ? GONE : at[parent[node]!]!, merged, at);
    at[node] = to;
    if (to !== GONE) merged.add(to, self[node]!, samples[node]!);
  }
  return { frames, loose: merged.loose, at };
}

function focus(tree: CallTree, root: NodeIndex): Rebuilt | null {
  if (root < 0) return null;
  const { frames, frame, subtreeSize } = tree;
  const end = root + subtreeSize[root]!;
  return rebuild(tree, frames, frame[root]!, (node, caller, merged) => {
    if (node === root) return 0;
    return node > root && node < end ? merged.child(caller, frame[node]!) : GONE;
  });
}

function drop(tree: CallTree, top: NodeIndex): Rebuilt | null {
  if (top <= 0) return null;
  const { frames, frame, subtreeSize } = tree;
  const end = top + subtreeSize[top]!;
  return rebuild(tree, frames, frame[0]!, (node, caller, merged) => {
    if (node === 0) return 0;
    return node < top || node >= end ? merged.child(caller, frame[node]!) : GONE;
  });
}

function focusFunction(tree: CallTree, root: FrameIndex): Rebuilt | null {
  const { frames, frame, subtreeSize } = tree;
  const functionOf = functionByFrame(tree);
  const wanted = functionOf[root];
  if (wanted === undefined || !frame.some((each) => functionOf[each] === wanted)) return null;
  /** Where the subtree of the latest outermost place ends. */
  let end = 0;
  return rebuild(tree, frames, root, (node, caller, merged) => {
    if (node < end) return merged.child(caller, frame[node]!);
    if (functionOf[frame[node]!] !== wanted) return GONE;
    end = node + subtreeSize[node]!;
    return 0;
  });
}

function mergeIntoCallers(tree: CallTree, isAsked: (frame: FrameIndex) => boolean): Rebuilt | null {
  const { frames, frame } = tree;
  const isMerged = frames.kind.map((kind, row) => (kind !== FrameKind.notSampled && isAsked(row) ? 1 : 0));
  if (!frame.some((each, node) => node > 0 && isMerged[each] === 1)) return null;
  return rebuild(tree, frames, frame[0]!, (node, caller, merged) => {
    if (node === 0) return 0;
    return isMerged[frame[node]!] === 1 ? caller : merged.child(caller, frame[node]!);
  });
}

function collapseRecursion(tree: CallTree): Rebuilt | null {
  const { frames, frame, subtreeSize } = tree;
  const functionOf = functionByFrame(tree);
  /** The latest place of a function that may be around, and for each node that of before. */
  const latest = new Int32Array(functionOf.length).fill(-1);
  const before = new Int32Array(frame.length);
  let recurs = false;
  const collapsed = rebuild(tree, frames, frame[0]!, (node, caller, merged, at) => {
    const own = functionOf[frame[node]!]!;
    let around = latest[own]!;
    while (around >= 0 && around + subtreeSize[around]! <= node) around = before[around]!;
    before[node] = around;
    latest[own] = node;
    if (around < 0) return node === 0 ? 0 : merged.child(caller, frame[node]!);
    recurs = true;
    return at[around]!;
  });
  return recurs ? collapsed : null;
}

function collapseGroup(tree: CallTree, name: string, grouping: Grouping): Rebuilt | null {
  const { frame, parent } = tree;
  const group = grouping.names.indexOf(name);
  if (group < 0) return null;
  const box = grouping.rowOf(group);
  const isIn = (node: NodeIndex) => node > 0 && grouping.groupOf(frame[node]!) === group;
  if (!frame.some((each, node) => isIn(node) && (each !== box || isIn(parent[node]!)))) return null;
  return rebuild(tree, grouping.frames, frame[0]!, (node, caller, merged) => {
    if (node === 0) return 0;
    if (!isIn(node)) return merged.child(caller, frame[node]!);
    return isIn(parent[node]!) ? caller : merged.child(caller, box);
  });
}
