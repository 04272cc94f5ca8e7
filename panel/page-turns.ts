import { CaptureError } from '../src/capture/errors.ts';
import { AttachError } from '../src/cdp/chrome-debugger.ts';
import type { Page, Visit } from './page.ts';
import type { Failure } from './state.ts';
import type { Store } from './store.ts';

/** Whose turn it is to work on the page. */
export class PageTurns {
  readonly #page: Page;
  readonly #store: Store;
  readonly #clear: () => Promise<void>;
  #isHeld = false;
  #last: Promise<unknown> = Promise.resolve();

  /** @param clear ends the visits of those who give way to everybody else */
  constructor(page: Page, store: Store, clear: () => Promise<void>) {
    this.#page = page;
    this.#store = store;
    this.#clear = clear;
  }

  /** Whether a job works on the page, so that no other may begin. */
  get isBusy(): boolean {
    const { running, recording } = this.#store.state.value;
    return running !== null || recording !== null || this.#isHeld;
  }

  /** Keeps others from beginning while something prepares a job. */
  async hold(work: () => Promise<void>): Promise<void> {
    this.#isHeld = true;
    try {
      await work();
    } finally {
      this.#isHeld = false;
    }
  }

  /** Visits the page alone, after those who came before. */
  async visit<Result>(use: (visit: Visit) => Promise<Result>): Promise<Result> {
    await this.#clear();
    const visit = this.#last.then(() => this.#page.visit(use));
    this.#last = visit.catch(() => undefined);
    return visit;
  }

  /** Tells why a job has failed. */
  async fail(error: unknown): Promise<void> {
    this.#store.dispatch({ type: 'failed', failure: await this.#explain(failureOf(error)) });
  }

  async #explain(failure: Failure): Promise<Failure> {
    const { code } = failure;
    const isTaken = code === 'tracing busy' || (code === 'cannot attach' && failure.reason === 'already attached');
    return (isTaken && (await this.#page.armedElsewhere())) || failure;
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CaptureError) return error.failure;
  if (error instanceof AttachError) return { code: 'cannot attach', reason: error.refusal, message: error.message };
  console.error(error);
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}
