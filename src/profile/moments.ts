import {
  type FrameIndex,
  FrameKind,
  type FrameTable,
  type Microseconds,
  type Profile,
  REACH,
  type StackIndex,
} from './model.ts';

/**
 * What the browser ran script for: the dispatch of an event, a timer, an animation frame, a script. Ordered by start, an
 * outer one before those in it; those of one thread nest.
 */
export interface EntryTable {
  /** Such as `click`, `timer`, `animation frame`. Hostile data: pages make events of any name. */
  readonly what: readonly string[];
  /** The function that was called; -1 where none is known. */
  readonly frame: Int32Array;
  readonly thread: Int32Array;
  /** {@link Microseconds}, clocked by the browser. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** 1 unless it is part of another one. */
  readonly isOutermost: Uint8Array;
}

/**
 * What each sample of a recording stands for. A sample speaks for the time nearer to it than to any other of its thread,
 * as far as it reaches, and never beyond the outermost entry that it lies in (or, outside of all, the gap between two):
 *
 *     entries        |----- click -----|      |--- timer --|
 *     samples     .    a    a   b    b    .  .   a       a
 *     moments    |....|aaaaaaabbbbbbbbb|.....|.|aaaaaaaaaaa|
 *
 * `(garbage collector)` and `(program)` within an entry stand on the stack before them; outside they are the browser's
 * own. Rows are in order of thread, then time.
 */
export interface Moments {
  /** Index of the sample. */
  readonly sample: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** The stack of the page's code that the sample stands on; -1 where none of it ran. */
  readonly stack: Int32Array;
  /**
   * 1 where a moment does not go on from the row before: another thread or entry, or no sample for long outside of all
   * entries. Within one, which the browser clocked, such a gap only leaves time that no moment has.
   */
  readonly isBreak: Uint8Array;
}

export function momentsOf(profile: Profile, entries: EntryTable): Moments {
  const { samples } = profile;
  const count = samples.time.length;
  const sample = Int32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => samples.thread[a]! - samples.thread[b]! || a - b,
  );
  const moments = {
    sample,
    start: new Float64Array(count),
    end: new Float64Array(count),
    stack: new Int32Array(count),
    isBreak: new Uint8Array(count),
  };
  const reach = REACH * profile.medianInterval;
  let first = 0;
  while (first < count) {
    const thread = samples.thread[sample[first]!]!;
    const rooms = roomsOf(entries, thread);
    let room = 0;
    let last = first;
    for (; last < count && samples.thread[sample[last]!] === thread; last++) {
      const time = samples.time[sample[last]!]!;
      const before = room;
      while (rooms[room]!.end <= time) room++;
      const { start, end, isEntry } = rooms[room]!;
      const isLate = !isEntry && last > first && time - samples.time[sample[last - 1]!]! > reach;
      moments.isBreak[last] = last === first || room !== before || isLate ? 1 : 0;
      moments.start[last] = Math.max(start, time - reach);
      moments.end[last] = Math.min(end, time + reach);
      if (last > first && room === before) {
        const middle = Math.floor((samples.time[sample[last - 1]!]! + time) / 2);
        moments.end[last - 1] = Math.min(moments.end[last - 1]!, middle);
        moments.start[last] = Math.max(moments.start[last]!, middle);
      }
      moments.stack[last] = standsOn(profile, samples.stack[sample[last]!]!, rooms[room]!);
    }
    first = last;
  }
  settleEngine(moments);
  return moments;
}

/** An outermost entry, or the gap between two. */
interface Room {
  readonly start: Microseconds;
  readonly end: Microseconds;
  readonly isEntry: boolean;
}

function roomsOf(entries: EntryTable, thread: number): Room[] {
  const rooms: Room[] = [];
  let at = Number.NEGATIVE_INFINITY;
  for (let entry = 0; entry < entries.start.length; entry++) {
    if (entries.thread[entry] !== thread || !entries.isOutermost[entry]) continue;
    const [start, end] = [entries.start[entry]!, entries.end[entry]!];
    rooms.push({ start: at, end: start, isEntry: false }, { start, end, isEntry: true });
    at = end;
  }
  rooms.push({ start: at, end: Number.POSITIVE_INFINITY, isEntry: false });
  return rooms;
}

const NOTHING = -1;
/** Until it is known what the engine's sample stands on. */
const ENGINE = -2;

function standsOn({ stacks, frames }: Profile, stack: StackIndex, { isEntry }: Room): StackIndex {
  if (stack < 0) return NOTHING;
  const isEngine = stacks.parent[stack]! < 0 && frames.kind[stacks.frame[stack]!] === FrameKind.engine;
  if (!isEngine) return stack;
  return isEntry ? ENGINE : NOTHING;
}

/** Gives the engine's samples the stack before them, or that after them where an entry begins with them. */
function settleEngine({ stack, isBreak }: Moments): void {
  const count = stack.length;
  for (let row = 1; row < count; row++) if (stack[row] === ENGINE && !isBreak[row]) stack[row] = stack[row - 1]!;
  for (let row = count - 1; row >= 0; row--)
    if (stack[row] === ENGINE) stack[row] = row + 1 < count && !isBreak[row + 1] ? stack[row + 1]! : NOTHING;
}

const functionsOfTables = new WeakMap<FrameTable, Int32Array>();

/** The first frame of the same function, by frame: V8 may name one place in two ways. Computed once a table. */
export function functionByFrame({ frames }: Pick<Profile, 'frames'>): Int32Array {
  const before = functionsOfTables.get(frames);
  if (before) return before;
  const known = new Map<string, FrameIndex>();
  const functionOf = Int32Array.from(frames.name, (_, frame) => {
    const [url, line] = [frames.url[frame]!, frames.line[frame]!];
    if (url === '' || line === 0) return frame;
    const key = `${line} ${frames.column[frame]} ${url}`;
    const first = known.get(key) ?? frame;
    known.set(key, first);
    return first;
  });
  functionsOfTables.set(frames, functionOf);
  return functionOf;
}
