/**
 * Runs in the page: the hook. It stands in the target's place as a transparent proxy, marks where outermost calls begin
 * and end in the sampler's own stream, counts them, and goes away by itself: with the last call it was asked for, when it
 * is told to, or when nobody renews its lease. While a call runs, the target itself is back in its place: what calls
 * itself, reads its own source or compares itself with `new.target` finds what it always found, at no cost.
 *
 * Whatever runs inside the page's calls uses syntax and the functions taken below, nothing that the page can replace.
 */
import { DROPPED, type MarkedOutcome } from '../../formats/marks.ts';
import type { Outcome } from '../../profile/model.ts';
import type { HookTrouble } from '../record.ts';
import { type Leave, type MarkKind, markWith } from './mark.ts';
import type { Place } from './place.ts';
import type { Bare } from './walk.ts';

export interface HookOptions {
  /** The capture's word in its marks; hexadecimal. */
  readonly id: string;
  readonly calls: number;
  readonly marks: MarkKind;
  /** Milliseconds. */
  readonly lease: number;
  /** Milliseconds that a call must last to be kept; 0 keeps all. */
  readonly longerThan: number;
  /** The owner of the target is told of every change of its properties, so the hook stays while calls run. */
  readonly stays: boolean;
}

/** How the debugger knows a hook that stands, and can take off one that nobody looks after any more. */
interface Standing {
  armedBy?: string;
  /** Milliseconds. */
  sinceRenewal(): number;
  release(): void;
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

const { apply, construct, get, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { setTimeout, clearTimeout, performance } = globalThis;
const nowOf = performance?.now;
const { customElements } = globalThis;
const { getName } = customElements ?? {};
const elementPrototype = globalThis.HTMLElement?.prototype;
const { toString: sourceText } = Function.prototype;
// The engine's own, also where the page has a Promise of its own.
const promisePrototype = getPrototypeOf((async () => {})()) as Promise<unknown>;
const { constructor: EnginePromise } = promisePrototype as unknown as { constructor: PromiseConstructor };

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

export type Fn = (...args: unknown[]) => unknown;

export class Hook {
  readonly #fn: Fn;
  readonly #standIn: Fn;
  /** Only the debugger sees a proxy's handler. */
  readonly #handler: ProxyHandler<Fn> & Bare & Standing;
  readonly #options: HookOptions;
  readonly #mark: Leave;
  readonly #kept: KeptCall[] = [];
  #place: Place | null = null;
  /** The target is back in its place for the time of a call. */
  #lifted = false;
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
  /** As the target has it: code that turns functions into their sources (for a worker, say) gets the target's. */
  readonly #toString: () => string;

  constructor(fn: Fn, options: HookOptions, path: string) {
    this.#fn = fn;
    this.#options = options;
    this.#mark = markWith(options.marks, options.id);
    const isElement = inherits(getOwnPropertyDescriptor(fn, 'prototype')?.value, elementPrototype);
    const speaker: ProxyHandler<() => string> & Bare = {
      __proto__: null,
      apply: (target, self, args) => apply(target, self === this.#standIn ? fn : self, args),
    };
    this.#toString = new Proxy(sourceText, speaker);
    this.#handler = {
      __proto__: null,
      armedBy: path,
      sinceRenewal: () => now() - this.#leaseEnds + options.lease,
      release: () => void this.release(),
      apply: (target, self, args) => {
        const call = this.#begin();
        if (call < 0) return apply(target, self, args);
        let outcome: Outcome = 'threw';
        this.#mark(call);
        try {
          const result = apply(target, self, args);
          outcome = inherits(result, promisePrototype) ? 'returned a promise' : 'returned';
          return result;
        } finally {
          this.#end(call, outcome);
        }
      },
      construct: (target, args, newTarget) => {
        const made = newTarget === this.#standIn && !(isElement && isRegistered(this.#standIn)) ? target : newTarget;
        const call = this.#begin();
        if (call < 0) return construct(target, args, made);
        let outcome: Outcome = 'threw';
        this.#mark(call);
        try {
          const result: object = construct(target, args, made);
          outcome = 'returned';
          return result;
        } finally {
          this.#end(call, outcome);
        }
      },
      get: (target, key, receiver) => {
        const value: unknown = get(target, key, receiver);
        const isInherited = key === 'toString' && getOwnPropertyDescriptor(target, key) === undefined;
        return isInherited && value === sourceText ? this.#toString : value;
      },
    };
    this.#standIn = new Proxy(fn, this.#handler);
  }

  put(place: Place): boolean {
    if (!place.stand(this.#standIn)) return false;
    this.#place = place;
    this.renew();
    this.#checkLease();
    return true;
  }

  /** One call by Flambe itself. Never throws; the result goes back through the protocol. */
  run(receiver: unknown, args: unknown[], isClass: boolean): { outcome: 'returned' | 'threw'; value: unknown } {
    try {
      const value = isClass ? construct(this.#standIn, args) : apply(this.#standIn, receiver, args);
      return { outcome: 'returned', value };
    } catch (value) {
      return { outcome: 'threw', value };
    }
  }

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
    const place = this.#place;
    const running = this.#running ? 1 : 0;
    return {
      begun: this.#kept.length + running,
      ended: this.#kept.length,
      kept: this.#kept,
      dropped: this.#next - this.#kept.length - running,
      isOver: this.#over && running === 0,
      trouble: this.#trouble ?? (place === null || this.#holds(place) ? null : 'replaced'),
      leaseEnded: this.#leaseEnded,
    };
  }

  /** The number of the call that begins, or -1 for a nested call or one that is not asked for. */
  #begin(): number {
    if (this.#running || this.#over) return -1;
    if (now() >= this.#leaseEnds) {
      this.#endLease();
      return -1;
    }
    this.#running = true;
    const { calls, longerThan } = this.#options;
    if (longerThan === 0 && this.#kept.length + 1 === calls) this.#retire();
    else this.#lift();
    this.#notify();
    this.#startedAt = longerThan === 0 ? 0 : now();
    return this.#next++;
  }

  #end(call: number, outcome: Outcome): void {
    const { calls, longerThan } = this.#options;
    // Nothing shorter is ever kept, at the price of losing one now and then that is hardly longer.
    const isKept = longerThan === 0 || now() - this.#startedAt > longerThan + roundedBy;
    const marked: MarkedOutcome = isKept ? outcome : DROPPED;
    this.#mark(call, marked);
    this.#running = false;
    if (isKept) this.#kept[this.#kept.length] = [call, outcome];
    if (this.#kept.length >= calls) this.#retire();
    else this.#putBack();
    if (isKept) this.#notify();
  }

  #lift(): void {
    const place = this.#place;
    if (place && !this.#options.stays && this.#holds(place)) this.#lifted = place.stand(this.#fn);
  }

  #putBack(): void {
    const place = this.#place;
    if (!place || !this.#lifted) return;
    if (this.#holds(place)) {
      this.#lifted = !place.stand(this.#standIn);
      if (!this.#lifted) return;
      this.#trouble = 'locked out';
    }
    this.#retire();
  }

  /** Whether that stands in the place what we put there last. */
  #holds(place: Place): boolean {
    return place.holds(this.#lifted ? this.#fn : this.#standIn);
  }

  #retire(): void {
    const place = this.#place;
    this.#place = null;
    this.#over = true;
    delete this.#handler.armedBy;
    clearTimer(this.#timer);
    if (place) {
      if (!this.#holds(place)) this.#trouble = 'replaced';
      else if (!place.leave()) this.#trouble = 'locked in';
    }
    this.#lifted = false;
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

/** Whether the page has registered this very function as the class of an element, which then only it can make. */
function isRegistered(fn: Fn): boolean {
  return apply(getName, customElements, [fn]) !== null;
}

/** A proxy that was revoked, or that throws on being asked, inherits nothing. */
function inherits(value: unknown, prototype: object | undefined): boolean {
  if (typeof value !== 'object') return false;
  try {
    for (let at = value; at; at = getPrototypeOf(at)) if (at === prototype) return true;
  } catch {}
  return false;
}
