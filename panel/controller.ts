import type { ReadonlySignal } from '@preact/signals';
import { placeTarget } from '../src/capture/frame-place.ts';
import type { ListenerAddress } from '../src/capture/listeners.ts';
import { formatTarget, type PlaceTarget } from '../src/capture/target.ts';
import type { FrameIndex, FrameTable } from '../src/profile/model.ts';
import { CaptureJobs, capturing } from './capture-jobs.ts';
import { Choosing } from './choosing.ts';
import type { Page } from './page.ts';
import { PageRecorder } from './page-recorder.ts';
import { failureOf, PageTurns } from './page-turns.ts';
import { SourceSearch } from './source-search.ts';
import type { Form, State } from './state.ts';
import { Store } from './store.ts';
import { TargetField } from './target-field.ts';
import { TraceClient } from './trace-client.ts';

/** Needed by few. */
const opening = () => import('./opening.ts');

/** Does what the user asks for, by parts, and tells the state what came of it. */
export class Controller {
  readonly page: Page;
  readonly sources: SourceSearch;
  readonly target: TargetField;
  readonly jobs: CaptureJobs;
  readonly recorder: PageRecorder;
  readonly choosing: Choosing;
  readonly #store = new Store();
  readonly #turns: PageTurns;
  /** Of the file that is being read, or was read last. */
  #reading = new AbortController();

  constructor(page: Page) {
    this.page = page;
    this.#turns = new PageTurns(page, this.#store, () => this.sources.rest());
    this.sources = new SourceSearch(page, () => !this.#turns.isBusy);
    this.target = new TargetField(page, this.#store, this.#turns, this.sources);
    const reader = new TraceClient();
    this.jobs = new CaptureJobs(this.#store, this.#turns, this.target, this.sources, reader);
    this.recorder = new PageRecorder(this.#store, this.#turns, this.target, reader);
    this.choosing = new Choosing(this.#store);
    page.onAttachment((isAttached) => this.#store.dispatch({ type: 'attachment changed', isAttached }));
  }

  get state(): ReadonlySignal<State> {
    return this.#store.state;
  }

  /** To be called once, when the panel shows. */
  async open(): Promise<void> {
    try {
      await this.page.open();
    } catch (error) {
      this.#store.dispatch({ type: 'failed', failure: failureOf(error) });
    }
    await this.target.listFunctions();
    await capturing();
  }

  type(field: keyof Form, text: string): void {
    if (field === 'target') this.target.type(text);
    else this.#store.dispatch({ type: 'typed', field, text });
  }

  /** Shows the profile that is in a file; of files that are read at once, the last one. */
  async openProfile(file: File): Promise<void> {
    this.cancelReading();
    const reading = new AbortController();
    this.#reading = reading;
    const { openFile } = await opening();
    const { signal } = reading;
    if (signal.aborted) return;
    const coming = openFile(file, signal, (share) => this.#store.dispatch({ type: 'read so far', share }));
    this.#store.dispatch({ type: 'reading began', name: file.name });
    this.#store.dispatch(await coming);
  }

  cancelReading(): void {
    this.#reading.abort();
    this.#store.dispatch({ type: 'reading cancelled' });
  }

  dismiss(): void {
    this.#store.dispatch({ type: 'dismissed' });
  }

  /** Goes back to what was recorded. */
  showTable(): void {
    this.#store.dispatch({ type: 'went to table' });
  }

  /** Captures a function where it stands in its source. */
  captureFrame(frames: FrameTable, frame: FrameIndex): void {
    const place = placeTarget(frames, frame);
    if (!place || this.#turns.isBusy) return;
    this.target.choose(formatTarget(place));
    this.jobs.capture();
  }

  /** Where listeners of the page stand in their sources, each null without one; null where something else works on the page. */
  async locateListeners(addresses: readonly ListenerAddress[]): Promise<(PlaceTarget | null)[] | null> {
    if (this.#turns.isBusy) return null;
    try {
      const { placesOfListeners } = await import('../src/capture/listeners.ts');
      return await this.#turns.visit(({ session }) => placesOfListeners(session, addresses));
    } catch (error) {
      await this.#turns.fail(error);
      return null;
    }
  }

  /** Captures a listener of the page where it stands in its source. */
  async captureListener(address: ListenerAddress): Promise<void> {
    if (this.#turns.isBusy) return;
    let isLocated = false;
    await this.#turns.hold(async () => {
      try {
        const { placeOfListener } = await import('../src/capture/listeners.ts');
        const place = await this.#turns.visit(({ session }) => placeOfListener(session, address));
        this.target.choose(formatTarget(place));
        isLocated = true;
      } catch (error) {
        await this.#turns.fail(error);
      }
    });
    if (isLocated) this.jobs.capture();
  }
}
