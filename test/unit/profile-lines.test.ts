import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { Folding } from '../../src/profile/fold.ts';
import { linesOf } from '../../src/profile/lines.ts';
import { callCount, FrameKind } from '../../src/profile/model.ts';
import { nodeAt } from '../../src/profile/paths.ts';
import { anyCapture } from './profile-captures.ts';

test('whatever the capture, the time by line is what the samples of the nodes on that line have', () => {
  fc.assert(
    fc.property(anyCapture, fc.nat(), fc.boolean(), ({ profile, calls }, seed, isMapped) => {
      const folding = new Folding(profile, calls);
      for (const which of [...Array.from({ length: callCount(calls) }, (_, call) => call), 'all' as const]) {
        const timeline = folding.timeline(which);
        const nodes = [...timeline.tree.frame.keys()].filter((node) => (seed >> (node % 20)) % 2 === 0);
        const lineOf = isMapped ? (line: number, column: number) => (line + column) % 4 : undefined;
        const table = linesOf(timeline, profile, nodes, lineOf);
        expect([...table.line]).toEqual([...new Set(table.line)].sort((a, b) => a - b));
        const self = new Map<number, number>();
        const samples = new Map<number, Set<number>>();
        for (const [i, sample] of timeline.sample.entries()) {
          if (sample < 0 || !nodes.includes(timeline.node[i]!)) continue;
          const [line, column] = [profile.samples.line[sample]!, profile.samples.column[sample]!];
          const at = line > 0 && lineOf ? lineOf(line, column) : line;
          self.set(at, (self.get(at) ?? 0) + timeline.end[i]! - timeline.start[i]!);
          samples.set(at, (samples.get(at) ?? new Set()).add(sample));
        }
        for (const [row, line] of table.line.entries())
          expect([table.self[row], table.samples[row]]).toEqual([self.get(line), samples.get(line)!.size]);
        expect(table.line.length).toBe(self.size);
      }
    }),
    { numRuns: 300 },
  );
});

test('an example: a sample whose time is parted by a layout is one, and other frames have their own lines', () => {
  const builder = new ProfileBuilder();
  const [target, a] = ['target', 'a'].map((name, row) =>
    builder.frame({ name, url: 'app.js', line: 10 * row + 1, kind: FrameKind.script }),
  );
  const root = builder.stack(-1, target!);
  const stack = builder.stack(root, a!);
  builder.sample(100, stack, 1, 12, 5);
  builder.sample(200, root, 1, 3, 5);
  builder.sample(300, stack, 1, 14, 1);
  builder.sample(400, stack, 1, 12, 9);
  builder.work(builder.frame({ name: 'Layout', kind: FrameKind.browser }), 320, 340, 1);
  const calls = buildCalls([{ thread: 1, outcome: 'returned', intervals: [{ start: 50, end: 450 }] }]);
  const profile = builder.finish({ targetFrame: target!, hookFrames: null, calls, askedInterval: 100 });
  const timeline = new Folding(profile, calls).timeline(0);
  const own = nodeAt(timeline.tree, [target!, a!]);
  expect(linesOf(timeline, profile, [own])).toEqual({
    line: Int32Array.of(12, 14),
    self: Float64Array.of(100 + 100, 80),
    samples: Int32Array.of(2, 1),
  });
  const original = (line: number, column: number) => (line === 12 && column === 9 ? 140 : line * 10);
  expect(linesOf(timeline, profile, [own, 0], original)).toEqual({
    line: Int32Array.of(30, 120, 140),
    self: Float64Array.of(100, 100, 80 + 100),
    samples: Int32Array.of(1, 1, 2),
  });
});
