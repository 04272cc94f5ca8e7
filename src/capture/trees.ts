import { Folding } from '../profile/fold.ts';
import type { CallIndex, CallTree } from '../profile/model.ts';
import type { Capture } from './record.ts';

const foldings = new WeakMap<Pick<Capture, 'profile' | 'calls'>, Folding>();

/** The call tree of one call of a capture, or of all of them. What the trees share is computed once. */
export function callTree(capture: Pick<Capture, 'profile' | 'calls'>, call: CallIndex | 'all'): CallTree {
  let folding = foldings.get(capture);
  if (!folding) {
    folding = new Folding(capture.profile, capture.calls);
    foldings.set(capture, folding);
  }
  return call === 'all' ? folding.all() : folding.call(call);
}
