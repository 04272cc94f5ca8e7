import type { Division } from './division.ts';
import { lowerBound } from './lower-bound.ts';
import type { FrameIndex, Microseconds, NodeIndex, Profile, SampleIndex } from './model.ts';
import type { Skeleton } from './skeleton.ts';

interface Piece {
  readonly start: Microseconds;
  readonly end: Microseconds;
  readonly frame: FrameIndex;
  /** The work that this one is part of. */
  readonly outer: Piece | undefined;
  /** Set when the first stretch of time that touches it tells which stack it stands on. */
  node?: NodeIndex;
}

/** A stretch of time in which one piece is the innermost. */
interface Stretch {
  readonly start: Microseconds;
  readonly end: Microseconds;
  readonly piece: Piece;
}

/** The browser's work within one interval of a call, and whose time it takes. */
export class WorkDivider {
  readonly #skeleton: Skeleton;
  readonly #stretches: Stretch[];
  #next = 0;

  constructor(
    { work }: Profile,
    skeleton: Skeleton,
    within: { start: Microseconds; end: Microseconds; thread: number },
  ) {
    this.#skeleton = skeleton;
    const pieces: Piece[] = [];
    const open: Piece[] = [];
    const first = lowerBound(work.start.length, (at) => work.start[at]! < within.start);
    for (let w = first; w < work.start.length && work.start[w]! < within.end; w++) {
      if (work.thread[w] !== within.thread) continue;
      const start = work.start[w]!;
      while (open.length > 0 && open.at(-1)!.end <= start) open.pop();
      const outer = open.at(-1);
      const end = Math.min(work.end[w]!, outer?.end ?? within.end);
      const piece: Piece = { start, end, frame: work.frame[w]!, outer };
      pieces.push(piece);
      open.push(piece);
    }
    this.#stretches = innermost(pieces);
  }

  /**
   * Divides the stretch from `from` to `to` between the browser's work in it and the rest, which goes to a node because a
   * sample says so. Must be called with ascending stretches. `base` is the stack on which work that begins here stands.
   */
  take(
    from: Microseconds,
    to: Microseconds,
    base: NodeIndex,
    rest: NodeIndex | null,
    sample: SampleIndex,
    division: Pick<Division, 'sampled' | 'worked'>,
  ): void {
    let at = from;
    while (at < to) {
      const stretch = this.#stretches[this.#next];
      if (stretch === undefined || stretch.start >= to) {
        division.sampled(rest, to - at, sample);
        return;
      }
      if (stretch.end <= at) {
        this.#next++;
        continue;
      }
      if (stretch.start > at) division.sampled(rest, stretch.start - at, sample);
      const begin = Math.max(at, stretch.start);
      at = Math.min(stretch.end, to);
      division.worked(this.#nodeOf(stretch.piece, base), at - begin);
    }
  }

  /** Whether work is under way at a time up to which all was taken. */
  isUnderWay(time: Microseconds): boolean {
    while ((this.#stretches[this.#next]?.end ?? Number.POSITIVE_INFINITY) <= time) this.#next++;
    return (this.#stretches[this.#next]?.start ?? Number.POSITIVE_INFINITY) <= time;
  }

  #nodeOf(piece: Piece, base: NodeIndex): NodeIndex {
    piece.node ??= this.#skeleton.child(piece.outer ? this.#nodeOf(piece.outer, base) : base, piece.frame);
    return piece.node;
  }
}

/** Cuts nested pieces (ordered by start, outer ones first) into stretches that do not overlap. */
function innermost(pieces: readonly Piece[]): Stretch[] {
  const stretches: Stretch[] = [];
  let current: Piece | undefined;
  let at = 0;
  const closeUpTo = (time: Microseconds) => {
    while (current && at < time) {
      const end = Math.min(current.end, time);
      if (at < end) stretches.push({ start: at, end, piece: current });
      at = Math.max(at, end);
      if (current.end > time) return;
      current = current.outer;
    }
  };
  for (const piece of pieces) {
    closeUpTo(piece.start);
    current = piece;
    at = piece.start;
  }
  closeUpTo(Number.POSITIVE_INFINITY);
  return stretches;
}
