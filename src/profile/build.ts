import { Column } from './column.ts';
import { FrameBook } from './frame-book.ts';
import { lowerBound } from './lower-bound.ts';
import {
  type CallTable,
  type FrameIndex,
  FrameKind,
  type Microseconds,
  NOT_SAMPLED,
  type Outcome,
  type Profile,
  type SampleTable,
  type StackIndex,
} from './model.ts';
import { timeOrder } from './time-order.ts';

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

interface Work {
  readonly frame: FrameIndex;
  readonly start: Microseconds;
  readonly end: Microseconds;
  readonly thread: number;
}

/**
 * The only door to a {@link Profile}: takes frames, stacks, samples and work in any order and gives columns that keep
 * the model's invariants. Refuses what cannot be right with a RangeError.
 */
export class ProfileBuilder {
  readonly #frames = new FrameBook();
  readonly #stackParent = Column.ints();
  readonly #stackFrame = Column.ints();
  readonly #samples = {
    time: Column.floats(),
    stack: Column.ints(),
    thread: Column.ints(),
    line: Column.ints(),
    column: Column.ints(),
  };
  readonly #work: Work[] = [];

  constructor() {
    this.frame({ name: NOT_SAMPLED, kind: FrameKind.notSampled });
  }

  /** The row of a frame; the same frame always has the same row. Line and column are 1-based, 0 where unknown. */
  frame(of: { name: string; url?: string; line?: number; column?: number; kind: FrameKind }): FrameIndex {
    const { name, url = '', line = 0, column = 0, kind } = of;
    return this.#frames.enter({ name, url, line, column, kind });
  }

  /** Puts a frame on top of a stack (-1 for none). Stacks are not merged here; folding merges equal ones. */
  stack(parent: StackIndex, frame: FrameIndex): StackIndex {
    if (!(parent >= -1 && parent < this.#stackParent.length)) throw new RangeError(`No stack ${parent} to stand on`);
    if (!(frame >= 0 && frame < this.#frames.size)) throw new RangeError(`No frame ${frame}`);
    this.#stackParent.push(parent);
    this.#stackFrame.push(frame);
    return this.#stackFrame.length - 1;
  }

  /** -1 at the bottom. */
  parentOf(stack: StackIndex): StackIndex {
    return this.#stackParent.at(stack);
  }

  frameOf(stack: StackIndex): FrameIndex {
    return this.#stackFrame.at(stack);
  }

  /** Line and column say where the stack's topmost frame with a source stood; 1-based, 0 where unknown. */
  sample(time: Microseconds, stack: StackIndex, thread: number, line = 0, column = 0): void {
    if (!(stack >= -1 && stack < this.#stackParent.length)) throw new RangeError(`No stack ${stack} to sample`);
    if (!Number.isFinite(time)) throw new RangeError(`A sample at ${time}`);
    const samples = this.#samples;
    samples.time.push(time);
    samples.stack.push(stack);
    samples.thread.push(thread);
    samples.line.push(line);
    samples.column.push(column);
  }

  /** Clocked work of the browser. Work of one thread must nest. */
  work(frame: FrameIndex, start: Microseconds, end: Microseconds, thread: number): void {
    if (!(start <= end)) throw new RangeError(`Work from ${start} µs to ${end} µs`);
    this.#work.push({ frame, start, end, thread });
  }

  finish(of: {
    targetFrame: FrameIndex;
    hookFrames: readonly FrameIndex[] | null;
    calls: CallTable;
    askedInterval: Microseconds;
  }): Profile {
    const samples = this.#sampleTable();
    // Of two pieces of work that start together the longer one is the outer one.
    const work = this.#work.sort((a, b) => a.start - b.start || b.end - a.end);
    return {
      frames: this.#frames.table,
      stacks: { parent: this.#stackParent.numbers(), frame: this.#stackFrame.numbers() },
      samples,
      work: {
        frame: Int32Array.from(work, (piece) => piece.frame),
        start: Float64Array.from(work, (piece) => piece.start),
        end: Float64Array.from(work, (piece) => piece.end),
        thread: Int32Array.from(work, (piece) => piece.thread),
      },
      targetFrame: of.targetFrame,
      hookFrames: of.hookFrames,
      medianInterval: medianInterval(samples, of.calls) || of.askedInterval,
    };
  }

  #sampleTable(): SampleTable {
    const { time, stack, thread, line, column } = this.#samples;
    const order = timeOrder(time.view);
    return {
      time: time.numbers(order),
      stack: stack.numbers(order),
      thread: thread.numbers(order),
      line: line.numbers(order),
      column: column.numbers(order),
    };
  }
}

/** Median distance of consecutive samples that lie in one interval of one call; 0 where there are none. */
function medianInterval({ time, thread }: SampleTable, calls: CallTable): Microseconds {
  const distances = Column.floats();
  for (let call = 0; call < calls.thread.length; call++) {
    for (let i = calls.firstInterval[call]!; i < calls.firstInterval[call + 1]!; i++) {
      const [start, end] = [calls.intervalStart[i]!, calls.intervalEnd[i]!];
      let last: Microseconds | undefined;
      for (let s = lowerBound(time.length, (at) => time[at]! < start); s < time.length && time[s]! < end; s++) {
        if (thread[s] !== calls.thread[call]) continue;
        if (last !== undefined) distances.push(time[s]! - last);
        last = time[s]!;
      }
    }
  }
  return distances.view.sort()[distances.length >> 1] ?? 0;
}
