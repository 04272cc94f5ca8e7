import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { Folding } from '../../src/profile/fold.ts';
import { type CallTree, FrameKind, NOT_SAMPLED } from '../../src/profile/model.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

/** Calls of one thread, on which each sample found a leaf of its own number right below the target. */
function leafCapture(
  intervals: readonly { readonly start: number; readonly end: number }[],
  samples: readonly { readonly time: number; readonly leaf: number }[],
) {
  const builder = new ProfileBuilder();
  const target = builder.frame({ name: 'target', url: 'app.js', line: 1, column: 1, kind: FrameKind.script });
  const hook = builder.frame({ name: '', url: 'hook.js', line: 1, column: 1, kind: FrameKind.script });
  const onTarget = builder.stack(builder.stack(-1, hook), target);
  for (const { time, leaf } of samples) {
    const frame = builder.frame({ name: `${leaf}`, url: 'app.js', line: leaf + 2, column: 1, kind: FrameKind.script });
    builder.sample(time, builder.stack(onTarget, frame), 1);
  }
  const calls = buildCalls(intervals.map((interval) => ({ thread: 1, outcome: 'returned', intervals: [interval] })));
  const profile = builder.finish({ targetFrame: target, hookFrames: [hook], calls, askedInterval: 100 });
  return { profile, folding: new Folding(profile, calls) };
}

/** Self times by name, but for the root, which has none. */
function selfByName(tree: CallTree): Record<string, number> {
  expect(tree.self[0]).toBe(0);
  return Object.fromEntries(Array.from(tree.frame, (frame, n) => [tree.frames.name[frame]!, tree.self[n]!]).slice(1));
}

test('each microsecond of a call belongs to the nearest of its samples, if that is within 8 median intervals', () => {
  const times = fc.uniqueArray(fc.oneof(fc.nat(60), fc.nat(1500)), { maxLength: 12 });
  fc.assert(
    fc.property(times, fc.nat(2000), (at, end) => {
      const samples = at.toSorted((a, b) => a - b).map((time, leaf) => ({ time, leaf }));
      const { profile, folding } = leafCapture([{ start: 0, end }], samples);
      const expected: Record<string, number> = {};
      for (let start = 0; start < end; start++) {
        // Its middle counts; as far from two samples as from each other, it is the later one's.
        const distances = samples.filter(({ time }) => time < end).map(({ time }) => Math.abs(start + 0.5 - time));
        const nearest = Math.min(...distances);
        const name = nearest < 8 * profile.medianInterval ? `${distances.lastIndexOf(nearest)}` : NOT_SAMPLED;
        expected[name] = (expected[name] ?? 0) + 1;
      }
      expect(selfByName(folding.call(0))).toEqual(expected);
      expect(selfByName(folding.all())).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test('each sample of short calls has the same share of their time, to the microsecond', () => {
  // At least 20 µs between samples of a call: calls of up to 100 µs are short.
  const call = fc.record({
    length: fc.integer({ min: 1, max: 100 }),
    hits: fc.uniqueArray(fc.record({ slot: fc.nat(4), leaf: fc.nat(3) }), { selector: ({ slot }) => slot }),
  });
  fc.assert(
    fc.property(fc.array(call, { minLength: 2, maxLength: 8 }), (made) => {
      const intervals = made.map(({ length }, i) => ({ start: i * 1000, end: i * 1000 + length }));
      const samples = made.flatMap(({ length, hits }, i) =>
        hits.filter(({ slot }) => slot * 20 < length).map(({ slot, leaf }) => ({ time: i * 1000 + slot * 20, leaf })),
      );
      const clocked = sum(made.map(({ length }) => length));
      const self = selfByName(leafCapture(intervals, samples).folding.all());
      expect(sum(Object.values(self))).toBe(clocked);
      if (samples.length === 0) expect(self).toEqual({ [NOT_SAMPLED]: clocked });
      for (const leaf of new Set(samples.map((sample) => sample.leaf))) {
        const share = (clocked * samples.filter((sample) => sample.leaf === leaf).length) / samples.length;
        expect(Math.abs((self[leaf] ?? 0) - share)).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 400 },
  );
});
