/**
 * Runs in the page: the calls of a capture. Whichever hook stands on the target tells of their begins and ends; they are
 * marked in the sampler's own stream and counted, and the hook is taken off: with the last call that was asked for, when
 * it is told to, or when nobody renews its lease.
 *
 * Whatever runs inside the page's calls uses syntax and the functions taken below, nothing that the page can replace.
 */
import { DROPPED, type MarkedOutcome } from '../../formats/marks.ts';
import type { Outcome } from '../../profile/model.ts';
import type { HookTrouble } from '../record.ts';
import { type Leave, type MarkKind, markWith } from './mark.ts';

export interface CallsOptions {
  /** The capture's word in its marks; hexadecimal. */
  readonly id: string;
  readonly calls: number;
  readonly marks: MarkKind;
  /** Milliseconds. */
  readonly lease: number;
  /** Milliseconds that a call must last to be kept; 0 keeps all. */
  readonly longerThan: number;
}

/** A call that was kept: its number in the marks, and how it ended. */
export type KeptCall = readonly [call: number, outcome: Outcome];

/** What the hook knows; plain data. */
export interface HookState {
  /** Calls that are kept or may be: those that ended so, and the one that runs. */
  readonly begun: number;
  readonly ended: number;
  readonly kept: readonly KeptCall[];
  /** Calls that were too short to be kept. */
  readonly dropped: number;
  /** No call runs, and none will be marked. */
  readonly isOver: boolean;
  readonly trouble: HookTrouble | null;
  readonly leaseEnded: boolean;
}

const { apply, getPrototypeOf } = Reflect;
const { setTimeout, clearTimeout, performance } = globalThis;
const nowOf = performance?.now;
// The engine's own, also where the page has a Promise of its own.
const { constructor: EnginePromise } = getPrototypeOf((async () => {})()) as unknown as {
  constructor: PromiseConstructor;
};

/** The page's clock is rounded by up to so many milliseconds, unless the page is isolated. */
const roundedBy = globalThis.crossOriginIsolated ? 0.02 : 0.2;

/** Where the page has broken its clock, time stands still: then the number of calls ends a hook that nobody looks after. */
function now(): number {
  try {
    return apply(nowOf, performance, []);
  } catch {
    return 0;
  }
}

function setTimer(ring: () => void, milliseconds: number): ReturnType<typeof setTimeout> | undefined {
  try {
    return setTimeout(ring, milliseconds);
  } catch {
    return undefined;
  }
}

function clearTimer(timer: ReturnType<typeof setTimeout> | undefined): void {
  try {
    clearTimeout(timer);
  } catch {}
}

export abstract class Calls {
  readonly #options: CallsOptions;
  readonly #mark: Leave;
  readonly #kept: KeptCall[] = [];
  /** Number of the next outermost call. */
  #next = 0;
  #running = false;
  #startedAt = 0;
  #over = false;
  #trouble: HookTrouble | null = null;
  #leaseEnded = false;
  /** A hook that stands nowhere needs no lease. */
  #leaseEnds = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tellNews: (() => void) | undefined;
  #tellEnd: (() => void) | undefined;

  constructor(options: CallsOptions) {
    this.#options = options;
    this.#mark = markWith(options.marks, options.id);
  }

  /** A call begins that is not the last one. */
  protected abstract lift(): void;
  /** Such a call has ended. Says what keeps the hook from being there for the next one. */
  protected abstract putBack(): HookTrouble | null;
  /** Takes the hook off for good. Called once. */
  protected abstract leave(): HookTrouble | null;
  /** What the page has done to the hook by now. */
  protected abstract get currentTrouble(): HookTrouble | null;

  /** Takes the hook off for good. A call that is running still gets its end mark. */
  release(): HookState {
    this.#retire();
    return this.state;
  }

  /** To be called within the lease. */
  renew(): HookState {
    this.#leaseEnds = now() + this.#options.lease;
    return this.state;
  }

  /** Waits until there is something else to tell than so many calls begun and ended. */
  async news(begun: number, ended: number): Promise<HookState> {
    const { state } = this;
    if (!state.isOver && state.begun === begun && state.ended === ended)
      await new EnginePromise<void>((resolve) => {
        this.#tellNews = resolve;
      });
    return this.state;
  }

  /** Waits until no call runs and none will be marked. */
  async finished(): Promise<HookState> {
    if (!this.state.isOver)
      await new EnginePromise<void>((resolve) => {
        this.#tellEnd = resolve;
      });
    return this.state;
  }

  get state(): HookState {
    const running = this.#running ? 1 : 0;
    return {
      begun: this.#kept.length + running,
      ended: this.#kept.length,
      kept: this.#kept,
      dropped: this.#next - this.#kept.length - running,
      isOver: this.#over && running === 0,
      trouble: this.#trouble ?? (this.#over ? null : this.currentTrouble),
      leaseEnded: this.#leaseEnded,
    };
  }

  /** Milliseconds. */
  protected get sinceRenewal(): number {
    return now() - this.#leaseEnds + this.#options.lease;
  }

  /** The hook stands: from now on somebody has to renew its lease. */
  protected startLease(): void {
    this.renew();
    this.#checkLease();
  }

  /** A call begins. Returns its number, or -1 for a nested call or one that is not asked for. */
  protected begin(): number {
    if (this.#running || this.#over) return -1;
    if (now() >= this.#leaseEnds) {
      this.#endLease();
      return -1;
    }
    this.#running = true;
    const { calls, longerThan } = this.#options;
    if (longerThan === 0 && this.#kept.length + 1 === calls) this.#retire();
    else this.lift();
    this.#notify();
    this.#startedAt = longerThan === 0 ? 0 : now();
    const call = this.#next++;
    this.#mark(call);
    return call;
  }

  /** The call of that number has ended. */
  protected end(call: number, outcome: Outcome): void {
    const { calls, longerThan } = this.#options;
    // Nothing shorter is ever kept, at the price of losing one now and then that is hardly longer.
    const isKept = longerThan === 0 || now() - this.#startedAt > longerThan + roundedBy;
    const marked: MarkedOutcome = isKept ? outcome : DROPPED;
    this.#mark(call, marked);
    this.#running = false;
    if (isKept) this.#kept[this.#kept.length] = [call, outcome];
    if (this.#kept.length < calls && !this.#over) this.#trouble = this.putBack();
    if (this.#kept.length >= calls || this.#trouble) this.#retire();
    if (isKept) this.#notify();
  }

  #retire(): void {
    clearTimer(this.#timer);
    if (!this.#over) {
      this.#over = true;
      this.#trouble = this.leave() ?? this.#trouble;
    }
    this.#notify();
  }

  #notify(): void {
    const tellNews = this.#tellNews;
    this.#tellNews = undefined;
    if (tellNews) tellNews();
    if (this.#over && !this.#running && this.#tellEnd) this.#tellEnd();
  }

  #checkLease(): void {
    const left = this.#leaseEnds - now();
    if (left > 0) this.#timer = setTimer(() => this.#checkLease(), left);
    else this.#endLease();
  }

  #endLease(): void {
    this.#leaseEnded = true;
    this.#retire();
  }
}
