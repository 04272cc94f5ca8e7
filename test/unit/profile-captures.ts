import fc from 'fast-check';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { FrameKind } from '../../src/profile/model.ts';

const SPAN = 4000;
const time = fc.nat(SPAN);
const thread = fc.constantFrom(1, 2);

/** Steps from 0: ascending times, some of them equal. */
const ascending = (length: number) =>
  fc.array(fc.oneof(fc.nat(5), fc.nat(100), fc.nat(600)), { maxLength: length }).map((steps) => {
    let at = 0;
    return steps.map((step) => {
      at += step;
      return at;
    });
  });

/** Calls of one thread: boundaries in pairs are intervals, of which some calls have several. */
const callsOn = (on: number) =>
  fc
    .tuple(ascending(24), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 12, maxLength: 12 }))
    .map(([bounds, sizes]) => {
      const pairs = Array.from({ length: bounds.length >> 1 }, (_, i) => ({
        start: bounds[2 * i]!,
        end: bounds[2 * i + 1]!,
      }));
      return sizes
        .map((size) => ({ thread: on, outcome: 'returned' as const, intervals: pairs.splice(0, size) }))
        .filter(({ intervals }) => intervals.length > 0);
    });

/** Nested work: a piece's bounds are shares of the room that its parent, some piece before it, leaves. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly frame: number;
  readonly thread: number;
}
const workOn = (on: number) =>
  fc
    .array(fc.record({ under: fc.nat(), from: fc.nat(10), length: fc.nat(10), frame: fc.nat(2) }), { maxLength: 12 })
    .map((seeds) => {
      const pieces: Piece[] = [];
      /** Where the next child of a piece may begin, so that siblings do not overlap; -1 is the thread itself. */
      const free = new Map([[-1, 0]]);
      for (const { under, from, length, frame } of seeds) {
        const parent = (under % (pieces.length + 1)) - 1;
        const limit = pieces[parent]?.end ?? SPAN;
        const room = limit - free.get(parent)!;
        const start = free.get(parent)! + Math.floor((room * from) / 40);
        const end = start + Math.floor(((limit - start) * length) / 10);
        free.set(parent, end);
        free.set(pieces.push({ start, end, frame, thread: on }) - 1, start);
      }
      return pieces;
    });

const FRAMES = ['target', 'hook', 'hook.run', 'a', 'b', 'c', 'sort()', '(program)', '(garbage collector)'] as const;

/** Calls, samples and work of two threads in any mixture. Times are below 4 ms, and stacks hold frames of all kinds. */
export const anyCapture = fc
  .record({
    stacks: fc.array(fc.record({ on: fc.nat(), frame: fc.nat(FRAMES.length - 1) }), { maxLength: 40 }),
    /** Most real stacks hold the hook and the target; this makes sure that many do. */
    onTarget: fc.boolean(),
    samples: fc.array(fc.record({ time, stack: fc.nat(), thread, line: fc.nat(9), column: fc.nat(9) }), {
      maxLength: 60,
    }),
    calls: fc.tuple(callsOn(1), callsOn(2)),
    work: fc.tuple(workOn(1), workOn(2)),
  })
  .map(({ stacks, onTarget, samples, calls, work }) => {
    const builder = new ProfileBuilder();
    const frames = FRAMES.map((name, i) => {
      if (name.startsWith('(')) return builder.frame({ name, kind: FrameKind.engine });
      if (name.endsWith('()')) return builder.frame({ name, kind: FrameKind.native });
      return builder.frame({
        name,
        url: name.startsWith('hook') ? 'hook.js' : 'app.js',
        line: i + 1,
        kind: FrameKind.script,
      });
    });
    const [target, hook, run] = frames as [number, number, number];
    const made = onTarget ? [-1, builder.stack(builder.stack(-1, hook), target)] : [-1];
    for (const { on, frame } of stacks) made.push(builder.stack(made[on % made.length]!, frames[frame]!));
    for (const { time, stack, thread, line, column } of samples)
      builder.sample(time, made[stack % made.length]!, thread, line, column);
    const workFrames = ['Layout', 'Recalculate style', 'Hit test'].map((name) =>
      builder.frame({ name, kind: FrameKind.browser }),
    );
    for (const piece of work.flat()) builder.work(workFrames[piece.frame]!, piece.start, piece.end, piece.thread);
    const table = buildCalls(calls.flat());
    const profile = builder.finish({ targetFrame: target, hookFrames: [hook, run], calls: table, askedInterval: 100 });
    return { profile, calls: table };
  });
