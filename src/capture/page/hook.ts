/**
 * Runs in the page: the hook. It stands in the target's place as a transparent proxy, marks where outermost calls begin
 * and end in the sampler's own stream, counts them, and goes away by itself: when the last call it was asked for has
 * begun, when it is told to, or when nobody renews its lease.
 */
import { beginMark, endMark } from '../../formats/marks.ts';
import type { Outcome } from '../../profile/model.ts';
import type { CaptureFailure } from '../errors.ts';
import type { PathStep } from '../target.ts';
import { type Binding, type Place, placeOf } from './place.ts';
import { type Found, kindOf, typeName, type Walked, walk, walkFromRoot } from './walk.ts';

/** How marks get into the sampler's stream: as time stamps in a trace, or as one console profile a call. */
export type MarkKind = 'timeStamp' | 'profile';

export interface HookOptions {
  /** The capture's word in its marks. */
  readonly id: string;
  readonly calls: number;
  readonly marks: MarkKind;
  /** Milliseconds. */
  readonly lease: number;
}

/** What the hook knows; plain data. */
export interface HookState {
  /** Outermost calls that began, and that ended. */
  readonly begun: number;
  readonly ended: number;
  readonly outcomes: readonly Outcome[];
  /** Still stands in the target's place. */
  readonly inPlace: boolean;
  /** The page has put something else in the target's place. */
  readonly replaced: boolean;
  readonly leaseEnded: boolean;
}

/** Milliseconds between two reports while calls come and go. */
const REPORT_EVERY = 100;

// The page may replace any of these later, so they are taken when the hook is made.
const { apply, construct } = Reflect;
const { setTimeout, clearTimeout } = globalThis;
const now = performance.now.bind(performance);
const { timeStamp, profile, profileEnd } = console as Console &
  Record<'profile' | 'profileEnd', (title: string) => void>;
const PromiseOfPage = Promise;

type Fn = (...args: unknown[]) => unknown;

/** The target as it was found, before anything is touched. */
export class FoundTarget {
  readonly fn: Fn;
  readonly #found: Found;
  /** Null where the target has no name of its own. */
  readonly #binding: Binding | null;

  constructor(found: Found, binding: Binding | null) {
    this.#found = found;
    this.#binding = binding;
    this.fn = found.value as Fn;
  }

  /** What the caller needs to know of the function, as plain data. */
  get summary(): { name: string; kind: string; path: string } {
    const name: unknown = Reflect.getOwnPropertyDescriptor(this.fn, 'name')?.value;
    const isMethod = this.#found.holder !== this.#found.owner;
    return {
      name: typeof name === 'string' ? name : '',
      kind: kindOf(this.fn, isMethod),
      path: this.#found.path,
    };
  }

  /** Puts a hook in the target's place. Returns the hook, or why it cannot stand there. */
  arm(options: HookOptions, report: (state: string) => void): Hook | CaptureFailure {
    const place = placeOf(this.#found, this.#binding);
    const { path } = this.#found;
    if (place === null) return { code: 'no place', text: path };
    if (typeof place === 'string') return { code: 'cannot wrap', path, reason: place };
    const hook = new Hook(this.fn, options, report);
    return hook.put(place) ? hook : { code: 'cannot wrap', path, reason: 'proxy refused' };
  }

  /** A hook that stands nowhere: only its own `run` calls the target. */
  wrap(options: HookOptions, report: (state: string) => void): Hook {
    return new Hook(this.fn, options, report);
  }

  /** `this` of a call that Flambe makes. */
  get receiver(): unknown {
    return this.#found.owner === globalThis ? undefined : this.#found.owner;
  }
}

/** Finds a target by its path from the global scope. */
export function findByPath(root: string, steps: readonly PathStep[], binding: Binding): FoundTarget | CaptureFailure {
  return functionAt(walkFromRoot(root, steps, binding.read), binding);
}

/** Finds a target under a value that an expression gave, by the steps left of the expression. */
export function findUnder(value: unknown, text: string, steps: readonly PathStep[]): FoundTarget | CaptureFailure {
  return functionAt(walk({ ok: true, path: text, value }, steps), null);
}

function functionAt(walked: Walked, binding: Binding | null): FoundTarget | CaptureFailure {
  if (!walked.ok) return walked.failure;
  const { value, path } = walked;
  return typeof value === 'function'
    ? new FoundTarget(walked, binding)
    : { code: 'not a function', path, type: typeName(value) };
}

export class Hook {
  readonly #standIn: Fn;
  readonly #options: HookOptions;
  readonly #report: (state: string) => void;
  readonly #outcomes: Outcome[] = [];
  #place: Place | null = null;
  #begun = 0;
  #running = false;
  #over = false;
  #replaced = false;
  #leaseEnded = false;
  /** A hook that stands nowhere needs no lease. */
  #leaseEnds = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reportedAt = Number.NEGATIVE_INFINITY;
  #reportTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(fn: Fn, options: HookOptions, report: (state: string) => void) {
    this.#options = options;
    this.#report = report;
    this.#standIn = new Proxy(fn, {
      apply: (target, self, args) => {
        const call = this.#begin();
        if (call < 0) return apply(target, self, args);
        let outcome: Outcome = 'threw';
        this.#markBegin(call);
        try {
          const result = apply(target, self, args);
          outcome = isPromise(result) ? 'returned a promise' : 'returned';
          return result;
        } finally {
          this.#end(call, outcome);
        }
      },
      construct: (target, args, newTarget) => {
        const made = newTarget === this.#standIn ? target : newTarget;
        const call = this.#begin();
        if (call < 0) return construct(target, args, made);
        let outcome: Outcome = 'threw';
        this.#markBegin(call);
        try {
          const result: object = construct(target, args, made);
          outcome = 'returned';
          return result;
        } finally {
          this.#end(call, outcome);
        }
      },
    });
  }

  put(place: Place): boolean {
    if (!place.put(this.#standIn)) return false;
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
    this.#over = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#reportTimer);
    this.#takeOff();
    return this.state;
  }

  renew(): void {
    this.#leaseEnds = now() + this.#options.lease;
  }

  get state(): HookState {
    return {
      begun: this.#begun,
      ended: this.#outcomes.length,
      outcomes: this.#outcomes,
      inPlace: this.#place !== null,
      replaced: this.#replaced,
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
    const call = this.#begun++;
    if (this.#begun === this.#options.calls) {
      this.#over = true;
      this.#takeOff();
    }
    this.#reportSometimes();
    return call;
  }

  #end(call: number, outcome: Outcome): void {
    this.#markEnd(call, outcome);
    this.#running = false;
    this.#outcomes.push(outcome);
    if (this.#outcomes.length === this.#options.calls) {
      clearTimeout(this.#timer);
      this.#reportNow();
    } else {
      this.#reportSometimes();
    }
  }

  #markBegin(call: number): void {
    const label = beginMark(this.#options.id, call);
    if (this.#options.marks === 'timeStamp') apply(timeStamp, console, [label]);
    else apply(profile, console, [label]);
  }

  #markEnd(call: number, outcome: Outcome): void {
    if (this.#options.marks === 'timeStamp') apply(timeStamp, console, [endMark(this.#options.id, call, outcome)]);
    else apply(profileEnd, console, [beginMark(this.#options.id, call)]);
  }

  /** A report costs 20 to 50 µs, outside the clocked time but inside the page's. What is left out is told later. */
  #reportSometimes(): void {
    if (now() - this.#reportedAt >= REPORT_EVERY) this.#reportNow();
    else this.#reportTimer ??= setTimeout(() => this.#reportNow(), REPORT_EVERY);
  }

  #reportNow(): void {
    clearTimeout(this.#reportTimer);
    this.#reportTimer = undefined;
    this.#reportedAt = now();
    const { begun, ended, leaseEnded } = this.state;
    this.#report(JSON.stringify({ begun, ended, leaseEnded }));
  }

  #checkLease(): void {
    const left = this.#leaseEnds - now();
    if (left > 0) this.#timer = setTimeout(() => this.#checkLease(), left);
    else this.#endLease();
  }

  #endLease(): void {
    this.#leaseEnded = true;
    this.release();
    this.#reportNow();
  }

  #takeOff(): void {
    if (this.#place && !this.#place.restore(this.#standIn)) this.#replaced = true;
    this.#place = null;
  }
}

/** A proxy that was revoked, or that throws on being asked, is nothing to wait for. */
function isPromise(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return value instanceof PromiseOfPage;
  } catch {
    return false;
  }
}
