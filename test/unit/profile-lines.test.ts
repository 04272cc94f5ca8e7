import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Folding } from '../../src/profile/fold.ts';
import { linesOf } from '../../src/profile/lines.ts';
import { callCount } from '../../src/profile/model.ts';
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
  );
});
