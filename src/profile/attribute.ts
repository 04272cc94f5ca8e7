import { Column } from './column.ts';
import { type Division, NO_SAMPLE } from './division.ts';
import { lowerBound } from './lower-bound.ts';
import {
  type CallIndex,
  type CallTable,
  FrameKind,
  type Microseconds,
  type NodeIndex,
  type Profile,
  REACH,
  type SampleIndex,
} from './model.ts';
import { OUTSIDE, type Skeleton } from './skeleton.ts';
import { WorkDivider } from './work.ts';

/** Where the time of one or more calls went, by node of the skeleton. */
export class Tally {
  /** Time that samples gave to the nodes. */
  readonly sampled = Column.floats();
  /** Clocked work of the browser. */
  readonly worked = Column.floats();
  /** Samples on the nodes. */
  readonly samples = Column.ints();
  /** Those of them that pooled calls had outside the browser's work, whose time they have no share in. */
  readonly pooledSamples = Column.ints();
  /** Time of pooled calls, which their samples are to share. */
  pooled: Microseconds = 0;
  notSampled: Microseconds = 0;
}

/**
 * Divides the clocked time of calls among the nodes of a skeleton.
 *
 *     call    |------------------------------------------|
 *     samples      a     b  b        c               b
 *     time of |aaaaaaabbbbbbbbbbcccccccccc......bbbbbbbbb|      . = beyond reach: not sampled
 *
 * A sample speaks for the time that is nearer to it than to any other, as far as it reaches. (To hold each sample up to
 * the next one instead would favour what runs first in a call by half an interval, which is much of a short call.) Work
 * of the browser takes its clocked time out of that and puts it under the node of the nearest sample before it.
 */
export class Attribution {
  /** How far a sample reaches. */
  readonly reach: Microseconds;
  readonly #profile: Profile;
  readonly #calls: CallTable;
  readonly #skeleton: Skeleton;
  readonly #nodeByStack: Int32Array;
  /** Of the interval that is divided: the samples that stand on the target, in time order. */
  #sample = new Int32Array(0);
  /** Their nodes; of a sample of the engine its frame, as -1 - frame. */
  #found = new Int32Array(0);

  constructor(profile: Profile, calls: CallTable, skeleton: Skeleton, nodeByStack: Int32Array) {
    this.reach = REACH * profile.medianInterval;
    this.#profile = profile;
    this.#calls = calls;
    this.#skeleton = skeleton;
    this.#nodeByStack = nodeByStack;
  }

  /** Adds a call to a tally; the additions sum up to the call's active time. */
  addCall(call: CallIndex, tally: Tally): void {
    this.divide(call, {
      sampled(node, length) {
        if (node === null) tally.notSampled += length;
        else tally.sampled.add(node, length);
      },
      worked: (node, length) => tally.worked.add(node, length),
      hit: (node) => tally.samples.add(node, 1),
    });
  }

  /** Adds a call whose own samples say too little: its samples and time go into the pool of all such calls. */
  poolCall(call: CallIndex, tally: Tally): void {
    this.divide(call, {
      sampled(_, length) {
        tally.pooled += length;
      },
      worked: (node, length) => tally.worked.add(node, length),
      hit(node, isFree) {
        tally.samples.add(node, 1);
        if (isFree) tally.pooledSamples.add(node, 1);
      },
    });
  }

  /** Gives every stretch of a call's active time, in order. */
  divide(call: CallIndex, division: Division): void {
    const calls = this.#calls;
    for (let i = calls.firstInterval[call]!; i < calls.firstInterval[call + 1]!; i++) {
      const interval = { start: calls.intervalStart[i]!, end: calls.intervalEnd[i]!, thread: calls.thread[call]! };
      this.#divideInterval(interval, division);
    }
  }

  #divideInterval(
    { start, end, thread }: { start: Microseconds; end: Microseconds; thread: number },
    division: Division,
  ): void {
    const count = this.#find(start, end, thread);
    const { time } = this.#profile.samples;
    const [sample, found] = [this.#sample, this.#found];
    const work = new WorkDivider(this.#profile, this.#skeleton, { start, end, thread });
    let given = start;
    const giveUpTo = (to: Microseconds, at: NodeIndex | null, by: SampleIndex, under: NodeIndex) => {
      work.take(given, to, under, at, by, division);
      given = Math.max(given, to);
    };
    /** Samples of the engine stand on the stack before them, and before all others on the first one. */
    let base = found.subarray(0, count).find((node) => node >= 0) ?? 0;
    for (let i = 0; i < count; i++) {
      const by = sample[i]!;
      const at = time[by]!;
      const middle = i + 1 < count ? Math.floor((at + time[sample[i + 1]!]!) / 2) : end;
      const before = base;
      const own = found[i]!;
      if (own >= 0) base = own;
      const node = own >= 0 ? own : this.#skeleton.child(base, -1 - own);
      giveUpTo(at - this.reach, null, NO_SAMPLE, before);
      giveUpTo(at, node, by, before);
      division.hit(node, !work.isUnderWay(at));
      giveUpTo(Math.min(middle, at + this.reach), node, by, base);
    }
    giveUpTo(end, null, NO_SAMPLE, base);
  }

  /** Gives how many samples were found. */
  #find(start: Microseconds, end: Microseconds, thread: number): number {
    const { samples, stacks, frames } = this.#profile;
    const first = lowerBound(samples.time.length, (at) => samples.time[at]! < start);
    const behind = lowerBound(samples.time.length, (at) => samples.time[at]! < end);
    if (this.#sample.length < behind - first) {
      this.#sample = new Int32Array(behind - first);
      this.#found = new Int32Array(behind - first);
    }
    let count = 0;
    for (let s = first; s < behind; s++) {
      const stack = samples.stack[s]!;
      if (samples.thread[s] !== thread || stack < 0) continue;
      const node = this.#nodeByStack[stack]!;
      const frame = stacks.frame[stack]!;
      const isEngine = stacks.parent[stack]! < 0 && frames.kind[frame] === FrameKind.engine;
      if (node === OUTSIDE && !isEngine) continue;
      this.#sample[count] = s;
      this.#found[count++] = isEngine ? -1 - frame : node;
    }
    return count;
  }
}
