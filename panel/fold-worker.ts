/** Folds what was chosen, off the panel's main thread. */
import { Folding } from '../src/profile/fold.ts';
import type { CallTable, CallTree } from '../src/profile/model.ts';
import { runsOf } from '../src/profile/runs.ts';
import type { Folded, FoldSubject, FoldWish } from './fold-client.ts';
import { survey } from './surveys.ts';
import { answerLine } from './worker-line.ts';

let latest: { readonly subject: FoldSubject; readonly folding: Folding } | null = null;

answerLine((subject: FoldSubject, wish: FoldWish): Folded => {
  if ('frame' in wish) {
    const { profile, calls } = runsOf(subject.profile, subject.moments!, wish.frame);
    return folded(new Folding(profile, calls).all(), calls);
  }
  if (latest?.subject !== subject) latest = { subject, folding: new Folding(subject.profile, subject.calls!) };
  return folded(latest.folding.call(wish.call), null);
});

function folded(tree: CallTree, calls: CallTable | null): Folded {
  const { frames, ...columns } = tree;
  return { columns, survey: survey(tree), calls };
}
