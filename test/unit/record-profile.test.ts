import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { Folding } from '../../src/profile/fold.ts';
import { type FunctionTable, functionsOf } from '../../src/profile/functions.ts';
import { activeTime, callCount, FrameKind, type Profile, SAMPLED } from '../../src/profile/model.ts';
import { type EntryTable, type Moments, momentsOf } from '../../src/profile/moments.ts';
import { eventsOf, runsOf } from '../../src/profile/runs.ts';
import { drawTree, picture } from './pictures-capture.ts';

const INTERVAL = 100;

interface Recorded {
  readonly profile: Profile;
  readonly entries: EntryTable;
  readonly moments: Moments;
}
/** A sample: its time, and its stack from the bottom up, in words; none for a sample that found no stack. */
type Row = readonly [time: number, stack: string, thread?: number];
interface Entry {
  readonly what: string;
  readonly of?: string;
  readonly start: number;
  readonly end: number;
  readonly thread?: number;
}

function recorded(samples: readonly Row[], entries: readonly Entry[] = []): Recorded {
  const builder = new ProfileBuilder();
  const frameOf = (name: string) => {
    if (name.startsWith('(')) return builder.frame({ name, kind: FrameKind.engine });
    if (name.endsWith('()')) return builder.frame({ name, kind: FrameKind.native });
    return builder.frame({ name, url: 'app.js', line: name.charCodeAt(0), column: 1, kind: FrameKind.script });
  };
  for (const [time, text, thread = 1] of samples) {
    let stack = -1;
    const names = text.startsWith('(') ? [text] : text.split(' ').filter(Boolean);
    for (const name of names) stack = builder.stack(stack, frameOf(name));
    builder.sample(time, stack, thread);
  }
  const outerEnd = new Map<number, number>();
  const table: EntryTable = {
    what: entries.map(({ what }) => what),
    frame: Int32Array.from(entries, ({ of }) => (of === undefined ? -1 : frameOf(of))),
    thread: Int32Array.from(entries, ({ thread = 1 }) => thread),
    start: Float64Array.from(entries, ({ start }) => start),
    end: Float64Array.from(entries, ({ end }) => end),
    isOutermost: Uint8Array.from(entries, ({ start, end, thread = 1 }) => {
      const isOuter = start >= (outerEnd.get(thread) ?? start);
      if (isOuter) outerEnd.set(thread, end);
      return isOuter ? 1 : 0;
    }),
  };
  const calls = buildCalls([]);
  const profile = builder.finish({ targetFrame: 0, hookFrames: null, calls, askedInterval: INTERVAL });
  return { profile, entries: table, moments: momentsOf(profile, table) };
}

/** `name self/total ×samples in runs`, a row a function, by name. */
function drawFunctions({ profile, moments }: Recorded): string[] {
  const table = functionsOf(profile, moments);
  return Array.from(table.frame, (frame, row) => {
    const { self, total, samples, runs } = table;
    return `${profile.frames.name[frame]} ${self[row]}/${total[row]} ×${samples[row]} in ${runs[row]}`;
  }).sort();
}

function frameNamed({ profile }: Recorded, name: string): number {
  return profile.frames.name.indexOf(name);
}

/** The runs of a function, as ranges. */
function drawRuns(from: Recorded, name: string): string[] {
  const { calls } = runsOf(from.profile, from.moments, frameNamed(from, name));
  return Array.from(calls.thread, (_, call) =>
    Array.from(calls.intervalStart, (start, i) => `${start}..${calls.intervalEnd[i]}`)
      .slice(calls.firstInterval[call], calls.firstInterval[call + 1])
      .join(' '),
  );
}

describe('a sample speaks for the time nearer to it than to any other', () => {
  test('but never beyond the entry that it lies in', () => {
    const from = recorded(
      [
        [1000, 'a'],
        [1100, 'a b'],
        [1200, 'c'],
      ],
      [{ what: 'click', start: 970, end: 1150 }],
    );
    expect(drawFunctions(from)).toEqual(['a 80/180 ×2 in 1', 'b 100/100 ×1 in 1', 'c 850/850 ×1 in 1']);
    expect(drawRuns(from, 'a')).toEqual(['970..1150']);
  });

  test('and only as far as it reaches', () => {
    const from = recorded([
      [10_000, 'a'],
      [20_000, 'a'],
    ]);
    expect(drawRuns(from, 'a')).toEqual(['9200..10800', '19200..20800']);
  });

  test('recursion counts once', () => {
    const from = recorded(
      [
        [100, 'a b a'],
        [200, 'a b a b a'],
        [300, 'b a'],
      ],
      [{ what: 'click', start: 50, end: 350 }],
    );
    expect(drawFunctions(from)).toEqual(['a 300/300 ×3 in 1', 'b 0/300 ×3 in 1']);
  });
});

describe('a run of a function ends', () => {
  test.each<[string, Row[], Entry[], string[]]>([
    [
      'with a sample without it',
      [
        [100, 'a'],
        [200, 'b'],
        [300, 'a'],
      ],
      [{ what: 'timer', start: 50, end: 350 }],
      ['50..150', '250..350'],
    ],
    [
      'with the entry',
      [
        [100, 'a'],
        [200, 'a'],
      ],
      [
        { what: 'timer', start: 50, end: 140 },
        { what: 'timer', start: 140, end: 250 },
      ],
      ['50..140', '140..250'],
    ],
    [
      'where no sample came for long, outside of all entries',
      [
        [100, 'a'],
        [1000, 'a'],
      ],
      [{ what: 'timer', start: 0, end: 50 }],
      ['50..550', '550..1800'],
    ],
    [
      'with the thread',
      [
        [100, 'a', 1],
        [150, 'a', 2],
        [200, 'a', 1],
        [250, 'a', 2],
      ],
      [
        { what: 'timer', start: 50, end: 300 },
        { what: 'timer', start: 50, end: 300, thread: 2 },
      ],
      ['50..300', '50..300'],
    ],
  ])('%s', (_, samples, entries, expected) => {
    expect(drawRuns(recorded(samples, entries), 'a')).toEqual(expected);
  });
});

test('a gap within an entry leaves a run its calls, and no time', () => {
  const from = recorded(
    [
      [1000, 'a b'],
      [5000, 'a'],
    ],
    [{ what: 'timer', start: 900, end: 5100 }],
  );
  expect(drawFunctions(from)).toEqual(['a 900/1800 ×2 in 1', 'b 900/900 ×1 in 1']);
  expect(drawRuns(from, 'a')).toEqual(['900..1800 4200..5100']);
});

describe("the engine's own samples", () => {
  test('stand on the stack before them within an entry, and on none outside', () => {
    const from = recorded(
      [
        [100, 'a'],
        [200, '(garbage collector)'],
        [300, 'a'],
        [400, '(program)'],
        [500, 'b'],
      ],
      [
        { what: 'click', start: 50, end: 350 },
        { what: 'click', start: 450, end: 550 },
      ],
    );
    expect(drawFunctions(from)).toEqual(['a 200/300 ×3 in 1', 'b 100/100 ×1 in 1']);
    const view = runsOf(from.profile, from.moments, frameNamed(from, 'a'));
    expect(drawTree(new Folding(view.profile, view.calls).all())).toBe(
      picture(`
        a 200/300 ×3
          (garbage collector) 100 ×1`),
    );
  });

  test('stand on the stack after them where an entry begins with them', () => {
    const from = recorded(
      [
        [100, '(program)'],
        [200, 'a'],
      ],
      [{ what: 'click', start: 50, end: 250 }],
    );
    expect(drawRuns(from, 'a')).toEqual(['50..250']);
  });
});

test('a tree begins at the outermost frame of the function, all its places merged', () => {
  const from = recorded(
    [
      [100, 'x a b'],
      [200, 'y z a b a'],
      [300, 'x'],
    ],
    [{ what: 'click', start: 50, end: 350 }],
  );
  const view = runsOf(from.profile, from.moments, frameNamed(from, 'a'));
  expect(view.calls.outcome).toEqual([SAMPLED]);
  expect(drawTree(new Folding(view.profile, view.calls).all())).toBe(
    picture(`
      a 0/200 ×2
        b 100/200 ×2
          a 100 ×1`),
  );
});

test('events of one kind and function are one row, one within another counts once', () => {
  const { profile, entries } = recorded(
    [],
    [
      { what: 'click', of: 'a', start: 0, end: 500 },
      { what: 'click', of: 'a', start: 100, end: 200 },
      { what: 'timer', of: 'a', start: 600, end: 700 },
      { what: 'click', of: 'a', start: 800, end: 900 },
      { what: 'script', start: 1000, end: 2000 },
    ],
  );
  const { what, count, total, longest } = eventsOf(profile, entries);
  expect(what.map((word, row) => `${word} ${count[row]} ${total[row]} ${longest[row]}`)).toEqual([
    'click 2 600 500',
    'timer 1 100 100',
  ]);
});

const names = ['a', 'b', 'c', 'sort()', '(program)', '(garbage collector)'];
const recording = fc
  .record({
    rows: fc.array(
      fc.record({
        step: fc.oneof(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 80, max: 120 }), fc.nat(4000)),
        stack: fc.array(fc.nat(3), { maxLength: 8 }),
        engine: fc.option(fc.integer({ min: 4, max: 5 }), { freq: 4 }),
        thread: fc.constantFrom(1, 2),
      }),
      { maxLength: 60 },
    ),
    steps: fc.array(fc.tuple(fc.nat(500), fc.nat(900), fc.constantFrom(1, 2)), { maxLength: 12 }),
  })
  .map(({ rows, steps }) => {
    let time = 0;
    const samples = rows.map(({ step, stack, engine, thread }): Row => {
      time += step + 2;
      return [time, engine === null ? stack.map((name) => names[name]).join(' ') : names[engine]!, thread];
    });
    let at = 0;
    const entries = steps.map(([gap, length, thread]) => {
      const entry = { what: 'click', start: at + gap, end: at + gap + length, thread };
      at = entry.end;
      return entry;
    });
    return recorded(samples, entries);
  });
const law = (check: (from: Recorded, table: FunctionTable) => void) =>
  fc.assert(
    fc.property(recording, (from) => check(from, functionsOf(from.profile, from.moments))),
    { numRuns: 500 },
  );
const sum = (column: Iterable<number>) => [...column].reduce((a, b) => a + b, 0);

describe('whatever the recording,', () => {
  test('moments of a thread do not overlap, and each holds its sample', () => {
    law(({ profile, moments }) => {
      for (const [row, sample] of moments.sample.entries()) {
        const time = profile.samples.time[sample]!;
        expect(moments.start[row]).toBeLessThanOrEqual(time);
        expect(moments.end[row]).toBeGreaterThanOrEqual(time);
        const next = moments.sample[row + 1];
        if (next !== undefined && profile.samples.thread[next] === profile.samples.thread[sample])
          expect(moments.start[row + 1]).toBeGreaterThanOrEqual(moments.end[row]!);
      }
    });
  });

  test('self times add up to the time of the samples on functions', () => {
    law(({ profile, moments }, table) => {
      const own = moments.sample.filter((sample, row) => {
        const stack = profile.samples.stack[sample]!;
        return stack >= 0 && stack === moments.stack[row];
      });
      const rows = new Map([...moments.sample].map((sample, row) => [sample, row]));
      const time = sum([...own].map((sample) => moments.end[rows.get(sample)!]! - moments.start[rows.get(sample)!]!));
      expect(sum(table.self)).toBe(time);
    });
  });

  test('no function has more self than total, nor a longer run than that', () => {
    law((_, table) => {
      for (let row = 0; row < table.frame.length; row++) {
        expect(table.self[row]).toBeLessThanOrEqual(table.total[row]!);
        expect(table.longest[row]).toBeLessThanOrEqual(table.total[row]!);
        expect(table.runs[row]).toBeLessThanOrEqual(table.samples[row]!);
      }
    });
  });

  test('the graph of a function has exactly the time, the samples and the runs that its row has', () => {
    law(({ profile, moments }, table) => {
      for (const [row, frame] of table.frame.entries()) {
        const view = runsOf(profile, moments, frame);
        const tree = new Folding(view.profile, view.calls).all();
        expect(tree.total[0]).toBe(table.total[row]);
        expect(tree.samples[0]).toBe(table.samples[row]);
        expect(callCount(view.calls)).toBe(table.runs[row]);
        const lengths = Array.from(view.calls.thread, (_, call) => activeTime(view.calls, call));
        expect(Math.max(...lengths)).toBe(table.longest[row]);
      }
    });
  });
});
