import { withGroupFrames } from '../src/profile/group-frames.ts';
import type { CallTree } from '../src/profile/model.ts';
import type { Subject, View, Wish } from './tree-views.ts';

export interface TreeQuestion {
  readonly number: number;
  /** What is asked about; the one before if it is missing. */
  readonly subject?: Subject;
  readonly wish: Wish;
}

export interface TreeAnswer {
  readonly number: number;
  readonly applied: readonly boolean[];
  readonly trees: readonly {
    readonly columns: Omit<CallTree, 'frames'>;
    readonly start: Float64Array | undefined;
    /** Names of the rows that the tree's frames have at the end of those of the subject. */
    readonly groups: readonly string[];
  }[];
}

/** Has views of a tree made in a worker. */
export class TreeClient {
  #worker: Worker | null = null;
  #subject: Subject | null = null;
  #number = 0;
  #settle: { readonly resolve: (view: View | null) => void; readonly reject: (error: Error) => void } | null = null;

  /** Null when another view was asked for meanwhile. */
  view(subject: Subject, wish: Wish): Promise<View | null> {
    const isNew = subject !== this.#subject;
    this.#subject = subject;
    this.forget();
    const question: TreeQuestion = { number: this.#number, wish, ...(isNew && { subject }) };
    this.#worker ??= this.#start();
    this.#worker.postMessage(question);
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  /** Wants no view any more. */
  forget(): void {
    this.#number++;
    this.#settle?.resolve(null);
    this.#settle = null;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./tree-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<TreeAnswer>) => {
      if (data.number === this.#number) this.#settle?.resolve(this.#viewOf(data));
    });
    worker.addEventListener('error', ({ message }) => {
      // It may be without memory: the next view gets another one.
      worker.terminate();
      this.#worker = null;
      const failed = this.#settle;
      this.#subject = null;
      failed?.reject(new Error(message));
    });
    return worker;
  }

  #viewOf({ trees, applied }: TreeAnswer): View {
    const { frames } = this.#subject!.tree;
    return {
      applied,
      trees: trees.map(({ columns, start, groups }) => ({
        tree: { frames: groups.length > 0 ? withGroupFrames(frames, groups) : frames, ...columns },
        ...(start && { start }),
      })),
    };
  }
}
