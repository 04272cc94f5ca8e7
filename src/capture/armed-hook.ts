import type { Ending } from './ending.ts';
import type { HookState } from './page/calls.ts';
import type { Remote } from './remote.ts';
import { pause, within } from './within.ts';

const MILLISECONDS_PER_SECOND = 1000;
/** Between two answers of the hook while calls come and go. */
const FOLLOW_EVERY = 100;
/** Between two looks at the hook while nothing happens. */
const LOOK_EVERY = 1000;

export interface HookListener {
  onState(state: HookState): void;
  /** The page is in a task that is long enough to be worth a word. */
  onBusy(): void;
}

/**
 * The hook while it stands in the page. It calls nobody: a promise waits in the page for news of it, so that the page gets
 * no function of ours to see.
 */
export class ArmedHook {
  readonly #remote: Remote;
  readonly #ending: Ending;
  readonly #calls: number;
  readonly #listener: HookListener;
  #latest: HookState | null = null;
  #restartTimeout: () => void = () => undefined;

  constructor(
    remote: Remote,
    ending: Ending,
    calls: number,
    listener: HookListener,
    /** The page-side object (`Calls` of page/calls.ts). */
    readonly objectId: string,
  ) {
    this.#remote = remote;
    this.#ending = ending;
    this.#calls = calls;
    this.#listener = listener;
  }

  /** Tells of what happens from now on, and ends the capture when the hook is done. */
  follow(): void {
    // A page that is gone has no news; what became of it, others hear.
    this.#followNews().catch(() => undefined);
    this.#awaitEnd().catch(() => undefined);
    this.#look().catch(() => undefined);
  }

  /** Ends the capture when no call has run for so long. 0 waits for ever. */
  timeOutAfter(seconds: number): void {
    if (seconds === 0) return;
    let timer: ReturnType<typeof setTimeout>;
    const restart = () => {
      clearTimeout(timer);
      const isRunning = this.#latest !== null && this.#latest.begun > this.#latest.ended;
      if (!isRunning) timer = setTimeout(check, seconds * MILLISECONDS_PER_SECOND);
    };
    const check = async () => {
      const before = this.#latest;
      // The page knows better than what it last told. While it is busy, it does not answer.
      const now = await this.#renew().catch(() => null);
      if (now === null || (now.begun === (before?.begun ?? 0) && now.ended === (before?.ended ?? 0)))
        this.#ending.end('timeout');
    };
    this.#restartTimeout = restart;
    restart();
    this.#ending.whenOver(() => clearTimeout(timer));
  }

  /** Takes the hook off. Waits until the page has time for it. */
  release(): Promise<HookState> {
    return this.#remote.callForValue(this.objectId, 'function () { return this.release(); }');
  }

  async #followNews(): Promise<void> {
    while (!this.#ending.isOver) {
      const { begun = 0, ended = 0 } = this.#latest ?? {};
      const declaration = 'function (begun, ended) { return this.news(begun, ended); }';
      this.#take(await this.#remote.callAndWait(this.objectId, declaration, { value: begun }, { value: ended }));
      await pause(FOLLOW_EVERY);
    }
  }

  async #awaitEnd(): Promise<void> {
    this.#take(await this.#remote.callAndWait(this.objectId, 'function () { return this.finished(); }'));
  }

  /** Renews the lease, and sees what there is no news of: that the page is busy, or did something to the hook. */
  async #look(): Promise<void> {
    while (!this.#ending.isOver) {
      const renewed = this.#renew();
      if (!(await within(LOOK_EVERY, renewed)) && !this.#ending.isOver) this.#listener.onBusy();
      await renewed;
      await pause(LOOK_EVERY);
    }
  }

  async #renew(): Promise<HookState> {
    const state = await this.#remote.callForValue<HookState>(this.objectId, 'function () { return this.renew(); }');
    this.#take(state);
    return state;
  }

  #take(state: HookState): void {
    if (this.#ending.isOver) return;
    const before = this.#latest;
    this.#latest = state;
    if (state.begun !== (before?.begun ?? 0) || state.ended !== (before?.ended ?? 0)) this.#restartTimeout();
    this.#listener.onState(state);
    if (state.ended >= this.#calls) this.#ending.end('complete');
    else if (state.leaseEnded) this.#ending.end('lease ended');
    else if (state.isOver) this.#ending.end('hook gone');
  }
}
