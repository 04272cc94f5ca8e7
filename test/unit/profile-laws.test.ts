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
import { anyCapture } from './profile-captures.ts';

const runs = { numRuns: 400 };
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
    fc.property(anyCapture, (captured) => {
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
    const single = anyCapture.filter(({ calls }) => callCount(calls) === 1);
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
      fc.property(anyCapture, ({ profile, calls }) => {
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
