import type { RecordingProgress } from '../src/capture/record-page.ts';
import type { PageTurns } from './page-turns.ts';
import type { Store } from './store.ts';
import type { TargetField } from './target-field.ts';
import type { TraceClient } from './trace-client.ts';

/** Records whatever the page does. */
export class PageRecorder {
  readonly #store: Store;
  readonly #turns: PageTurns;
  readonly #target: TargetField;
  readonly #reader: TraceClient;
  #abort: AbortController | null = null;
  #giveUp: AbortController | null = null;

  constructor(store: Store, turns: PageTurns, target: TargetField, reader: TraceClient) {
    this.#store = store;
    this.#turns = turns;
    this.#target = target;
    this.#reader = reader;
  }

  /** Records until `stop`, or until the time is up. */
  async record(): Promise<void> {
    if (this.#turns.isBusy) return;
    this.#target.leave();
    this.#store.dispatch({ type: 'recording began' });
    const abort = new AbortController();
    this.#abort = abort;
    const giveUp = new AbortController();
    this.#giveUp = giveUp;
    this.#reader.start();
    let seconds: ReturnType<typeof setInterval> | undefined;
    const onProgress = (progress: RecordingProgress) => {
      if (progress.step === 'recording')
        seconds = setInterval(() => this.#store.dispatch({ type: 'second passed' }), 1000);
      else clearInterval(seconds);
      this.#store.dispatch({ type: 'recording progressed', progress });
    };
    try {
      // Loaded when it is needed first, as most of the panel's users begin with a function.
      const { recordPage } = await import('../src/capture/record-page.ts');
      const { Recorded } = await import('../src/capture/recorded.ts');
      const recording = await this.#turns.visit(({ session, isFresh }) =>
        recordPage(session, {
          signal: abort.signal,
          giveUp: giveUp.signal,
          reader: this.#reader,
          onProgress,
          freshlyAttached: isFresh,
        }),
      );
      this.#store.dispatch({ type: 'recorded', recorded: new Recorded(recording) });
    } catch (error) {
      await this.#turns.fail(error);
    } finally {
      clearInterval(seconds);
      this.#abort = null;
      this.#giveUp = null;
    }
  }

  /** Ends the recording with what is there; while that is read, without. */
  stop(): void {
    const isReading = this.#store.state.value.recording?.step === 'reading';
    this.#store.dispatch({ type: 'stopped' });
    this.#abort?.abort();
    if (!isReading) return;
    this.#giveUp?.abort();
    this.#reader.drop();
  }
}
