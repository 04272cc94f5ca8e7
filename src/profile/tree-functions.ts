import type { CallTree } from './model.ts';
import { functionByFrame } from './moments.ts';

/** The functions of a call tree, one row each, in order of their first place in it. */
export interface TreeFunctions {
  /** The first frame of the function. */
  readonly frame: Int32Array;
  /** Microseconds. */
  readonly self: Float64Array;
  /** Of the places that do not stand in another place of the same function, so that recursion counts once. */
  readonly total: Float64Array;
  /** Samples whose stack goes through the function, each once. */
  readonly samples: Int32Array;
}

export function functionsOfTree(tree: CallTree): TreeFunctions {
  const functionOf = functionByFrame(tree);
  const rowByFunction = new Int32Array(functionOf.length).fill(-1);
  const frame: number[] = [];
  const self: number[] = [];
  const total: number[] = [];
  const samples: number[] = [];
  /** Where the subtree of the latest outermost place ends. */
  const end: number[] = [];
  for (let node = 0; node < tree.frame.length; node++) {
    const own = functionOf[tree.frame[node]!]!;
    let row = rowByFunction[own]!;
    if (row < 0) {
      row = frame.push(own) - 1;
      rowByFunction[own] = row;
      for (const column of [self, total, samples, end]) column.push(0);
    }
    self[row]! += tree.self[node]!;
    if (node < end[row]!) continue;
    end[row] = node + tree.subtreeSize[node]!;
    total[row]! += tree.total[node]!;
    samples[row]! += tree.samples[node]!;
  }
  return {
    frame: Int32Array.from(frame),
    self: Float64Array.from(self),
    total: Float64Array.from(total),
    samples: Int32Array.from(samples),
  };
}
