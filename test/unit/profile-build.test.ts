import { describe, expect, test } from 'vitest';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { activeTime, callCount, FrameKind, NOT_SAMPLED } from '../../src/profile/model.ts';

const noCalls = buildCalls([]);

function withTarget(): { builder: ProfileBuilder; target: number } {
  const builder = new ProfileBuilder();
  return {
    builder,
    target: builder.frame({ name: 'target', url: 'app.js', line: 1, column: 1, kind: FrameKind.script }),
  };
}

function finish(builder: ProfileBuilder, targetFrame = 0, calls = noCalls) {
  return builder.finish({ targetFrame, hookFrames: [], calls, askedInterval: 100 });
}

describe('the builder gives', () => {
  test('the same row for the same frame, and another one for any difference', () => {
    const builder = new ProfileBuilder();
    const of = { name: 'a', url: 'app.js', line: 1, column: 2, kind: FrameKind.script };
    const row = builder.frame(of);
    expect(builder.frame({ ...of })).toBe(row);
    const others = [
      { ...of, name: 'b' },
      { ...of, url: 'lib.js' },
      { ...of, line: 2 },
      { ...of, column: 3 },
      { ...of, kind: FrameKind.native },
    ].map((other) => builder.frame(other));
    expect(new Set([row, ...others]).size).toBe(6);
  });

  test('frames that no hostile name can make equal', () => {
    const builder = new ProfileBuilder();
    const kind = FrameKind.script;
    expect(builder.frame({ name: 'b', url: 'a\n', kind })).not.toBe(builder.frame({ name: '\nb', url: 'a', kind }));
  });

  test('row 0 to time that no sample covers, and 0 or empty for what is not known of a frame', () => {
    const builder = new ProfileBuilder();
    const native = builder.frame({ name: 'sort', kind: FrameKind.native });
    const { frames } = finish(builder);
    expect([frames.name[0], frames.kind[0]]).toEqual([NOT_SAMPLED, FrameKind.notSampled]);
    expect([frames.url[native], frames.line[native], frames.column[native]]).toEqual(['', 0, 0]);
  });

  test('samples in order of time, equal times as they came', () => {
    const { builder, target } = withTarget();
    const [a, b] = [builder.stack(-1, target), builder.stack(-1, target)];
    builder.sample(30, a, 1);
    builder.sample(10, -1, 2);
    builder.sample(20, b, 3);
    builder.sample(20, a, 4);
    const { samples } = finish(builder, target);
    expect([...samples.time]).toEqual([10, 20, 20, 30]);
    expect([...samples.stack]).toEqual([-1, b, a, a]);
    expect([...samples.thread]).toEqual([2, 3, 4, 1]);
  });

  test('work in order of its start, the outer one of two first', () => {
    const builder = new ProfileBuilder();
    const frame = builder.frame({ name: 'Layout', kind: FrameKind.browser });
    builder.work(frame, 20, 30, 1);
    builder.work(frame, 10, 15, 1);
    builder.work(frame, 10, 40, 1);
    const { work } = finish(builder);
    expect([...work.start]).toEqual([10, 10, 20]);
    expect([...work.end]).toEqual([40, 15, 30]);
  });

  test('the median of the distances between samples of one thread within one call', () => {
    const { builder, target } = withTarget();
    // In the calls 10, 20, 30 on thread 1; what is between calls, outside or on thread 2 does not count.
    for (const time of [0, 100, 110, 130, 500, 530, 5000]) builder.sample(time, -1, 1);
    for (const time of [101, 102, 103, 104]) builder.sample(time, -1, 2);
    const call = { thread: 1, outcome: 'returned' } as const;
    const calls = buildCalls([
      { ...call, intervals: [{ start: 100, end: 140 }] },
      { ...call, intervals: [{ start: 500, end: 600 }] },
    ]);
    expect(finish(builder, target, calls).medianInterval).toBe(20);
  });

  test('the interval asked for, where no call has two samples or all distances are 0', () => {
    const call = { thread: 1, outcome: 'returned', intervals: [{ start: 0, end: 10 }] } as const;
    for (const times of [[], [5], [5, 5]]) {
      const { builder, target } = withTarget();
      for (const time of times) builder.sample(time, -1, 1);
      expect(finish(builder, target, buildCalls([call])).medianInterval).toBe(100);
    }
  });
});

describe('calls', () => {
  const call = { thread: 1, outcome: 'returned' } as const;

  test('stand in order of their start, with all their intervals', () => {
    const calls = buildCalls([
      { thread: 2, outcome: 'threw', intervals: [{ start: 50, end: 60 }] },
      {
        ...call,
        intervals: [
          { start: 10, end: 20 },
          { start: 70, end: 75 },
        ],
      },
    ]);
    expect(callCount(calls)).toBe(2);
    expect(calls.outcome).toEqual(['returned', 'threw']);
    expect([...calls.thread]).toEqual([1, 2]);
    expect([...calls.firstInterval]).toEqual([0, 2, 3]);
    expect([activeTime(calls, 0), activeTime(calls, 1)]).toEqual([15, 10]);
  });

  test('without an interval were never active and are left out', () => {
    expect(callCount(buildCalls([{ ...call, intervals: [] }]))).toBe(0);
  });

  test('that end before they start are refused, with both times', () => {
    expect(() => buildCalls([{ ...call, intervals: [{ start: 20, end: 10 }] }])).toThrow(
      new RangeError("A call's interval runs from 20 µs to 10 µs"),
    );
    expect(() => buildCalls([{ ...call, intervals: [{ start: Number.NaN, end: 10 }] }])).toThrow(RangeError);
  });
});

describe('the builder refuses', () => {
  test.each([
    ['a stack on one that is not there', (b: ProfileBuilder) => b.stack(0, 0), 'No stack 0 to stand on'],
    ['a stack on one below none', (b: ProfileBuilder) => b.stack(-2, 0), 'No stack -2 to stand on'],
    ['a stack of a frame that is not there', (b: ProfileBuilder) => b.stack(-1, 1), 'No frame 1'],
    ['a stack of a frame below the first', (b: ProfileBuilder) => b.stack(-1, -1), 'No frame -1'],
    ['a sample of a stack that is not there', (b: ProfileBuilder) => b.sample(0, 0, 1), 'No stack 0 to sample'],
    ['a sample at no time', (b: ProfileBuilder) => b.sample(Number.NaN, -1, 1), 'A sample at NaN'],
    [
      'a sample at the end of days',
      (b: ProfileBuilder) => b.sample(Number.POSITIVE_INFINITY, -1, 1),
      'A sample at Infinity',
    ],
    ['work that ends before it starts', (b: ProfileBuilder) => b.work(0, 2, 1, 1), 'Work from 2 µs to 1 µs'],
    ['work at no time', (b: ProfileBuilder) => b.work(0, Number.NaN, 1, 1), 'Work from NaN µs to 1 µs'],
  ])('%s', (_, build, message) => {
    expect(() => build(new ProfileBuilder())).toThrow(new RangeError(message));
  });
});
