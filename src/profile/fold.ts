import { Attribution, Tally } from './attribute.ts';
import type { Column } from './column.ts';
import {
  activeTime,
  type CallIndex,
  type CallTable,
  type CallTree,
  callCount,
  NOT_SAMPLED_FRAME,
  type Profile,
} from './model.ts';
import { cutAtTarget, type Skeleton } from './skeleton.ts';
import { Stretches, type Timeline } from './timeline.ts';
import { type OrderedTree, orderTree } from './tree.ts';

/**
 * Folds the calls of a capture into call trees: of one call, or of all of them.
 *
 * The root of each tree has exactly the clocked active time of its calls, and self times add up to it exactly, whatever
 * the samples were. Linear in stacks, samples and pieces of work.
 */
export class Folding {
  readonly #profile: Profile;
  readonly #calls: CallTable;
  readonly #skeleton: Skeleton;
  readonly #attribution: Attribution;

  constructor(profile: Profile, calls: CallTable) {
    this.#profile = profile;
    this.#calls = calls;
    const { skeleton, nodeByStack } = cutAtTarget(profile);
    this.#skeleton = skeleton;
    this.#attribution = new Attribution(profile, calls, skeleton, nodeByStack);
  }

  /** The tree of one call. */
  call(call: CallIndex): CallTree {
    return this.#fold(call).tree;
  }

  /**
   * The tree of all calls. The samples of calls that are too short to say much each are pooled, in which each counts the
   * same, and scaled to their summed clock, so that calls without a sample count too.
   */
  all(): CallTree {
    return this.#fold('all').tree;
  }

  /**
   * The same time in its order, as samples have it: by node, that of one call adds up to the self times of its tree. Among
   * all calls, short ones have their own samples here, not their share of the pool; where the tree of all calls has no
   * node for what such a sample saw, the nearest one below it has the time.
   */
  timeline(which: CallIndex | 'all'): Timeline {
    const stretches = new Stretches();
    const [first, end] = which === 'all' ? [0, callCount(this.#calls)] : [which, which + 1];
    for (let call = first; call < end; call++) this.#attribution.divide(call, stretches.take(call));
    const { tree, placeOf } = this.#fold(which);
    const { parent } = this.#skeleton;
    return stretches.timeline(tree, (node) => {
      let at = node ?? parent.length;
      while (placeOf[at]! < 0) at = parent[at] ?? 0;
      return placeOf[at]!;
    });
  }

  /** `placeOf` is indexed by the nodes of the skeleton; after them comes time that no sample covers. */
  #fold(which: CallIndex | 'all'): OrderedTree {
    const tally = new Tally();
    const count = callCount(this.#calls);
    if (which === 'all' && count !== 1) this.#tallyAll(count, tally);
    else this.#attribution.addCall(which === 'all' ? 0 : which, tally);
    return this.#order(tally);
  }

  #tallyAll(count: number, tally: Tally): void {
    for (let call = 0; call < count; call++) {
      if (activeTime(this.#calls, call) <= this.#attribution.reach) this.#attribution.poolCall(call, tally);
      else this.#attribution.addCall(call, tally);
    }
    // Without such samples short calls are taken to be like the long ones, or like what their work stood on.
    const isShared = [tally.pooledSamples, tally.sampled, tally.samples].some((weights) =>
      share(tally.pooled, weights, tally.sampled),
    );
    if (!isShared) tally.notSampled += tally.pooled;
  }

  #order(tally: Tally): OrderedTree {
    const nodes = this.#skeleton.size;
    const self = new Float64Array(nodes + 1);
    self.set(tally.sampled.view);
    for (const [node, worked] of tally.worked.view.entries()) self[node]! += worked;
    self[nodes] = tally.notSampled;
    const samples = new Int32Array(nodes + 1);
    samples.set(tally.samples.view);
    const parent = new Int32Array(nodes + 1);
    parent.set(this.#skeleton.parent);
    const frame = new Int32Array(nodes + 1);
    frame.set(this.#skeleton.frame);
    frame[nodes] = NOT_SAMPLED_FRAME;
    return orderTree(this.#profile.frames, { parent, frame, self, samples });
  }
}

/**
 * Shares a whole number out among the places of a column by their weights, in whole numbers that add up to it exactly:
 * each running sum is rounded, so that no error adds up. False, and nothing done, when no place has weight.
 */
function share(amount: number, weights: Column<Float64Array | Int32Array>, column: Column<Float64Array>): boolean {
  // They may be those of the very column.
  const parts = weights.numbers();
  let sum = 0;
  for (const weight of parts) sum += weight;
  if (sum === 0) return false;
  let running = 0;
  let given = 0;
  for (const [place, weight] of parts.entries()) {
    running += weight;
    const part = Math.round((running / sum) * amount) - given;
    column.add(place, part);
    given += part;
  }
  return true;
}
