import { Folding } from '../profile/fold.ts';
import type { CallIndex, CallTree } from '../profile/model.ts';
import type { Timeline } from '../profile/timeline.ts';
import type { Capture } from './record.ts';

type Folded = Pick<Capture, 'profile' | 'calls' | 'tree'>;

const foldings = new WeakMap<Folded, Folding>();

/** The call tree of one call of a capture, or of all of them. What the trees share is computed once. */
export function callTree(capture: Folded, call: CallIndex | 'all'): CallTree {
  if (call === 'all' && capture.tree) return capture.tree;
  const folding = foldingOf(capture);
  return call === 'all' ? folding.all() : folding.call(call);
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
