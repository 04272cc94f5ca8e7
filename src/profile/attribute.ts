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
  type StackIndex,
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
  /** The node of a stack on the target; of a stack of the engine its frame, as -1 - frame; else {@link NOWHERE}. */
  readonly #foundByStack: Int32Array;

  constructor(profile: Profile, calls: CallTable, skeleton: Skeleton, nodeByStack: Int32Array) {
    this.reach = REACH * profile.medianInterval;
    this.#profile = profile;
    this.#calls = calls;
    this.#skeleton = skeleton;
    this.#foundByStack = foundByStack(profile, nodeByStack);
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
    const { time } = this.#profile.samples;
    const behind = lowerBound(time.length, (at) => time[at]! < end);
    const nextFrom = (sample: SampleIndex) => this.#nextFrom(sample, behind, thread);
    const first = nextFrom(lowerBound(time.length, (at) => time[at]! < start));
    const work = new WorkDivider(this.#profile, this.#skeleton, { start, end, thread });
    let given = start;
    const giveUpTo = (to: Microseconds, at: NodeIndex | null, by: SampleIndex, under: NodeIndex) => {
      work.take(given, to, under, at, by, division);
      given = Math.max(given, to);
    };
    /** Samples of the engine stand on the stack before them, and before all others on the first one. */
    let base = 0;
    for (let sample = first; sample < behind; sample = nextFrom(sample + 1)) {
      const found = this.#foundAt(sample);
      if (found < 0) continue;
      base = found;
      break;
    }
    for (let by = first; by < behind; ) {
      const next = nextFrom(by + 1);
      const at = time[by]!;
      const middle = next < behind ? Math.floor((at + time[next]!) / 2) : end;
      const before = base;
      const own = this.#foundAt(by);
      if (own >= 0) base = own;
      const node = own >= 0 ? own : this.#skeleton.child(base, -1 - own);
      giveUpTo(at - this.reach, null, NO_SAMPLE, before);
      giveUpTo(at, node, by, before);
      division.hit(node, !work.isUnderWay(at));
      giveUpTo(Math.min(middle, at + this.reach), node, by, base);
      by = next;
    }
    giveUpTo(end, null, NO_SAMPLE, base);
  }

  /** The first sample from there on that stands on the target or on the engine; `behind` when there is none before that. */
  #nextFrom(sample: SampleIndex, behind: SampleIndex, thread: number): SampleIndex {
    const { samples } = this.#profile;
    let at = sample;
    while (at < behind && (samples.thread[at] !== thread || this.#foundAt(at) === NOWHERE)) at++;
    return at;
  }

  #foundAt(sample: SampleIndex): number {
    const stack = this.#profile.samples.stack[sample]!;
    return stack < 0 ? NOWHERE : this.#foundByStack[stack]!;
  }
}

const NOWHERE = -(2 ** 31);

/** All that a sample's stack says, in one column: of many samples each column more is another place in memory to wait for. */
function foundByStack({ stacks, frames }: Profile, nodeByStack: Int32Array): Int32Array {
  const found = nodeByStack.slice();
  for (let stack: StackIndex = 0; stack < found.length; stack++) {
    const frame = stacks.frame[stack]!;
    if (stacks.parent[stack]! < 0 && frames.kind[frame] === FrameKind.engine) found[stack] = -1 - frame;
    else if (found[stack] === OUTSIDE) found[stack] = NOWHERE;
  }
  return found;
}
