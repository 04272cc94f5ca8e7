import { withGroupFrames } from '../src/profile/group-frames.ts';
import type { CallTree } from '../src/profile/model.ts';
import { keepSurvey, type Survey } from './surveys.ts';
import type { Subject, View, Wish } from './tree-views.ts';
import { WorkerLine } from './worker-line.ts';

export interface TreeAnswer {
  readonly applied: readonly boolean[];
  readonly trees: readonly {
    readonly columns: Omit<CallTree, 'frames'>;
    readonly survey: Survey;
    /** Names of the rows that the tree's frames have at the end of those of the subject. */
    readonly groups: readonly string[];
  }[];
}

/** Has views of a tree made in a worker. */
export class TreeClient {
  readonly #line = new WorkerLine<Subject, Wish, TreeAnswer>(
    () => new Worker(new URL('./tree-worker.ts', import.meta.url), { type: 'module' }),
  );

  /** Null when another view was asked for meanwhile. */
  async view(subject: Subject, wish: Wish): Promise<View | null> {
    const answer = await this.#line.ask(subject, wish);
    return answer && viewOf(subject, answer);
  }

  /** Wants no view any more. */
  forget(): void {
    this.#line.forget();
  }
}

function viewOf({ tree: { frames } }: Subject, { trees, applied }: TreeAnswer): View {
  return {
    applied,
    trees: trees.map(({ columns, survey, groups }) => {
      keepSurvey(columns, survey);
      return { tree: { frames: groups.length > 0 ? withGroupFrames(frames, groups) : frames, ...columns } };
    }),
  };
}
