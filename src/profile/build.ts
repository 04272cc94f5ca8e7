import {
  type CallTable,
  type FrameIndex,
  FrameKind,
  type Microseconds,
  NOT_SAMPLED,
  type Outcome,
  type Profile,
  type StackIndex,
} from './model.ts';

/** One call as a sampler saw its marks; all times in the sampler's clock. */
export interface ClockedCall {
  readonly thread: number;
  readonly outcome: Outcome;
  readonly intervals: readonly ClockedInterval[];
}

export interface ClockedInterval {
  readonly start: Microseconds;
  readonly end: Microseconds;
}

/** Calls as columns, in order of their start. Throws on an interval that ends before it starts. */
export function buildCalls(clocked: readonly ClockedCall[]): CallTable {
  const calls = clocked
    .filter((call) => call.intervals.length > 0)
    .sort((a, b) => a.intervals[0]!.start - b.intervals[0]!.start);
  const intervals = calls.flatMap((call) => call.intervals);
  for (const { start, end } of intervals)
    if (!(start <= end)) throw new RangeError(`A call's interval runs from ${start} µs to ${end} µs`);
  const firstInterval = new Int32Array(calls.length + 1);
  for (const [i, call] of calls.entries()) firstInterval[i + 1] = firstInterval[i]! + call.intervals.length;
  return {
    thread: Int32Array.from(calls, (call) => call.thread),
    outcome: calls.map((call) => call.outcome),
    firstInterval,
    intervalStart: Float64Array.from(intervals, (interval) => interval.start),
    intervalEnd: Float64Array.from(intervals, (interval) => interval.end),
  };
}

interface Row {
  readonly time: Microseconds;
  readonly thread: number;
}

/**
 * The only door to a {@link Profile}: takes frames, stacks, samples and work in any order and gives columns that keep
 * the model's invariants. Refuses what cannot be right with a RangeError.
 */
export class ProfileBuilder {
  readonly #frames = { name: [] as string[], url: [] as string[], line: [] as number[], column: [] as number[] };
  readonly #kinds: FrameKind[] = [];
  readonly #frameByKey = new Map<string, FrameIndex>();
  readonly #stackParent: number[] = [];
  readonly #stackFrame: number[] = [];
  readonly #samples: (Row & { stack: StackIndex; line: number; column: number })[] = [];
  readonly #work: (Row & { frame: FrameIndex; end: Microseconds })[] = [];

  constructor() {
    this.frame({ name: NOT_SAMPLED, kind: FrameKind.notSampled });
  }

  /** The row of a frame; the same frame always has the same row. Line and column are 1-based, 0 where unknown. */
  frame(of: { name: string; url?: string; line?: number; column?: number; kind: FrameKind }): FrameIndex {
    const { name, url = '', line = 0, column = 0, kind } = of;
    // With its length in front, no name can pass for the end of an address.
    const key = `${kind} ${line} ${column} ${url.length} ${url}${name}`;
    const known = this.#frameByKey.get(key);
    if (known !== undefined) return known;
    const index = this.#kinds.push(kind) - 1;
    this.#frames.name.push(name);
    this.#frames.url.push(url);
    this.#frames.line.push(line);
    this.#frames.column.push(column);
    this.#frameByKey.set(key, index);
    return index;
  }

  /** Puts a frame on top of a stack (-1 for none). Stacks are not merged here; folding merges equal ones. */
  stack(parent: StackIndex, frame: FrameIndex): StackIndex {
    if (!(parent >= -1 && parent < this.#stackParent.length)) throw new RangeError(`No stack ${parent} to stand on`);
    if (!(frame >= 0 && frame < this.#kinds.length)) throw new RangeError(`No frame ${frame}`);
    this.#stackParent.push(parent);
    return this.#stackFrame.push(frame) - 1;
  }

  /** -1 at the bottom. */
  parentOf(stack: StackIndex): StackIndex {
    return this.#stackParent[stack]!;
  }

  frameOf(stack: StackIndex): FrameIndex {
    return this.#stackFrame[stack]!;
  }

  /** Line and column say where the stack's topmost frame with a source stood; 1-based, 0 where unknown. */
  sample(time: Microseconds, stack: StackIndex, thread: number, line = 0, column = 0): void {
    if (!(stack >= -1 && stack < this.#stackParent.length)) throw new RangeError(`No stack ${stack} to sample`);
    if (!Number.isFinite(time)) throw new RangeError(`A sample at ${time}`);
    this.#samples.push({ time, stack, thread, line, column });
  }

  /** Clocked work of the browser. Work of one thread must nest. */
  work(frame: FrameIndex, time: Microseconds, end: Microseconds, thread: number): void {
    if (!(time <= end)) throw new RangeError(`Work from ${time} µs to ${end} µs`);
    this.#work.push({ time, end, frame, thread });
  }

  finish(of: {
    targetFrame: FrameIndex;
    hookFrames: readonly FrameIndex[] | null;
    calls: CallTable;
    askedInterval: Microseconds;
  }): Profile {
    const samples = this.#samples.sort((a, b) => a.time - b.time);
    // Of two pieces of work that start together the longer one is the outer one.
    const work = this.#work.sort((a, b) => a.time - b.time || b.end - a.end);
    return {
      frames: {
        name: this.#frames.name,
        url: this.#frames.url,
        line: Int32Array.from(this.#frames.line),
        column: Int32Array.from(this.#frames.column),
        kind: Uint8Array.from(this.#kinds),
      },
      stacks: { parent: Int32Array.from(this.#stackParent), frame: Int32Array.from(this.#stackFrame) },
      samples: {
        time: Float64Array.from(samples, (sample) => sample.time),
        stack: Int32Array.from(samples, (sample) => sample.stack),
        thread: Int32Array.from(samples, (sample) => sample.thread),
        line: Int32Array.from(samples, (sample) => sample.line),
        column: Int32Array.from(samples, (sample) => sample.column),
      },
      work: {
        frame: Int32Array.from(work, (piece) => piece.frame),
        start: Float64Array.from(work, (piece) => piece.time),
        end: Float64Array.from(work, (piece) => piece.end),
        thread: Int32Array.from(work, (piece) => piece.thread),
      },
      targetFrame: of.targetFrame,
      hookFrames: of.hookFrames,
      medianInterval: medianInterval(samples, of.calls) || of.askedInterval,
    };
  }
}

/** Median distance of consecutive samples that lie in one interval of one call; 0 where there are none. */
function medianInterval(samples: readonly Row[], calls: CallTable): Microseconds {
  const distances: number[] = [];
  for (let call = 0; call < calls.thread.length; call++) {
    for (let i = calls.firstInterval[call]!; i < calls.firstInterval[call + 1]!; i++) {
      let last: Microseconds | undefined;
      for (
        let s = lowerBound(samples.length, (at) => samples[at]!.time < calls.intervalStart[i]!);
        s < samples.length;
        s++
      ) {
        const sample = samples[s]!;
        if (sample.time >= calls.intervalEnd[i]!) break;
        if (sample.thread !== calls.thread[call]) continue;
        if (last !== undefined) distances.push(sample.time - last);
        last = sample.time;
      }
    }
  }
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? 0;
}

/** The first index below `length` for which `isBefore` is false; `isBefore` must be true up to some point only. */
export function lowerBound(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
