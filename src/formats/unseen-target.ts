import type { ProfileBuilder } from '../profile/build.ts';
import { lowerBound } from '../profile/lower-bound.ts';
import type { FrameIndex, Microseconds, SampleIndex, StackIndex } from '../profile/model.ts';
import type { SeenSamples } from './seen-samples.ts';

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
  readonly #samples: SeenSamples;
  /** By base: the stacks with the target put in, by what they were without it; null for those that do not stand on it. */
  readonly #completed = new Map<StackIndex, Map<StackIndex, StackIndex | null>>();

  /** Of one thread. */
  constructor(builder: ProfileBuilder, target: FrameIndex, samples: SeenSamples) {
    this.#builder = builder;
    this.#target = target;
    this.#samples = samples;
  }

  /** The time of the last sample on a call; its start where there is none. */
  lastSeen(start: Microseconds, end: Microseconds): Microseconds {
    const base = this.#baseOf(start, end);
    if (base === null) return start;
    const { time, stack } = this.#samples;
    for (let sample = this.#firstFrom(end) - 1; sample >= this.#firstFrom(start); sample--)
      if (this.#complete(base, stack[sample]!) !== null) return time[sample]!;
    return start;
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
    this.#add(thread, done, this.#samples.time.length, null);
  }

  #add(thread: number, first: SampleIndex, end: SampleIndex, base: StackIndex | null): void {
    const { time, stack, inHook, line, column } = this.#samples;
    for (let sample = first; sample < end; sample++) {
      const seen = stack[sample]!;
      const complete = base === null ? seen : (this.#complete(base, seen) ?? seen);
      if (inHook[sample] === 0) this.#builder.sample(time[sample]!, complete, thread, line[sample]!, column[sample]!);
    }
  }

  /** The stack of whoever made a call: that of the sample which its first mark forced. */
  #baseOf(start: Microseconds, end: Microseconds): StackIndex | null {
    const { time, stack, inHook } = this.#samples;
    let nearest: SampleIndex | null = null;
    for (let sample = this.#firstFrom(start - NEAR); sample < time.length && time[sample]! < end; sample++) {
      const isNearer = nearest === null || Math.abs(time[sample]! - start) < Math.abs(time[nearest]! - start);
      if (isNearer && inHook[sample] === 1) nearest = sample;
      // From there on they are only farther away.
      if (nearest !== null && time[sample]! >= start && !isNearer) break;
    }
    return nearest === null ? null : stack[nearest]!;
  }

  /** The stack with the target on top of `base`; null where it does not stand on it. */
  #complete(base: StackIndex, stack: StackIndex): StackIndex | null {
    let completed = this.#completed.get(base);
    if (!completed) {
      completed = new Map([[base, this.#builder.stack(base, this.#target)]]);
      this.#completed.set(base, completed);
    }
    const above: StackIndex[] = [];
    let at = stack;
    for (; at >= 0 && !completed.has(at); at = this.#builder.parentOf(at)) above.push(at);
    let complete = completed.get(at) ?? null;
    for (const next of above.reverse()) {
      if (complete !== null) complete = this.#builder.stack(complete, this.#builder.frameOf(next));
      completed.set(next, complete);
    }
    return complete;
  }

  #firstFrom(time: Microseconds): SampleIndex {
    const times = this.#samples.time;
    return lowerBound(times.length, (at) => times[at]! < time);
  }
}
