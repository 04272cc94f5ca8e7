import { Column } from './column.ts';
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

/** Stands for the sample of time that no sample gave to its node. */
export const NO_SAMPLE: SampleIndex = -1;

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

/** Takes what a call is divided into: stretches in order of time that stand one right after the other, and samples. */
export interface Division {
  /** A stretch goes to the node (null: to no frame) because a sample says so. */
  sampled(node: NodeIndex | null, length: Microseconds, sample: SampleIndex): void;
  /** A stretch is the browser's clocked work. */
  worked(node: NodeIndex, length: Microseconds): void;
  /** A sample stands on the node; a free one outside the browser's work. */
  hit(node: NodeIndex, isFree: boolean): void;
}

/** Samples of one interval that stand on the target, in time order. */
interface Hits {
  readonly sample: SampleIndex[];
  readonly time: Microseconds[];
  readonly node: NodeIndex[];
  /** The node that the page's own stack had: engine samples (GC, program) stand on the stack before them. */
  readonly base: NodeIndex[];
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
    const { sample, time, node, base } = this.#hits(start, end, thread);
    const work = new WorkDivider(this.#profile, this.#skeleton, { start, end, thread });
    const worked = division.worked.bind(division);
    let given = start;
    const giveUpTo = (to: Microseconds, at: NodeIndex | null, by: SampleIndex, under: NodeIndex) => {
      work.take(given, to, under, (length) => division.sampled(at, length, by), worked);
      given = Math.max(given, to);
    };
    for (let i = 0; i < time.length; i++) {
      const at = time[i]!;
      const before = base[Math.max(0, i - 1)]!;
      const middle = i + 1 < time.length ? Math.floor((at + time[i + 1]!) / 2) : end;
      giveUpTo(at - this.reach, null, NO_SAMPLE, before);
      giveUpTo(at, node[i]!, sample[i]!, before);
      division.hit(node[i]!, !work.isUnderWay(at));
      giveUpTo(Math.min(middle, at + this.reach), node[i]!, sample[i]!, base[i]!);
    }
    giveUpTo(end, null, NO_SAMPLE, base.at(-1) ?? 0);
  }

  #hits(start: Microseconds, end: Microseconds, thread: number): Hits {
    const { samples, stacks, frames } = this.#profile;
    const sample: SampleIndex[] = [];
    const time: Microseconds[] = [];
    /** The node of a sample of the page's code; of an engine sample its frame, as -1 - frame. */
    const found: number[] = [];
    for (let s = lowerBound(samples.time.length, (at) => samples.time[at]! < start); s < samples.time.length; s++) {
      if (samples.time[s]! >= end) break;
      const stack = samples.stack[s]!;
      if (samples.thread[s] !== thread || stack < 0) continue;
      const node = this.#nodeByStack[stack]!;
      const frame = stacks.frame[stack]!;
      const isEngine = stacks.parent[stack]! < 0 && frames.kind[frame] === FrameKind.engine;
      if (node === OUTSIDE && !isEngine) continue;
      sample.push(s);
      time.push(samples.time[s]!);
      found.push(isEngine ? -1 - frame : node);
    }
    // Engine samples before the first one of the page's code stand on that one's stack.
    let latest = found.find((node) => node >= 0) ?? 0;
    const base = found.map((node) => {
      if (node >= 0) latest = node;
      return latest;
    });
    const node = found.map((node, i) => (node >= 0 ? node : this.#skeleton.child(base[i]!, -1 - node)));
    return { sample, time, node, base };
  }
}
