import type { CallIndex, CallTable, CallTree, FrameIndex, Profile } from '../src/profile/model.ts';
import type { Moments } from '../src/profile/moments.ts';
import { keepSurvey, type Survey } from './surveys.ts';
import { WorkerLine } from './worker-line.ts';

/** What there is to fold: the calls of a capture, or the functions of a recording. */
export interface FoldSubject {
  readonly profile: Profile;
  readonly calls: CallTable | null;
  readonly moments: Moments | null;
}

/** One call, or the runs of one function. */
export type FoldWish = { readonly call: CallIndex } | { readonly frame: FrameIndex };

export interface Folded {
  /** Without its frames, which are those of the profile. */
  readonly columns: Omit<CallTree, 'frames'>;
  readonly survey: Survey;
  /** The runs of a function. */
  readonly calls: CallTable | null;
}

/** Samples that are folded in less time than it takes to have it done elsewhere. */
const FEW = 5000;

/** Whether folding takes so long that nothing else should wait for it. */
export function isLongWork({ samples }: Profile): boolean {
  return samples.time.length > FEW;
}

/** Has what was chosen folded in a worker; of choices that overlap, the last one. */
export class FoldClient {
  readonly #line = new WorkerLine<FoldSubject, FoldWish, Folded>(
    () => new Worker(new URL('./fold-worker.ts', import.meta.url), { type: 'module' }),
  );
  #subject: FoldSubject | null = null;

  /** The tree of a call. Null when something else was chosen meanwhile. */
  async call({ profile, calls }: { readonly profile: Profile; readonly calls: CallTable }, call: CallIndex) {
    const folded = await this.#line.ask(this.#about(profile, calls, null), { call });
    return folded && treeOf(profile, folded);
  }

  /** The runs of a function, and their tree. Null when something else was chosen meanwhile. */
  async runs(profile: Profile, moments: Moments, frame: FrameIndex) {
    const folded = await this.#line.ask(this.#about(profile, null, moments), { frame });
    return folded && { calls: folded.calls!, tree: treeOf(profile, folded) };
  }

  forget(): void {
    this.#line.forget();
  }

  /** The subject before, as long as it is about the same. */
  #about(profile: Profile, calls: CallTable | null, moments: Moments | null): FoldSubject {
    if (this.#subject?.profile !== profile || this.#subject.calls !== calls || this.#subject.moments !== moments)
      this.#subject = { profile, calls, moments };
    return this.#subject;
  }
}

function treeOf({ frames }: Profile, { columns, survey }: Folded): CallTree {
  keepSurvey(columns, survey);
  return { frames, ...columns };
}
