import { Attribution, Tally } from './attribute.ts';
import {
  activeTime,
  type CallIndex,
  type CallTable,
  type CallTree,
  callCount,
  type Microseconds,
  NOT_SAMPLED_FRAME,
  type Profile,
} from './model.ts';
import { cutAtTarget, type Skeleton } from './skeleton.ts';
import { orderTree } from './tree.ts';

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
    const tally = new Tally();
    this.#attribution.addCall(call, tally);
    return this.#tree(tally);
  }

  /**
   * The tree of all calls: their samples are pooled and scaled to the summed clock, so that calls too short to hold a
   * sample still count. The time that those leave open is divided as the samples of the others divide theirs.
   */
  all(): CallTree {
    const tally = new Tally();
    let open: Microseconds = 0;
    for (let call = 0; call < callCount(this.#calls); call++) {
      const before = tally.notSampled;
      const samples = this.#attribution.addCall(call, tally);
      if (samples === 0 && activeTime(this.#calls, call) <= this.#attribution.reach) {
        open += tally.notSampled - before;
        tally.notSampled = before;
      }
    }
    if (!growExactly(tally.sampled, open)) tally.notSampled += open;
    return this.#tree(tally);
  }

  #tree(tally: Tally): CallTree {
    const nodes = this.#skeleton.size;
    const self = new Float64Array(nodes + 1);
    const samples = new Int32Array(nodes + 1);
    for (let node = 0; node < nodes; node++) {
      self[node] = (tally.sampled[node] ?? 0) + (tally.worked[node] ?? 0);
      samples[node] = tally.samples[node] ?? 0;
    }
    self[nodes] = tally.notSampled;
    const parent = [...this.#skeleton.parent, 0];
    const frame = [...this.#skeleton.frame, NOT_SAMPLED_FRAME];
    return orderTree(this.#profile.frames, { parent, frame, self, samples });
  }
}

/**
 * Scales whole numbers so that their sum grows by exactly `more`, still whole: each running sum is rounded, so no error
 * adds up. False, and nothing done, when the sum is 0.
 */
function growExactly(column: number[], more: number): boolean {
  const sum = column.reduce((a, b) => a + b, 0);
  if (sum === 0) return false;
  const scale = (sum + more) / sum;
  let running = 0;
  let given = 0;
  for (let i = 0; i < column.length; i++) {
    running += column[i]!;
    const grown = Math.round(running * scale) - given;
    column[i] = grown;
    given += grown;
  }
  return true;
}
