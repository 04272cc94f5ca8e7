import type { CallTree, FrameIndex, Microseconds, NodeIndex } from './model.ts';

/** What a tree has of each frame of its table: columns by {@link FrameIndex}. */
export interface ByFrame {
  /** {@link Microseconds} that its nodes took themselves. */
  readonly self: Float64Array;
  /** The first {@link NodeIndex} that has it; -1 where none has. */
  readonly firstNode: Int32Array;
}

/** O(nodes). */
export function byFrame({ frames, frame, self }: CallTree): ByFrame {
  const sums = new Float64Array(frames.name.length);
  const firstNode = new Int32Array(frames.name.length).fill(-1);
  for (let node: NodeIndex = 0; node < frame.length; node++) {
    const index: FrameIndex = frame[node]!;
    const time: Microseconds = self[node]!;
    sums[index]! += time;
    if (firstNode[index]! < 0) firstNode[index] = node;
  }
  return { self: sums, firstNode };
}
