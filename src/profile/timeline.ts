import { type Division, NO_SAMPLE } from './division.ts';
import type { CallIndex, CallTree, Microseconds, NodeIndex, SampleIndex } from './model.ts';

/**
 * Where the time of one or more calls went, stretch by stretch. Active intervals and calls stand one right after the
 * other, so that a stretch begins where the one before it ends, the first one at 0. None is empty.
 */
export interface Timeline {
  /** What {@link node} points into. */
  readonly tree: CallTree;
  /** {@link Microseconds} of active time. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** The node that has the time as self time. */
  readonly node: Int32Array;
  /** {@link SampleIndex} of the sample that says so; -1 for clocked work of the browser and time that no sample covers. */
  readonly sample: Int32Array;
  readonly call: Int32Array;
}

/** The stretches of calls in the making; their nodes are those of a skeleton, null for time that no sample covers. */
export class Stretches {
  readonly #end: Microseconds[] = [];
  readonly #node: (NodeIndex | null)[] = [];
  readonly #sample: SampleIndex[] = [];
  readonly #call: CallIndex[] = [];

  /** Takes the next call. */
  take(call: CallIndex): Division {
    return {
      sampled: (node, length, sample) => this.#add(call, node, length, sample),
      worked: (node, length) => this.#add(call, node, length, NO_SAMPLE),
      hit() {},
    };
  }

  timeline(tree: CallTree, placeOf: (node: NodeIndex | null) => NodeIndex): Timeline {
    const end = Float64Array.from(this.#end);
    return {
      tree,
      start: end.map((_, i) => end[i - 1] ?? 0),
      end,
      node: Int32Array.from(this.#node, placeOf),
      sample: Int32Array.from(this.#sample),
      call: Int32Array.from(this.#call),
    };
  }

  #add(call: CallIndex, node: NodeIndex | null, length: Microseconds, sample: SampleIndex): void {
    const last = this.#end.length - 1;
    const end = (this.#end[last] ?? 0) + length;
    // A sample comes in two stretches, that before it and that after it.
    if (this.#call[last] === call && this.#node[last] === node && this.#sample[last] === sample) {
      this.#end[last] = end;
      return;
    }
    this.#end.push(end);
    this.#node.push(node);
    this.#sample.push(sample);
    this.#call.push(call);
  }
}
