import type { FrameIndex, FrameTable, NodeIndex, Profile, StackIndex } from './model.ts';
import { PairTable } from './pair-table.ts';

/** Where a stack stands with respect to the target. */
export const OUTSIDE = -1;

/**
 * The tree of everything below the target, before any time is known: one node per distinct path of frames from the
 * target down. Node 0 is the target. Parents come before children; siblings are in order of discovery.
 */
export class Skeleton {
  /** A node is a parent and a frame; that of the root is -1. */
  readonly #nodes: PairTable;

  /** `expected` nodes take it no growing. */
  constructor(target: FrameIndex, expected = 0) {
    this.#nodes = new PairTable(expected);
    this.#nodes.take(-1, target);
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** By node, as long as none comes. */
  get parent(): Int32Array {
    return this.#nodes.firsts;
  }

  get frame(): Int32Array {
    return this.#nodes.seconds;
  }

  child(parent: NodeIndex, frame: FrameIndex): NodeIndex {
    return this.#nodes.take(parent, frame);
  }
}

/**
 * Cuts every stack of a profile at the target: the hook's frame on a stack says that the target runs above it, whatever
 * is below the hook belongs to its caller, and hooks further up (the target called itself) are taken out.
 *
 *     page.js:onClick, hook, dispatch, reduce, hook, dispatch   →   dispatch, reduce, dispatch
 *
 * Where no frame stands for a hook, the target's own outermost frame says the same. Returns the skeleton and the node of
 * each stack: {@link OUTSIDE} for stacks without the target. One pass, since a stack's parent comes before it.
 */
export function cutAtTarget(profile: Profile): { skeleton: Skeleton; nodeByStack: Int32Array } {
  return profile.hookFrames ? cutAtHook(profile, profile.hookFrames) : cutAtOutermost(profile);
}

function cutAtOutermost(profile: Profile): { skeleton: Skeleton; nodeByStack: Int32Array } {
  const { frames, stacks, targetFrame } = profile;
  const skeleton = new Skeleton(targetFrame, stacks.frame.length);
  const nodeByStack = new Int32Array(stacks.frame.length).fill(OUTSIDE);
  for (let stack: StackIndex = 0; stack < stacks.frame.length; stack++) {
    const below = stacks.parent[stack]!;
    const frame = stacks.frame[stack]!;
    const node = below < 0 ? OUTSIDE : nodeByStack[below]!;
    if (node !== OUTSIDE) nodeByStack[stack] = skeleton.child(node, frame);
    else if (isSameFunction(frames, frame, targetFrame)) nodeByStack[stack] = 0;
  }
  return { skeleton, nodeByStack };
}

function cutAtHook(
  profile: Profile,
  hookFrames: readonly FrameIndex[],
): { skeleton: Skeleton; nodeByStack: Int32Array } {
  const { frames, stacks, targetFrame } = profile;
  const skeleton = new Skeleton(targetFrame, stacks.frame.length);
  const nodeByStack = new Int32Array(stacks.frame.length).fill(OUTSIDE);
  const isHook = new Uint8Array(frames.name.length);
  for (const frame of hookFrames) isHook[frame] = 1;
  /** The target's own frame right above the outermost hook is the root, not a child of it. */
  const onHook = new Uint8Array(stacks.frame.length);
  for (let stack: StackIndex = 0; stack < stacks.frame.length; stack++) {
    const below = stacks.parent[stack]!;
    const frame = stacks.frame[stack]!;
    const node = below < 0 ? OUTSIDE : nodeByStack[below]!;
    if (isHook[frame]) {
      nodeByStack[stack] = node === OUTSIDE ? 0 : node;
      onHook[stack] = node === OUTSIDE || onHook[below] ? 1 : 0;
    } else if (node !== OUTSIDE) {
      nodeByStack[stack] = onHook[below] && samePlace(frames, frame, targetFrame) ? 0 : skeleton.child(node, frame);
    }
  }
  return { skeleton, nodeByStack };
}

/** V8 names a function by where it was written, so the place decides whether two frames are the same, not the name. */
function samePlace(frames: FrameTable, a: FrameIndex, b: FrameIndex): boolean {
  return (
    a === b ||
    (frames.url[a] === frames.url[b] &&
      frames.line[a] === frames.line[b] &&
      frames.column[a] === frames.column[b] &&
      frames.line[a] !== 0)
  );
}

/** The same for frames anywhere: scripts without an address all begin at the same line. */
function isSameFunction(frames: FrameTable, a: FrameIndex, b: FrameIndex): boolean {
  return a === b || (frames.url[a] !== '' && samePlace(frames, a, b));
}
