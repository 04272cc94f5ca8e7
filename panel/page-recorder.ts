import type { RecordingProgress } from '../src/capture/record-page.ts';
import type { PageTurns } from './page-turns.ts';
import type { Store } from './store.ts';
import type { TargetField } from './target-field.ts';

/** Records whatever the page does. */
export class PageRecorder {
  readonly #store: Store;
  readonly #turns: PageTurns;
  readonly #target: TargetField;
  #abort: AbortController | null = null;

  constructor(store: Store, turns: PageTurns, target: TargetField) {
    this.#store = store;
    this.#turns = turns;
    this.#target = target;
  }

  /** Records until `stop`, or until the time is up. */
  async record(): Promise<void> {
    if (this.#turns.isBusy) return;
    this.#target.leave();
    this.#store.dispatch({ type: 'recording began' });
    const abort = new AbortController();
    this.#abort = abort;
    let seconds: ReturnType<typeof setInterval> | undefined;
    const onProgress = ({ step }: RecordingProgress) => {
      if (step === 'recording') seconds = setInterval(() => this.#store.dispatch({ type: 'second passed' }), 1000);
      else clearInterval(seconds);
      if (this.#store.state.value.recording?.step !== step)
        this.#store.dispatch({ type: 'recording progressed', step });
    };
    try {
      // Loaded when it is needed first, as most of the panel's users begin with a function.
      const { recordPage } = await import('../src/capture/record-page.ts');
      const { Recorded } = await import('../src/capture/recorded.ts');
      const recording = await this.#turns.visit(({ session, isFresh }) =>
        recordPage(session, { signal: abort.signal, onProgress, freshlyAttached: isFresh }),
      );
      this.#store.dispatch({ type: 'recorded', recorded: new Recorded(recording) });
    } catch (error) {
      await this.#turns.fail(error);
    } finally {
      clearInterval(seconds);
      this.#abort = null;
    }
  }

  stop(): void {
    this.#store.dispatch({ type: 'stopped' });
    this.#abort?.abort();
  }
}
