import type { FrameIndex, Microseconds, Profile, StackIndex } from './model.ts';
import { functionByFrame, type Moments } from './moments.ts';

/** Every function that a recording saw, one row each, in no order. Times are sampled, not clocked. */
export interface FunctionTable {
  readonly frame: Int32Array;
  /** {@link Microseconds} in which nothing stood above it but work of the browser. */
  readonly self: Float64Array;
  /** In which it was anywhere on the stack; each moment counts once, however deep it recurs. */
  readonly total: Float64Array;
  /** Samples whose stack has it. */
  readonly samples: Int32Array;
  /** Runs of consecutive samples whose stacks have it. */
  readonly runs: Int32Array;
  /** The longest of them. */
  readonly longest: Float64Array;
}

/**
 * Adds up the moments of a recording by function. Takes the stacks one after the other and touches only the frames in
 * which a stack differs from the one before, so that deep recursion costs nothing while it stands.
 */
export function functionsOf(profile: Profile, moments: Moments): FunctionTable {
  const sums = new Sums(profile);
  /** Of all moments so far: a clock that stands still where there are none. */
  let passed: Microseconds = 0;
  for (let row = 0; row < moments.sample.length; row++) {
    if (moments.isBreak[row]) sums.stand(-1, passed, row);
    sums.stand(moments.stack[row]!, passed, row);
    const length = moments.end[row]! - moments.start[row]!;
    passed += length;
    const own = profile.samples.stack[moments.sample[row]!]!;
    if (moments.stack[row] === own && own >= 0) sums.addSelf(own, length);
  }
  sums.stand(-1, passed, moments.sample.length);
  return sums.table();
}

class Sums {
  readonly #parent: Int32Array;
  readonly #functionByStack: Int32Array;
  readonly #depth: Int32Array;
  readonly #self: Float64Array;
  readonly #total: Float64Array;
  readonly #samples: Int32Array;
  readonly #runs: Int32Array;
  readonly #longest: Float64Array;
  /** How often a function is on the stack now; since when and which row it has been there. */
  readonly #onStack: Int32Array;
  readonly #since: Float64Array;
  readonly #sinceRow: Int32Array;
  #stack: StackIndex = -1;

  constructor(profile: Profile) {
    const { stacks } = profile;
    const functionOf = functionByFrame(profile);
    this.#parent = stacks.parent;
    this.#functionByStack = stacks.frame.map((frame) => functionOf[frame]!);
    this.#depth = new Int32Array(stacks.frame.length);
    for (let stack = 0; stack < stacks.frame.length; stack++)
      this.#depth[stack] = stacks.parent[stack]! < 0 ? 1 : this.#depth[stacks.parent[stack]!]! + 1;
    const functions = functionOf.length;
    this.#self = new Float64Array(functions);
    this.#total = new Float64Array(functions);
    this.#samples = new Int32Array(functions);
    this.#runs = new Int32Array(functions);
    this.#longest = new Float64Array(functions);
    this.#onStack = new Int32Array(functions);
    this.#since = new Float64Array(functions);
    this.#sinceRow = new Int32Array(functions);
  }

  /** From this time and row on, this is the stack. */
  stand(stack: StackIndex, time: Microseconds, row: number): void {
    const common = this.#common(this.#stack, stack);
    const gone: FrameIndex[] = [];
    for (let at = this.#stack; at !== common; at = this.#parent[at]!) {
      const frame = this.#functionByStack[at]!;
      if (--this.#onStack[frame]! === 0) gone.push(frame);
    }
    const come: FrameIndex[] = [];
    for (let at = stack; at !== common; at = this.#parent[at]!) {
      const frame = this.#functionByStack[at]!;
      if (this.#onStack[frame]!++ === 0) come.push(frame);
    }
    // What is gone from one place of the stack and has come at another has been on it all the time.
    const stays = new Set(gone.filter((frame) => this.#onStack[frame]! > 0));
    for (const frame of gone) if (!stays.has(frame)) this.#leave(frame, time, row);
    for (const frame of come) {
      if (stays.has(frame)) continue;
      this.#since[frame] = time;
      this.#sinceRow[frame] = row;
    }
    this.#stack = stack;
  }

  addSelf(stack: StackIndex, length: Microseconds): void {
    this.#self[this.#functionByStack[stack]!]! += length;
  }

  table(): FunctionTable {
    const seen = Int32Array.from(this.#samples.keys()).filter((frame) => this.#samples[frame]! > 0);
    const floats = (column: Float64Array) => Float64Array.from(seen, (frame) => column[frame]!);
    const ints = (column: Int32Array) => seen.map((frame) => column[frame]!);
    return {
      frame: seen,
      self: floats(this.#self),
      total: floats(this.#total),
      samples: ints(this.#samples),
      runs: ints(this.#runs),
      longest: floats(this.#longest),
    };
  }

  #leave(frame: FrameIndex, time: Microseconds, row: number): void {
    const length = time - this.#since[frame]!;
    this.#total[frame]! += length;
    this.#samples[frame]! += row - this.#sinceRow[frame]!;
    this.#runs[frame]!++;
    this.#longest[frame] = Math.max(this.#longest[frame]!, length);
  }

  /** The stack that both stand on; -1 for none. */
  #common(a: StackIndex, b: StackIndex): StackIndex {
    let [left, right] = [a, b];
    while (left !== right) {
      const [depthLeft, depthRight] = [this.#depthOf(left), this.#depthOf(right)];
      if (depthLeft >= depthRight) left = this.#parent[left]!;
      if (depthRight >= depthLeft) right = this.#parent[right]!;
    }
    return left;
  }

  #depthOf(stack: StackIndex): number {
    return stack < 0 ? 0 : this.#depth[stack]!;
  }
}
