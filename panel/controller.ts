import { type ReadonlySignal, signal } from '@preact/signals';
import { CaptureError } from '../src/capture/errors.ts';
import { placeTarget } from '../src/capture/frame-place.ts';
import { checkPathExpression, listFunctionsExpression } from '../src/capture/inspect.ts';
import type { ListenerAddress } from '../src/capture/listeners.ts';
import type { CaptureOptions, Progress } from '../src/capture/record.ts';
import type { RecordingProgress } from '../src/capture/record-page.ts';
import type { SeenCalls } from '../src/capture/recorded.ts';
import { formatTarget, type PlaceTarget, parseTarget, type Target } from '../src/capture/target.ts';
import { AttachError } from '../src/cdp/chrome-debugger.ts';
import type { CallIndex, FrameIndex, FrameTable } from '../src/profile/model.ts';
import { readFunctionList, readPathCheck } from './answers.ts';
import { fields, readNumber } from './numbers.ts';
import type { Page, Visit } from './page.ts';
import { SourceSearch } from './source-search.ts';
import {
  type Check,
  type Failure,
  type Form,
  initialState,
  type Job,
  type PanelEvent,
  type State,
  step,
} from './state.ts';

/** ms after the last key before a path is looked up. */
const typingPause = 150;
/** ms without a call after which it is worth saying why that may be. */
const quietTime = 5000;
/** ms of reading a trace after which it is worth a word. */
const longReading = 300;

/** Half of all the code, and not needed to show the panel. */
const capturing = () => import('../src/capture/capture.ts');

type Work = (visit: Visit, options: CaptureOptions, target: Target) => Promise<SeenCalls>;

/** Does what the user asks for, and tells the state what came of it. */
export class Controller {
  readonly page: Page;
  readonly sources: SourceSearch;
  readonly #state = signal(initialState);
  #checking: ReturnType<typeof setTimeout> | undefined;
  #abort: AbortController | null = null;
  /** Until it is known where a listener stands. */
  #isLocating = false;
  #visiting: Promise<unknown> = Promise.resolve();

  constructor(page: Page) {
    this.page = page;
    this.sources = new SourceSearch(page, () => !this.#isBusy);
    page.onNavigated(() => this.#lookAgain());
    page.onAttachment((isAttached) => this.#dispatch({ type: 'attachment changed', isAttached }));
  }

  get state(): ReadonlySignal<State> {
    return this.#state;
  }

  /** To be called once, when the panel shows. */
  async open(): Promise<void> {
    try {
      await this.page.open();
    } catch (error) {
      this.#dispatch({ type: 'failed', failure: failureOf(error) });
    }
    await this.listFunctions();
    await capturing();
  }

  /** To be called when the list of functions is opened: the page may have loaded more since. */
  lookForFunctions(): void {
    void this.listFunctions();
    // In DevTools that would bring Chrome's bar, so only for one who types.
    if (this.#state.value.isAttached) this.sources.read();
  }

  /**
   * Asks the page for its functions. One that can't be asked keeps the list that was there; while a job runs nothing is
   * asked, since looking may call what is hooked.
   */
  async listFunctions(): Promise<void> {
    if (this.#isBusy) return;
    try {
      const { listsNatives } = this.#state.value;
      const functions = readFunctionList(await this.page.evaluate(listFunctionsExpression(listsNatives)));
      this.#dispatch({ type: 'listed', functions });
    } catch (error) {
      console.debug('The page was not asked for its functions:', error);
      const functions = { functions: [], truncated: true };
      if (this.#state.value.functions === null) this.#dispatch({ type: 'listed', functions });
    }
  }

  type(field: keyof Form, text: string): void {
    this.#dispatch({ type: 'typed', field, text });
    if (field !== 'target') return;
    this.sources.take(text, true);
    this.#checkSoon(typingPause);
  }

  /** Takes the place of the cursor in DevTools' Sources panel. */
  chooseSelected(place: PlaceTarget): void {
    this.type('target', formatTarget(place));
  }

  /** Takes a whole path or place, as chosen from a list. */
  choose(path: string): void {
    this.#dispatch({ type: 'typed', field: 'target', text: path });
    this.sources.take(path, false);
    this.#checkSoon(0);
  }

  /** Lists the browser's own functions too, or no longer. */
  listNatives(listsNatives: boolean): void {
    this.#dispatch({ type: 'lists natives', listsNatives });
    void this.listFunctions();
  }

  chooseCall(call: CallIndex | 'all'): void {
    this.#dispatch({ type: 'chose call', call });
  }

  dismiss(): void {
    this.#dispatch({ type: 'dismissed' });
  }

  /** Ends the job under way with what is there. */
  cancel(): void {
    this.#dispatch({ type: 'cancelled' });
    this.#abort?.abort();
  }

  /** Records what the page does, until `stop`. */
  async record(): Promise<void> {
    if (this.#isBusy) return;
    clearTimeout(this.#checking);
    this.#dispatch({ type: 'recording began' });
    const abort = new AbortController();
    this.#abort = abort;
    let seconds: ReturnType<typeof setInterval> | undefined;
    const onProgress = ({ step }: RecordingProgress) => {
      if (step === 'recording') seconds = setInterval(() => this.#dispatch({ type: 'second passed' }), 1000);
      else clearInterval(seconds);
      if (this.#state.value.recording?.step !== step) this.#dispatch({ type: 'recording progressed', step });
    };
    try {
      // Loaded when it is needed first, as most of the panel's users begin with a function.
      const { recordPage } = await import('../src/capture/record-page.ts');
      const { Recorded } = await import('../src/capture/recorded.ts');
      const recording = await this.#visit(({ session, isFresh }) =>
        recordPage(session, { signal: abort.signal, onProgress, freshlyAttached: isFresh }),
      );
      this.#dispatch({ type: 'recorded', recorded: new Recorded(recording) });
    } catch (error) {
      this.#dispatch({ type: 'failed', failure: await this.#explain(failureOf(error)) });
    } finally {
      clearInterval(seconds);
      this.#abort = null;
    }
  }

  /** Ends the recording. */
  stop(): void {
    this.#dispatch({ type: 'stopped' });
    this.#abort?.abort();
  }

  /** Shows a function of the recording. */
  pick(frame: FrameIndex): void {
    const { recorded } = this.#state.value;
    if (recorded) this.#dispatch({ type: 'picked', calls: recorded.callsOf(frame) });
  }

  /** Goes back to what was recorded. */
  showTable(): void {
    this.#dispatch({ type: 'went to table' });
  }

  /** Captures a function where it stands in its source. */
  captureFrame(frames: FrameTable, frame: FrameIndex): void {
    const place = placeTarget(frames, frame);
    if (!place || this.#isBusy) return;
    this.choose(formatTarget(place));
    this.capture();
  }

  /** Where listeners of the page stand in their sources, each null without one; null where something else works on the page. */
  async locateListeners(addresses: readonly ListenerAddress[]): Promise<(PlaceTarget | null)[] | null> {
    if (this.#isBusy) return null;
    try {
      const { placesOfListeners } = await import('../src/capture/listeners.ts');
      return await this.#visit(({ session }) => placesOfListeners(session, addresses));
    } catch (error) {
      this.#dispatch({ type: 'failed', failure: await this.#explain(failureOf(error)) });
      return null;
    }
  }

  /** Captures a listener of the page where it stands in its source. */
  async captureListener(address: ListenerAddress): Promise<void> {
    if (this.#isBusy) return;
    this.#isLocating = true;
    try {
      const { placeOfListener } = await import('../src/capture/listeners.ts');
      this.choose(formatTarget(await this.#visit(({ session }) => placeOfListener(session, address))));
    } catch (error) {
      this.#dispatch({ type: 'failed', failure: await this.#explain(failureOf(error)) });
      return;
    } finally {
      this.#isLocating = false;
    }
    this.capture();
  }

  /** Captures the next events of a type, wherever in the page. False where a field has to be filled in first. */
  captureEvent(type: string): boolean {
    const { form } = this.#state.value;
    const wanted = readNumber(form.calls, fields.calls);
    const timeout = readNumber(form.timeout, fields.timeout);
    if (this.#isBusy || wanted === null || timeout === null) return false;
    const job: Job = { kind: 'event', target: type, wanted, timeout, longerThan: 0 };
    void this.#take(job, { kind: 'expression', text: type }, async ({ session, isFresh }, options) => {
      const { captureEvents } = await import('../src/capture/next-event.ts');
      return captureEvents(session, type, wanted, { ...options, freshlyAttached: isFresh });
    });
    return true;
  }

  /**
   * Captures the next calls of the function, or the first ones after a reload. False where a field has to be filled in
   * first.
   */
  capture({ reload = false } = {}): boolean {
    const { form } = this.#state.value;
    const calls = readNumber(form.calls, fields.calls);
    return this.#start(reload ? 'reload' : 'capture', calls, async ({ session, isFresh, onHook }, options, target) => {
      const { capture } = await capturing();
      return capture(session, target, calls ?? 1, { ...options, reload, freshlyAttached: isFresh, onHook });
    });
  }

  /** Calls the function with the typed arguments. False where a field has to be filled in first. */
  run(): boolean {
    const { form } = this.#state.value;
    const repeat = readNumber(form.repeat, fields.repeat);
    return this.#start('apply', repeat, async ({ session, isFresh, onHook }, options, target) => {
      const { apply } = await capturing();
      return apply(session, target, form.args, { ...options, repeat: repeat ?? 1, freshlyAttached: isFresh, onHook });
    });
  }

  #start(kind: Job['kind'], wanted: number | null, work: Work): boolean {
    const { form } = this.#state.value;
    const target = parseTarget(form.target);
    const timeout = readNumber(form.timeout, fields.timeout);
    const longerThan = kind === 'apply' ? 0 : readNumber(form.longerThan, fields.longerThan);
    if (this.#isBusy || !target || wanted === null || timeout === null || longerThan === null) return false;
    const job: Job = { kind, target: formatTarget(target), ...this.#nameOf(target), wanted, timeout, longerThan };
    void this.#take(job, target, work);
    return true;
  }

  /** What the sources say of a place. */
  #nameOf(target: Target): Pick<Job, 'name'> {
    const { text, found } = this.sources.matches.value;
    const name = target.kind === 'place' && text === formatTarget(target) ? found[0]?.name : undefined;
    return name === undefined ? {} : { name };
  }

  async #take(job: Job, target: Target, work: Work): Promise<void> {
    clearTimeout(this.#checking);
    this.#dispatch({ type: 'started', job });
    const abort = new AbortController();
    this.#abort = abort;
    const timers: ReturnType<typeof setTimeout>[] = [];
    const onProgress = (progress: Progress) => {
      if (progress.step === 'armed') timers.push(setTimeout(() => this.#dispatch({ type: 'stayed quiet' }), quietTime));
      if (progress.step === 'reading' && this.#state.value.running?.step !== 'reading')
        timers.push(setTimeout(() => this.#dispatch({ type: 'reads long' }), longReading));
      this.#dispatch({ type: 'progressed', progress });
    };
    try {
      const options = { timeout: job.timeout, longerThan: job.longerThan, signal: abort.signal, onProgress };
      const located = target.kind === 'place' ? await this.sources.locate(target, abort.signal) : target;
      const captured = await this.#visit((visit) => work(visit, options, located));
      this.#dispatch({ type: 'captured', capture: captured });
    } catch (error) {
      this.#dispatch({ type: 'failed', failure: await this.#explain(failureOf(error)) });
    } finally {
      timers.forEach(clearTimeout);
      this.#abort = null;
    }
  }

  /** Visits the page alone, after those who came before. */
  async #visit<Result>(use: (visit: Visit) => Promise<Result>): Promise<Result> {
    await this.sources.rest();
    const visit = this.#visiting.then(() => this.page.visit(use));
    this.#visiting = visit.catch(() => undefined);
    return visit;
  }

  async #explain(failure: Failure): Promise<Failure> {
    const { code } = failure;
    const isTaken = code === 'tracing busy' || (code === 'cannot attach' && failure.reason === 'already attached');
    return (isTaken && (await this.page.armedElsewhere())) || failure;
  }

  #lookAgain(): void {
    void this.listFunctions();
    if (this.#state.value.check.kind !== 'unknown') this.#checkSoon(0);
  }

  #checkSoon(pause: number): void {
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => void this.#check(), pause);
  }

  /** Looks the typed path up. What is no path is not evaluated: it may be half typed, and it may do anything. */
  async #check(): Promise<void> {
    if (this.#isBusy) return;
    const { target: text } = this.#state.value.form;
    const check = await this.#lookUp(parseTarget(text));
    const isCurrent = this.#state.value.form.target === text && !this.#isBusy;
    if (isCurrent) this.#dispatch({ type: 'checked', check });
  }

  async #lookUp(target: Target | null): Promise<Check> {
    if (!target) return { kind: 'blank' };
    if (target.kind !== 'path') return { kind: target.kind };
    try {
      const answer = readPathCheck(await this.page.evaluate(checkPathExpression(target)));
      return answer.ok ? { kind: 'function', functionKind: answer.kind } : { kind: 'refused', failure: answer.failure };
    } catch (error) {
      console.debug('The page was not asked for a path:', error);
      return { kind: 'unknown' };
    }
  }

  get #isBusy(): boolean {
    const { running, recording } = this.#state.value;
    return running !== null || recording !== null || this.#isLocating;
  }

  #dispatch(event: PanelEvent): void {
    this.#state.value = step(this.#state.value, event);
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof CaptureError) return error.failure;
  if (error instanceof AttachError) return { code: 'cannot attach', reason: error.refusal, message: error.message };
  console.error(error);
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}
