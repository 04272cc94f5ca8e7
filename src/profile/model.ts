/**
 * The model: what a capture is made of, as plain columns that survive structured clone.
 *
 * Everything in bulk is a column (one array per fact), never an object per thing: a capture of 100,000 stacks stays a
 * dozen arrays. `xByY` names an array of x indexed by y; the names of the index types say which array a number points into.
 */

/** A time or a duration, in whole microseconds. Times are in the clock of the capture's sampler. */
export type Microseconds = number;
/** Index into the columns of a {@link FrameTable}. */
export type FrameIndex = number;
/** Index into the columns of a {@link StackTable}. */
export type StackIndex = number;
/** Index into the columns of a {@link SampleTable}. */
export type SampleIndex = number;
/** Index into the columns of a {@link CallTree}. */
export type NodeIndex = number;
/** Index of a call in a {@link CallTable}. */
export type CallIndex = number;

/** What stands behind a frame; the number is what {@link FrameTable.kind} holds. */
export const FrameKind = {
  /** JavaScript of the page (or WebAssembly): has a source place. */
  script: 0,
  /** A function of the browser called by the page: `appendChild`, `sort`. Has no source place. */
  native: 1,
  /** Work of the browser inside a call, with a clocked duration of its own: layout, style, compile. */
  browser: 2,
  /** V8's pseudo frames: `(program)`, `(garbage collector)`. */
  engine: 3,
  /** Time that no sample covers: `(not sampled)`. */
  notSampled: 4,
  /** No function: stands for several, such as those of a package whose frames are one box. */
  group: 5,
} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** The name of the frame that stands for time no sample covers. */
export const NOT_SAMPLED = '(not sampled)';
/** Row 0 of every profile's frame table is that frame. */
export const NOT_SAMPLED_FRAME: FrameIndex = 0;

/** A sample speaks for at most so many median intervals; what lies farther from any sample belongs to no frame. */
export const REACH = 8;

/** Functions in the source, one row each; rows are distinct. */
export interface FrameTable {
  /** As V8 says it; empty for an anonymous function. Hostile data: never markup, never code. */
  readonly name: readonly string[];
  /** Address of the script; empty where there is none. */
  readonly url: readonly string[];
  /** 1-based; 0 where unknown. */
  readonly line: Int32Array;
  /** 1-based; 0 where unknown. */
  readonly column: Int32Array;
  /** A {@link FrameKind}. */
  readonly kind: Uint8Array;
}

/** Stacks as a forest: a stack is a frame on top of its parent's stack. Parents come before children. */
export interface StackTable {
  /** -1 at the bottom of a stack; otherwise smaller than the stack's own index. */
  readonly parent: Int32Array;
  readonly frame: Int32Array;
}

/** Samples in time order (of all threads together; filter by `thread`). */
export interface SampleTable {
  /** {@link Microseconds}, ascending. */
  readonly time: Float64Array;
  /** {@link StackIndex}; -1 for a sample that found no stack. */
  readonly stack: Int32Array;
  /** Numbers threads within the capture, as in {@link CallTable.thread}. */
  readonly thread: Int32Array;
  /** Where the topmost frame that has a source stood; 1-based, 0 where the sampler does not say. */
  readonly line: Int32Array;
  readonly column: Int32Array;
}

/** Clocked work of the browser (layout, style, GC …), ordered by start; of one thread, properly nested. */
export interface WorkTable {
  /** {@link FrameIndex} of kind `browser` or `engine`. */
  readonly frame: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly thread: Int32Array;
}

/** Samples in time order with everything they point to. Samples that the hook's own marks forced are not among them. */
export interface Profile {
  readonly frames: FrameTable;
  readonly stacks: StackTable;
  readonly samples: SampleTable;
  readonly work: WorkTable;
  /**
   * Frames of Flambe's own hook in the page: in a stack the target stands right above one. Never in a call tree. Null where
   * no frame stands for a hook (it leaves none, or nothing was hooked): then the outermost frame of the target counts.
   */
  readonly hookFrames: readonly FrameIndex[] | null;
  /** The frame of the target itself: the root of every call tree. */
  readonly targetFrame: FrameIndex;
  /** Median distance of consecutive samples within calls, which is what the sampler achieved; what it was asked for
   * where no call has two samples. Positive. */
  readonly medianInterval: Microseconds;
}

/** What is said of a run of samples that all have a function on their stacks: when it was called and left, nobody saw. */
export const SAMPLED = 'sampled, not clocked';

/** How a call ended. */
export const outcomes = [
  'returned',
  'returned a promise',
  'threw',
  'resolved',
  'rejected',
  'unfinished',
  'end not seen',
  SAMPLED,
] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * Outermost calls of the target in order of their start. Call `i` was active in the intervals
 * `firstInterval[i]` up to (not including) `firstInterval[i + 1]`; one for a plain call.
 */
export interface CallTable {
  readonly thread: Int32Array;
  readonly outcome: readonly Outcome[];
  /** One longer than there are calls. */
  readonly firstInterval: Int32Array;
  /** Intervals of one call ascend and do not overlap. */
  readonly intervalStart: Float64Array;
  readonly intervalEnd: Float64Array;
}

/**
 * A call tree in depth-first order: the root is node 0, parents come before children, and the subtree of a node is the
 * range `[node, node + subtreeSize[node])`, so skipping a subtree is one addition. Siblings stand in an order of
 * choice. All nodes have a positive total, the root alone may have 0.
 */
export interface CallTree {
  readonly frames: FrameTable;
  readonly frame: Int32Array;
  /** -1 for the root. */
  readonly parent: Int32Array;
  /** 0 for the root. */
  readonly depth: Int32Array;
  /** Number of nodes in the subtree, the node itself included. */
  readonly subtreeSize: Int32Array;
  /** {@link Microseconds}; whole numbers. `total[n]` is exactly `self[n]` plus the totals of its children. */
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** Samples whose stack goes through the node. */
  readonly samples: Int32Array;
}

/** Active time of a call: the sum of its intervals. */
export function activeTime(calls: CallTable, call: CallIndex): Microseconds {
  let sum = 0;
  for (let i = calls.firstInterval[call]!; i < calls.firstInterval[call + 1]!; i++)
    sum += calls.intervalEnd[i]! - calls.intervalStart[i]!;
  return sum;
}

export function callCount(calls: CallTable): number {
  return calls.thread.length;
}
