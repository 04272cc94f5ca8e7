import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { Folding } from '../../src/profile/fold.ts';
import {
  activeTime,
  type CallTable,
  type CallTree,
  callCount,
  FrameKind,
  type Profile,
} from '../../src/profile/model.ts';

const runs = { numRuns: 400 };
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

const capture = fc
  .record({
    stacks: fc.array(fc.record({ on: fc.nat(), frame: fc.nat(FRAMES.length - 1) }), { maxLength: 40 }),
    /** Most real stacks hold the hook and the target; this makes sure that many do. */
    onTarget: fc.boolean(),
    samples: fc.array(fc.record({ time, stack: fc.nat(), thread }), { maxLength: 60 }),
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
    for (const each of samples) builder.sample(each.time, made[each.stack % made.length]!, each.thread);
    const workFrames = ['Layout', 'Recalculate style', 'Hit test'].map((name) =>
      builder.frame({ name, kind: FrameKind.browser }),
    );
    for (const piece of work.flat()) builder.work(workFrames[piece.frame]!, piece.start, piece.end, piece.thread);
    const table = buildCalls(calls.flat());
    const profile = builder.finish({ targetFrame: target, hookFrames: [hook, run], calls: table, askedInterval: 100 });
    return { profile, calls: table };
  });

function trees(profile: Profile, calls: CallTable): { tree: CallTree; clocked: number; which: number | 'all' }[] {
  const folding = new Folding(profile, calls);
  const each = Array.from({ length: callCount(calls) }, (_, call) => ({
    tree: folding.call(call),
    clocked: activeTime(calls, call),
    which: call,
  }));
  const sum = each.reduce((total, { clocked }) => total + clocked, 0);
  return [...each, { tree: folding.all(), clocked: sum, which: 'all' }];
}

/** Holds for the tree of each call and for that of all calls. */
function law(
  check: (
    of: { tree: CallTree; clocked: number; which: number | 'all' },
    capture: { profile: Profile; calls: CallTable },
  ) => void,
) {
  fc.assert(
    fc.property(capture, (captured) => {
      for (const each of trees(captured.profile, captured.calls)) check(each, captured);
    }),
    runs,
  );
}

const sum = (column: Iterable<number>) => [...column].reduce((a, b) => a + b, 0);

describe('whatever the capture,', () => {
  test('the root has exactly the clocked time, and self times add up to it exactly', () => {
    law(({ tree, clocked }) => {
      expect(tree.total[0]).toBe(clocked);
      expect(sum(tree.self)).toBe(clocked);
    });
  });

  test('times are whole, none is negative, and all nodes but the root have some', () => {
    law(({ tree }) => {
      for (const column of [tree.self, tree.total])
        for (const value of column) expect(Number.isInteger(value) && value >= 0).toBe(true);
      expect(tree.total.slice(1).every((total) => total > 0)).toBe(true);
    });
  });

  test('a total is the self time and the totals of the children', () => {
    law(({ tree }) => {
      const expected = tree.self.slice();
      for (let node = 1; node < tree.frame.length; node++) expected[tree.parent[node]!]! += tree.total[node]!;
      expect(tree.total).toEqual(expected);
    });
  });

  test('parents come before children, depths count from the root, a subtree is a range', () => {
    law(({ tree }) => {
      const size = tree.frame.length;
      expect([tree.parent[0], tree.depth[0], tree.subtreeSize[0]]).toEqual([-1, 0, size]);
      for (let node = 1; node < size; node++) {
        const parent = tree.parent[node]!;
        expect(parent).toBeLessThan(node);
        expect(tree.depth[node]).toBe(tree.depth[parent]! + 1);
        // The range of the node lies in that of its parent, and holds deeper nodes only.
        const end = node + tree.subtreeSize[node]!;
        expect(end).toBeLessThanOrEqual(parent + tree.subtreeSize[parent]!);
        for (let inside = node + 1; inside < end; inside++)
          expect(tree.depth[inside]).toBeGreaterThan(tree.depth[node]!);
        if (end < size) expect(tree.depth[end]).toBeLessThanOrEqual(tree.depth[node]!);
      }
    });
  });

  test('siblings stand in order of falling total, and no two of them are of one frame', () => {
    law(({ tree }) => {
      const last = new Map<number, number>();
      const seen = new Set<string>();
      for (let node = 1; node < tree.frame.length; node++) {
        const parent = tree.parent[node]!;
        expect(tree.total[node]).toBeLessThanOrEqual(last.get(parent) ?? Number.POSITIVE_INFINITY);
        last.set(parent, tree.total[node]!);
        expect(seen.has(`${parent} ${tree.frame[node]}`)).toBe(false);
        seen.add(`${parent} ${tree.frame[node]}`);
      }
    });
  });

  test('the target is the root, and no frame of the hook is in the tree', () => {
    law(({ tree }, { profile }) => {
      expect(tree.frame[0]).toBe(profile.targetFrame);
      expect(profile.hookFrames!.some((hook) => tree.frame.includes(hook))).toBe(false);
    });
  });

  test('a tree counts no more samples than its thread has within its calls, and a node no more than its parent', () => {
    law(({ tree, which }, { profile, calls }) => {
      let most = 0;
      for (let call = 0; call < callCount(calls); call++) {
        if (which !== 'all' && call !== which) continue;
        for (let i = calls.firstInterval[call]!; i < calls.firstInterval[call + 1]!; i++)
          for (const [s, at] of profile.samples.time.entries())
            if (profile.samples.thread[s] === calls.thread[call])
              if (at >= calls.intervalStart[i]! && at < calls.intervalEnd[i]!) most++;
      }
      expect(tree.samples[0]).toBeLessThanOrEqual(most);
      for (let node = 1; node < tree.frame.length; node++)
        expect(tree.samples[node]).toBeLessThanOrEqual(tree.samples[tree.parent[node]!]!);
    });
  });

  test('the browser’s work has its clocked time, no less and no more', () => {
    law(({ tree, which }, { profile, calls }) => {
      const shown = sum(tree.self.filter((_, node) => profile.frames.kind[tree.frame[node]!] === FrameKind.browser));
      // Counted microsecond by microsecond: those of an interval in which a piece is open that began in it.
      let clocked = 0;
      for (let call = 0; call < callCount(calls); call++) {
        if (which !== 'all' && call !== which) continue;
        for (let i = calls.firstInterval[call]!; i < calls.firstInterval[call + 1]!; i++) {
          const [start, end] = [calls.intervalStart[i]!, calls.intervalEnd[i]!];
          const busy = new Uint8Array(end - start);
          for (const [w, from] of profile.work.start.entries())
            if (profile.work.thread[w] === calls.thread[call] && from >= start && from < end)
              busy.fill(1, from - start, Math.min(profile.work.end[w]!, end) - start);
          clocked += sum(busy);
        }
      }
      expect(shown).toBe(clocked);
    });
  });

  test('all calls, where there is one, have the tree of that one', () => {
    const single = capture.filter(({ calls }) => callCount(calls) === 1);
    fc.assert(
      fc.property(single, ({ profile, calls }) => {
        const folding = new Folding(profile, calls);
        expect(folding.all()).toEqual(folding.call(0));
      }),
      { numRuns: 50 },
    );
  });

  test('folding changes nothing that it was given, and gives the same tree again', () => {
    fc.assert(
      fc.property(capture, ({ profile, calls }) => {
        const before = structuredClone({ profile, calls });
        const [first, second] = [trees(profile, calls), trees(profile, calls)];
        expect({ profile, calls }).toEqual(before);
        expect(first).toEqual(second);
      }),
      { numRuns: 50 },
    );
  });
});

/** A call of 2 ms with one sample a 100 µs, each on a stack of so many frames. */
function deepCapture(depth: number) {
  const builder = new ProfileBuilder();
  const target = builder.frame({ name: 'target', url: 'app.js', line: 1, column: 1, kind: FrameKind.script });
  const hook = builder.frame({ name: '', url: 'hook.js', line: 1, column: 1, kind: FrameKind.script });
  const again = builder.frame({ name: 'again', url: 'app.js', line: 2, column: 1, kind: FrameKind.script });
  let stack = builder.stack(builder.stack(-1, hook), target);
  for (let level = 0; level < depth; level++) stack = builder.stack(stack, again);
  for (let at = 0; at < 2000; at += 100) builder.sample(at, stack, 1);
  const calls = buildCalls([{ thread: 1, outcome: 'returned', intervals: [{ start: 0, end: 2000 }] }]);
  return { profile: builder.finish({ targetFrame: target, hookFrames: [hook], calls, askedInterval: 100 }), calls };
}

test('stacks of 10,000 frames fold into a chain', () => {
  const { profile, calls } = deepCapture(10_000);
  const tree = new Folding(profile, calls).all();
  expect(tree.frame.length).toBe(10_001);
  expect([tree.depth.at(-1), tree.self.at(-1), tree.samples.at(-1), tree.total[0]]).toEqual([10_000, 2000, 20, 2000]);
});
