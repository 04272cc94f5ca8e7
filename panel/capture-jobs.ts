import type { CaptureOptions, Progress } from '../src/capture/record.ts';
import type { SeenCalls } from '../src/capture/recorded.ts';
import { formatTarget, parseTarget, type Target } from '../src/capture/target.ts';
import { fields, readNumber } from './numbers.ts';
import type { Visit } from './page.ts';
import type { PageTurns } from './page-turns.ts';
import type { SourceSearch } from './source-search.ts';
import type { Job } from './state.ts';
import type { Store } from './store.ts';
import type { TargetField } from './target-field.ts';
import type { TraceClient } from './trace-client.ts';

/** ms without a call after which it is worth saying why that may be. */
const quietTime = 5000;
/** ms of reading a trace after which it is worth a word. */
const longReading = 300;

/** Half of all the code, and not needed to show the panel. */
export const capturing = () => import('../src/capture/capture.ts');

type Work = (visit: Visit, options: CaptureOptions, target: Target) => Promise<SeenCalls>;

/** Captures what the fields ask for. Each job answers false where a field has to be filled in first. */
export class CaptureJobs {
  readonly #store: Store;
  readonly #turns: PageTurns;
  readonly #target: TargetField;
  readonly #sources: SourceSearch;
  readonly #reader: TraceClient;
  #abort: AbortController | null = null;
  #giveUp: AbortController | null = null;

  constructor(store: Store, turns: PageTurns, target: TargetField, sources: SourceSearch, reader: TraceClient) {
    this.#store = store;
    this.#turns = turns;
    this.#target = target;
    this.#sources = sources;
    this.#reader = reader;
  }

  /** Captures the next calls of the function, or the first ones after a reload. */
  capture({ reload = false } = {}): boolean {
    const { form } = this.#store.state.value;
    const calls = readNumber(form.calls, fields.calls);
    return this.#start(reload ? 'reload' : 'capture', calls, async ({ session, isFresh, onHook }, options, target) => {
      const { capture } = await capturing();
      return capture(session, target, calls ?? 1, { ...options, reload, freshlyAttached: isFresh, onHook });
    });
  }

  /** Calls the function with the typed arguments. */
  run(): boolean {
    const { form } = this.#store.state.value;
    const repeat = readNumber(form.repeat, fields.repeat);
    return this.#start('apply', repeat, async ({ session, isFresh, onHook }, options, target) => {
      const { apply } = await capturing();
      return apply(session, target, form.args, { ...options, repeat: repeat ?? 1, freshlyAttached: isFresh, onHook });
    });
  }

  /** Captures the next events of a type, wherever in the page. */
  captureEvent(type: string): boolean {
    const { form } = this.#store.state.value;
    const wanted = readNumber(form.calls, fields.calls);
    const timeout = readNumber(form.timeout, fields.timeout);
    if (this.#turns.isBusy || wanted === null || timeout === null) return false;
    const job: Job = { kind: 'event', target: type, wanted, timeout, longerThan: 0 };
    void this.#take(job, { kind: 'expression', text: type }, async ({ session, isFresh }, options) => {
      const { captureEvents } = await import('../src/capture/next-event.ts');
      return captureEvents(session, type, wanted, { ...options, freshlyAttached: isFresh });
    });
    return true;
  }

  /** Ends the job under way with what is there; while that is read, without. */
  cancel(): void {
    const isReading = this.#store.state.value.running?.step === 'reading';
    this.#store.dispatch({ type: 'cancelled' });
    this.#abort?.abort();
    if (!isReading) return;
    this.#giveUp?.abort();
    this.#reader.drop();
  }

  #start(kind: Job['kind'], wanted: number | null, work: Work): boolean {
    const { form } = this.#store.state.value;
    const target = parseTarget(form.target);
    const timeout = readNumber(form.timeout, fields.timeout);
    const longerThan = kind === 'apply' ? 0 : readNumber(form.longerThan, fields.longerThan);
    if (this.#turns.isBusy || !target || wanted === null || timeout === null || longerThan === null) return false;
    const job: Job = { kind, target: formatTarget(target), ...this.#nameOf(target), wanted, timeout, longerThan };
    void this.#take(job, target, work);
    return true;
  }

  /** What the sources say of a place. */
  #nameOf(target: Target): Pick<Job, 'name'> {
    const { text, found } = this.#sources.matches.value;
    const name = target.kind === 'place' && text === formatTarget(target) ? found[0]?.name : undefined;
    return name === undefined ? {} : { name };
  }

  async #take(job: Job, target: Target, work: Work): Promise<void> {
    this.#target.leave();
    this.#store.dispatch({ type: 'started', job });
    const abort = new AbortController();
    this.#abort = abort;
    const giveUp = new AbortController();
    this.#giveUp = giveUp;
    this.#reader.start();
    const timers: ReturnType<typeof setTimeout>[] = [];
    const onProgress = (progress: Progress) => {
      if (progress.step === 'armed')
        timers.push(setTimeout(() => this.#store.dispatch({ type: 'stayed quiet' }), quietTime));
      if (progress.step === 'reading' && this.#store.state.value.running?.step !== 'reading')
        timers.push(setTimeout(() => this.#store.dispatch({ type: 'reads long' }), longReading));
      this.#store.dispatch({ type: 'progressed', progress });
    };
    try {
      const options = {
        timeout: job.timeout,
        longerThan: job.longerThan,
        signal: abort.signal,
        giveUp: giveUp.signal,
        reader: this.#reader,
        onProgress,
      };
      const located = target.kind === 'place' ? await this.#sources.locate(target, abort.signal) : target;
      const captured = await this.#turns.visit((visit) => work(visit, options, located));
      this.#store.dispatch({ type: 'captured', capture: captured });
    } catch (error) {
      await this.#turns.fail(error);
    } finally {
      timers.forEach(clearTimeout);
      this.#abort = null;
      this.#giveUp = null;
    }
  }
}
