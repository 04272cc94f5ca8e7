import { buildCalls } from './build.ts';
import { FrameKind, type Microseconds, type Profile } from './model.ts';
import type { FunctionView } from './runs.ts';

/**
 * Events that the browser dispatched of its own accord, to all of their listeners together and with what it did by itself
 * in between. Those that a script dispatched are part of that script's run. Ordered by start.
 */
export interface DispatchTable {
  /** Such as `click`. */
  readonly type: readonly string[];
  readonly thread: Int32Array;
  /** {@link Microseconds}, clocked by the browser. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** 1 where the trace ended before the dispatch. */
  readonly isCutOff: Uint8Array;
}

/**
 * The first dispatches of a type as the calls of a function that is named like it, and calls all listeners. One within
 * another (a click on a label clicks its field) is part of that.
 */
export function dispatchesOf(profile: Profile, dispatches: DispatchTable, type: string, most: number): FunctionView {
  const endByThread = new Map<number, Microseconds>();
  const rows = [...dispatches.type.keys()].filter((row) => {
    if (dispatches.type[row] !== type) return false;
    const thread = dispatches.thread[row]!;
    if (dispatches.start[row]! < (endByThread.get(thread) ?? Number.NEGATIVE_INFINITY)) return false;
    endByThread.set(thread, dispatches.end[row]!);
    return true;
  });
  const calls = buildCalls(
    rows.slice(0, most).map((row) => ({
      thread: dispatches.thread[row]!,
      outcome: dispatches.isCutOff[row] ? 'unfinished' : 'returned',
      intervals: [{ start: dispatches.start[row]!, end: dispatches.end[row]! }],
    })),
  );
  return { profile: standingOn(profile, type), calls };
}

/** The same profile, with a frame below all stacks but those of the engine, which stand on the one before them. */
function standingOn(profile: Profile, name: string): Profile {
  const { frames, stacks, samples } = profile;
  const targetFrame = frames.name.length;
  // The new stack comes first, as parents do.
  const parent = new Int32Array(stacks.parent.length + 1).fill(-1);
  for (let stack = 0; stack < stacks.parent.length; stack++) {
    const below = stacks.parent[stack]!;
    const isEngine = below < 0 && frames.kind[stacks.frame[stack]!] === FrameKind.engine;
    if (!isEngine) parent[stack + 1] = below + 1;
  }
  const frame = new Int32Array(stacks.frame.length + 1);
  frame[0] = targetFrame;
  frame.set(stacks.frame, 1);
  // Without a place of its own.
  const line = new Int32Array(targetFrame + 1);
  line.set(frames.line);
  const column = new Int32Array(targetFrame + 1);
  column.set(frames.column);
  const kind = new Uint8Array(targetFrame + 1).fill(FrameKind.browser);
  kind.set(frames.kind);
  return {
    ...profile,
    frames: { name: [...frames.name, name], url: [...frames.url, ''], line, column, kind },
    stacks: { parent, frame },
    samples: { ...samples, stack: samples.stack.map((stack) => (stack < 0 ? stack : stack + 1)) },
    targetFrame,
    hookFrames: null,
  };
}
