/**
 * Runs in the page: the hook in a place that can be taken. It stands there as a transparent proxy of the target. While a
 * call runs, the target itself is back in its place: what calls itself, reads its own source or compares itself with
 * `new.target` finds what it always found, at no cost.
 *
 * Whatever runs inside the page's calls uses syntax and the functions taken below, nothing that the page can replace.
 */
import type { Outcome } from '../../profile/model.ts';
import type { HookTrouble } from '../record.ts';
import { Calls, type CallsOptions } from './calls.ts';
import type { Place } from './place.ts';
import type { Bare } from './walk.ts';

export interface HookOptions extends CallsOptions {
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

const { apply, construct, get, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { customElements } = globalThis;
const { getName } = customElements ?? {};
const elementPrototype = globalThis.HTMLElement?.prototype;
const { toString: sourceText } = Function.prototype;
// The engine's own, also where the page has a Promise of its own.
const promisePrototype = getPrototypeOf((async () => {})()) as Promise<unknown>;

export type Fn = (...args: unknown[]) => unknown;

export class Hook extends Calls {
  readonly #fn: Fn;
  readonly #standIn: Fn;
  /** Only the debugger sees a proxy's handler. */
  readonly #handler: ProxyHandler<Fn> & Bare & Standing;
  readonly #stays: boolean;
  #place: Place | null = null;
  /** The target is back in its place for the time of a call. */
  #lifted = false;
  /** As the target has it: code that turns functions into their sources (for a worker, say) gets the target's. */
  readonly #toString: () => string;

  constructor(fn: Fn, options: HookOptions, path: string) {
    super(options);
    this.#fn = fn;
    this.#stays = options.stays;
    const isElement = inherits(getOwnPropertyDescriptor(fn, 'prototype')?.value, elementPrototype);
    const speaker: ProxyHandler<() => string> & Bare = {
      __proto__: null,
      apply: (target, self, args) => apply(target, self === this.#standIn ? fn : self, args),
    };
    this.#toString = new Proxy(sourceText, speaker);
    this.#handler = {
      __proto__: null,
      armedBy: path,
      sinceRenewal: () => this.sinceRenewal,
      release: () => void this.release(),
      apply: (target, self, args) => {
        const call = this.begin();
        if (call < 0) return apply(target, self, args);
        let outcome: Outcome = 'threw';
        try {
          const result = apply(target, self, args);
          outcome = inherits(result, promisePrototype) ? 'returned a promise' : 'returned';
          return result;
        } finally {
          this.end(call, outcome);
        }
      },
      construct: (target, args, newTarget) => {
        const made = newTarget === this.#standIn && !(isElement && isRegistered(this.#standIn)) ? target : newTarget;
        const call = this.begin();
        if (call < 0) return construct(target, args, made);
        let outcome: Outcome = 'threw';
        try {
          const result: object = construct(target, args, made);
          outcome = 'returned';
          return result;
        } finally {
          this.end(call, outcome);
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
    this.startLease();
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

  protected lift(): void {
    const place = this.#place;
    if (place && !this.#stays && this.#holds(place)) this.#lifted = place.stand(this.#fn);
  }

  protected putBack(): HookTrouble | null {
    const place = this.#place;
    if (!place || !this.#lifted) return null;
    if (!this.#holds(place)) return 'replaced';
    this.#lifted = !place.stand(this.#standIn);
    return this.#lifted ? 'locked out' : null;
  }

  protected leave(): HookTrouble | null {
    const place = this.#place;
    this.#place = null;
    delete this.#handler.armedBy;
    const held = place === null || this.#holds(place);
    this.#lifted = false;
    if (!held) return 'replaced';
    return place === null || place.leave() ? null : 'locked in';
  }

  protected get currentTrouble(): HookTrouble | null {
    const place = this.#place;
    return place === null || this.#holds(place) ? null : 'replaced';
  }

  /** Whether that stands in the place what we put there last. */
  #holds(place: Place): boolean {
    return place.holds(this.#lifted ? this.#fn : this.#standIn);
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
