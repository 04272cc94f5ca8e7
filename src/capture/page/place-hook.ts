/**
 * Runs in the page: the hook at a place of a source. Breakpoints stand at the function's entry and at every return; their
 * conditions tell this object of it and are never fulfilled, so the page never pauses.
 *
 * The conditions run in the midst of the page's code, where any name may mean anything. What they reach by syntax alone is
 * the prototype of async generator functions, and that is where the hook waits for them, under a name of its own.
 */
import type { Outcome } from '../../profile/model.ts';
import type { HookTrouble } from '../record.ts';
import { Calls, type CallsOptions } from './calls.ts';
import { type Bare, ownProperty } from './walk.ts';

export interface PlaceHookOptions extends CallsOptions {
  /** Address of the hook's script, and of the breakpoints' conditions. */
  readonly hookUrl: string;
  /** How the function ends where it returns. */
  readonly outcome: Outcome;
  /** Somebody comes to {@link PlaceHook.collect} the hook, who has to find it even if all calls were made by then. */
  readonly isAwaited: boolean;
}

/** What V8 tells of a frame on the stack. */
interface CallSite {
  getScriptNameOrSourceURL(): string | null;
  getEnclosingLineNumber(): number;
  getEnclosingColumnNumber(): number;
}

const { defineProperty, deleteProperty, getPrototypeOf } = Reflect;
const { Error: PageError } = globalThis;
/** How V8 is told what to give for a stack. */
const LIMIT = 'stackTraceLimit';
const PREPARE = 'prepareStackTrace';
const reachable = getPrototypeOf(async function* () {}) as Record<string, unknown>;

/** Frames looked at in search of another of the target; most recursion is found with the first few. */
const DEPTHS = [20, 200, Number.POSITIVE_INFINITY];

export function nameOf(id: string): string {
  return `flambe ${id}`;
}

/** Puts a hook where the breakpoints' conditions find it. Null where the page has frozen what it takes. */
export function armPlace(options: PlaceHookOptions): PlaceHook | null {
  const hook = new PlaceHook(options);
  return hook.put() ? hook : null;
}

export class PlaceHook extends Calls {
  readonly #name: string;
  readonly #hookUrl: string;
  readonly #outcome: Outcome;
  /** Number of the call that runs, or -1. */
  #call = -1;
  /** Going away is put off until the call that runs has ended, and whoever comes for the hook has come. */
  #isLeaving = false;
  #isAwaited: boolean;
  /** Invocations of the target within that call, as far as seen: those that threw are not. */
  #depth = 0;
  /** Tells the frames of the target; known from its first invocation. */
  #target: string | undefined;

  constructor(options: PlaceHookOptions) {
    super(options);
    this.#name = nameOf(options.id);
    this.#hookUrl = options.hookUrl;
    this.#outcome = options.outcome;
    this.#isAwaited = options.isAwaited;
  }

  put(): boolean {
    const property: PropertyDescriptor & Bare = { __proto__: null, value: this, configurable: true };
    if (!defineProperty(reachable, this.#name, property)) return false;
    this.startLease();
    return true;
  }

  collect(): this {
    this.#isAwaited = false;
    this.#removeInTime();
    return this;
  }

  /** The target is entered. */
  enter(): false {
    if (this.#call >= 0) {
      if (this.#isWithinCall()) {
        this.#depth++;
        return false;
      }
      this.#endUnseen();
    }
    this.#target ??= firstOf(this.#frames(DEPTHS[0]!));
    this.#depth = 1;
    this.#call = Number.POSITIVE_INFINITY;
    this.#call = this.begin();
    if (this.#call >= 0) void this.#watch(this.#call);
    this.#removeInTime();
    return false;
  }

  /** The target returns. */
  exit(): false {
    if (this.#call < 0) return false;
    this.#depth--;
    // An inner invocation that threw was counted as it came and not as it went.
    if (this.#depth > 0 && this.#isWithinCall()) return false;
    this.#endAs(this.#outcome);
    return false;
  }

  protected lift(): void {}

  protected putBack(): HookTrouble | null {
    return null;
  }

  protected leave(): HookTrouble | null {
    if (this.#call < 0 && !this.#isAwaited) return this.#remove();
    this.#isLeaving = true;
    return null;
  }

  protected get currentTrouble(): HookTrouble | null {
    return ownProperty(reachable, this.#name)?.value === this ? null : 'replaced';
  }

  /** Before any other code gets its turn, the stack has emptied: a call that is not through by then has left unseen. */
  async #watch(call: number): Promise<void> {
    await null;
    if (this.#call === call) this.#endUnseen();
  }

  #endUnseen(): void {
    this.#endAs('end not seen');
  }

  #endAs(outcome: Outcome): void {
    const call = this.#call;
    this.#call = -1;
    this.end(call, outcome);
    this.#removeInTime();
  }

  #removeInTime(): void {
    if (this.#isLeaving && this.#call < 0 && !this.#isAwaited) this.#remove();
  }

  #remove(): HookTrouble | null {
    this.#isLeaving = false;
    return deleteProperty(reachable, this.#name) ? null : 'locked in';
  }

  /** Whether another invocation of the target is below the one at the top of the stack. */
  #isWithinCall(): boolean {
    for (let i = 0; i < DEPTHS.length; i++) {
      const limit = DEPTHS[i]!;
      const frames = this.#frames(limit);
      // Where the stack can't be looked at, recursion is told from what came and went.
      if (frames === null) return true;
      let invocations = 0;
      for (let frame = 0; frame < frames.length; frame++) if (frames[frame] === this.#target) invocations++;
      if (invocations > 1) return true;
      if (frames.length < limit) return false;
    }
    return false;
  }

  /** What tells functions apart, for each frame from the top of the stack down; null for the hook's own. */
  #frames(limit: number): (string | null)[] | null {
    const frames: (string | null)[] = [];
    const readSites = (_: Error, sites: readonly CallSite[]) => {
      for (let i = 0; i < sites.length; i++) {
        const site = sites[i]!;
        const url = site.getScriptNameOrSourceURL();
        const place = `${url}:${site.getEnclosingLineNumber()}:${site.getEnclosingColumnNumber()}`;
        frames[i] = url === this.#hookUrl ? null : place;
      }
      return '';
    };
    const limitAtFirst = ownProperty(PageError, LIMIT);
    const prepareAtFirst = ownProperty(PageError, PREPARE);
    try {
      if (!set(LIMIT, limit) || !set(PREPARE, readSites)) return null;
      // V8 looks at the stack now, and makes the text of it as it is asked for.
      void new PageError().stack;
      return frames;
    } catch {
      return null;
    } finally {
      restore(LIMIT, limitAtFirst);
      restore(PREPARE, prepareAtFirst);
    }
  }
}

function firstOf(frames: readonly (string | null)[] | null): string | undefined {
  if (frames) for (let i = 0; i < frames.length; i++) if (frames[i] !== null) return frames[i]!;
  return undefined;
}

function set(setting: string, value: unknown): boolean {
  const property: PropertyDescriptor & Bare = { __proto__: null, value, configurable: true, writable: true };
  return defineProperty(PageError, setting, property);
}

function restore(setting: string, atFirst: PropertyDescriptor | undefined): void {
  if (atFirst) defineProperty(PageError, setting, atFirst);
  else deleteProperty(PageError, setting);
}
