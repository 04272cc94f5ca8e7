import { Folding } from '../profile/fold.ts';
import type { CallIndex, CallTree } from '../profile/model.ts';
import type { Timeline } from '../profile/timeline.ts';
import type { Capture } from './record.ts';

type Folded = Pick<Capture, 'profile' | 'calls' | 'tree'>;

/** Trees of single calls that were folded elsewhere. */
const kept = new WeakMap<Folded, Map<CallIndex, CallTree>>();
const foldings = new WeakMap<Folded, Folding>();

/** The call tree of one call of a capture, or of all of them. What the trees share is computed once. */
export function callTree(capture: Folded, call: CallIndex | 'all'): CallTree {
  if (call === 'all' && capture.tree) return capture.tree;
  if (call === 'all') return foldingOf(capture).all();
  return kept.get(capture)?.get(call) ?? foldingOf(capture).call(call);
}

/** Remembers the tree of a call, so that it is not folded again. */
export function keepTree(capture: Folded, call: CallIndex, tree: CallTree): void {
  const trees = kept.get(capture) ?? new Map<CallIndex, CallTree>();
  kept.set(capture, trees.set(call, tree));
}

/** The time of the same in its order. */
export function callTimeline(capture: Folded, call: CallIndex | 'all'): Timeline {
  return foldingOf(capture).timeline(call);
}

function foldingOf(capture: Folded): Folding {
  const folding = foldings.get(capture) ?? new Folding(capture.profile, capture.calls);
  foldings.set(capture, folding);
  return folding;
}
