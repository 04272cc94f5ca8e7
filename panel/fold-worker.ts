/** Folds what was chosen, off the panel's main thread. */
import { Folding } from '../src/profile/fold.ts';
import { runsOf } from '../src/profile/runs.ts';
import type { Folded, FoldSubject, FoldWish } from './fold-client.ts';
import { answerLine } from './worker-line.ts';

let latest: { readonly subject: FoldSubject; readonly folding: Folding } | null = null;

answerLine((subject: FoldSubject, wish: FoldWish): Folded => {
  if ('frame' in wish) {
    const { profile, calls } = runsOf(subject.profile, subject.moments!, wish.frame);
    const { frames, ...columns } = new Folding(profile, calls).all();
    return { columns, calls };
  }
  if (latest?.subject !== subject) latest = { subject, folding: new Folding(subject.profile, subject.calls!) };
  const { frames, ...columns } = latest.folding.call(wish.call);
  return { columns, calls: null };
});
