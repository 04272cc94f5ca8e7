import { lowerBound, type ProfileBuilder } from '../profile/build.ts';
import type { FrameIndex, Microseconds, StackIndex } from '../profile/model.ts';

/** A sample as V8 gave it. In the hook, `stack` is that of whoever called the target. */
export interface SeenSample {
  readonly time: Microseconds;
  readonly stack: StackIndex;
  readonly inHook: boolean;
  /** Where its topmost frame with a source stood; 1-based, 0 where unknown. */
  readonly line: number;
  readonly column: number;
}

/** V8 is made to take a sample with each mark, within so many microseconds of it. */
const NEAR: Microseconds = 50;

/**
 * V8 runs a function that has breakpoints from a copy of its code that its sampler does not know, so the function's own
 * frame is missing from every stack:
 *
 *     onClick, reduce          a sample while dispatch, called by onClick, runs reduce
 *     onClick, (hook)          a sample at a breakpoint of dispatch, which each mark makes sure of
 *
 * The second says where the frame belongs in the first, as long as the call lasts.
 */
export class UnseenTarget {
  readonly #builder: ProfileBuilder;
  readonly #target: FrameIndex;
  readonly #samples: readonly SeenSample[];
  /** By base: the stacks with the target put in, by what they were without it. */
  readonly #completed = new Map<StackIndex, Map<StackIndex, StackIndex>>();

  /** Of one thread. */
  constructor(builder: ProfileBuilder, target: FrameIndex, samples: readonly SeenSample[]) {
    this.#builder = builder;
    this.#target = target;
    this.#samples = samples.toSorted((a, b) => a.time - b.time);
  }

  /** The time of the last sample on a call; its start where there is none. */
  lastSeen(start: Microseconds, end: Microseconds): Microseconds {
    const base = this.#baseOf(start, end);
    let last = start;
    if (base !== null)
      for (const { time, stack } of this.#within(start, end)) if (this.#complete(base, stack) !== null) last = time;
    return last;
  }

  /** Adds all samples but those that the marks forced. Calls must not overlap. */
  addTo(thread: number, calls: readonly { readonly start: Microseconds; readonly end: Microseconds }[]): void {
    let done = 0;
    for (const { start, end } of calls.toSorted((a, b) => a.start - b.start)) {
      const base = this.#baseOf(start, end);
      const [first, last] = [this.#firstFrom(start), this.#firstFrom(end)];
      this.#add(thread, done, first, null);
      this.#add(thread, first, last, base);
      done = Math.max(done, last);
    }
    this.#add(thread, done, this.#samples.length, null);
  }

  #add(thread: number, first: number, end: number, base: StackIndex | null): void {
    for (const { time, stack, inHook, line, column } of this.#samples.slice(first, end)) {
      const complete = base === null ? stack : (this.#complete(base, stack) ?? stack);
      if (!inHook) this.#builder.sample(time, complete, thread, line, column);
    }
  }

  /** The stack of whoever made a call: that of the sample which its first mark forced. */
  #baseOf(start: Microseconds, end: Microseconds): StackIndex | null {
    const inHook = this.#within(start - NEAR, end).filter((sample) => sample.inHook);
    const nearest = inHook.toSorted((a, b) => Math.abs(a.time - start) - Math.abs(b.time - start))[0];
    return nearest ? nearest.stack : null;
  }

  /** The stack with the target on top of `base`; null where it does not stand on it. */
  #complete(base: StackIndex, stack: StackIndex): StackIndex | null {
    const completed = this.#completed.get(base) ?? new Map([[base, this.#builder.stack(base, this.#target)]]);
    this.#completed.set(base, completed);
    const above: StackIndex[] = [];
    let at = stack;
    for (; at >= 0 && !completed.has(at); at = this.#builder.parentOf(at)) above.push(at);
    let complete = completed.get(at);
    if (complete === undefined) return null;
    for (const next of above.reverse()) {
      complete = this.#builder.stack(complete, this.#builder.frameOf(next));
      completed.set(next, complete);
    }
    return complete;
  }

  #within(from: Microseconds, to: Microseconds): readonly SeenSample[] {
    return this.#samples.slice(this.#firstFrom(from), this.#firstFrom(to));
  }

  #firstFrom(time: Microseconds): number {
    return lowerBound(this.#samples.length, (at) => this.#samples[at]!.time < time);
  }
}
