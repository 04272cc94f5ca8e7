import { lowerBound } from './build.ts';
import { type CallIndex, type CallTable, FrameKind, type Microseconds, type NodeIndex, type Profile } from './model.ts';
import { OUTSIDE, type Skeleton } from './skeleton.ts';
import { WorkDivider } from './work.ts';

/** A sample speaks for at most so many median intervals; what lies farther from any sample belongs to no frame. */
const REACH = 8;

/** Where the time of one or more calls went, by node of the skeleton. */
export class Tally {
  /** Time that samples gave to the nodes. */
  readonly sampled: Microseconds[] = [];
  /** Clocked work of the browser. */
  readonly worked: Microseconds[] = [];
  /** Samples on the nodes. */
  readonly samples: number[] = [];
  notSampled: Microseconds = 0;
}

function addTo(column: number[], node: NodeIndex, amount: number): void {
  while (column.length <= node) column.push(0);
  column[node]! += amount;
}

/** Samples of one interval that stand on the target, in time order. */
interface Hits {
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
 *     time of |aaaaaaaaaabbbbbbbbbbbbbccccc..........bbbbb|      . = beyond reach: not sampled
 *
 * A sample holds from its time to the next one's, clipped to the call; the first one also backwards to the call's start.
 * Work of the browser takes its clocked time out of that and puts it under the node of the nearest sample before it.
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

  /** Adds a call to a tally; the additions sum up to the call's active time. Returns the number of its samples. */
  addCall(call: CallIndex, tally: Tally): number {
    const calls = this.#calls;
    let samples = 0;
    for (let i = calls.firstInterval[call]!; i < calls.firstInterval[call + 1]!; i++)
      samples += this.#addInterval(calls.intervalStart[i]!, calls.intervalEnd[i]!, calls.thread[call]!, tally);
    return samples;
  }

  #addInterval(start: Microseconds, end: Microseconds, thread: number, tally: Tally): number {
    const hits = this.#hits(start, end, thread);
    const work = new WorkDivider(this.#profile, this.#skeleton, { start, end, thread });
    /** Gives a stretch to a node (null: to no frame), but for the work of the browser in it. Stretches ascend. */
    const give = (from: Microseconds, to: Microseconds, node: NodeIndex | null, base: NodeIndex) => {
      work.take(
        from,
        to,
        base,
        (length) => {
          if (node === null) tally.notSampled += length;
          else addTo(tally.sampled, node, length);
        },
        (workNode, length) => addTo(tally.worked, workNode, length),
      );
    };

    const count = hits.time.length;
    if (count === 0) give(start, end, null, 0);
    else give(start, Math.max(start, hits.time[0]! - this.reach), null, hits.base[0]!);
    for (let i = 0; i < count; i++) {
      const at = hits.time[i]!;
      const from = i === 0 ? Math.max(start, at - this.reach) : at;
      const next = hits.time[i + 1] ?? end;
      const to = Math.min(next, at + this.reach);
      give(from, to, hits.node[i]!, hits.base[i]!);
      give(to, next, null, hits.base[i]!);
      addTo(tally.samples, hits.node[i]!, 1);
    }
    return count;
  }

  #hits(start: Microseconds, end: Microseconds, thread: number): Hits {
    const { samples, stacks, frames } = this.#profile;
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
    return { time, node, base };
  }
}
