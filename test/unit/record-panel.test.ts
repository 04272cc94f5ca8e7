import { describe, expect, test } from 'vitest';
import { plain } from '../../panel/phrases.ts';
import { type FunctionRow, filterRows, functionColumns, reordered, sortRows } from '../../panel/rows.ts';
import { initialState, type PanelEvent, type State, step } from '../../panel/state.ts';
import { statusOf } from '../../panel/status.ts';
import type { PageRecording } from '../../src/capture/record-page.ts';
import { Recorded } from '../../src/capture/recorded.ts';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { FrameKind } from '../../src/profile/model.ts';

function recordedOf(change: Partial<PageRecording> = {}): Recorded {
  const builder = new ProfileBuilder();
  const frame = builder.frame({
    name: 'work',
    url: 'https://example.org/app.js',
    line: 3,
    column: 7,
    kind: FrameKind.script,
  });
  const stack = builder.stack(-1, frame);
  for (const time of [100, 200, 300]) builder.sample(time, stack, 1);
  const calls = buildCalls([{ thread: 1, outcome: 'returned', intervals: [{ start: 50, end: 350 }] }]);
  return new Recorded({
    page: { url: 'https://example.org/', title: '' },
    startedAt: 0,
    duration: 2000,
    browser: 'Chrome/156.0.0.0',
    sampler: 'Tracing',
    askedInterval: 100,
    end: 'stopped',
    hasNavigated: false,
    lostSamples: 0,
    profile: builder.finish({ targetFrame: 0, hookFrames: null, calls, askedInterval: 100 }),
    entries: {
      what: ['timer'],
      frame: Int32Array.of(frame),
      thread: Int32Array.of(1),
      start: Float64Array.of(50),
      end: Float64Array.of(350),
      isOutermost: Uint8Array.of(1),
    },
    dispatches: {
      type: [],
      thread: Int32Array.of(),
      start: Float64Array.of(),
      end: Float64Array.of(),
      isCutOff: Uint8Array.of(),
    },
    ...change,
  });
}

const stateAfter = (...events: PanelEvent[]): State => events.reduce(step, initialState);
const saying = (state: State) => plain(statusOf(state, { time: 300, samples: 3 }));
const began: PanelEvent = { type: 'recording began' };
const reached = (step: 'recording'): PanelEvent => ({ type: 'recording progressed', progress: { step } });
const read = (bytes: number): PanelEvent => ({ type: 'recording progressed', progress: { step: 'reading', bytes } });
const second: PanelEvent = { type: 'second passed' };

describe('the status', () => {
  test.each<[string, PanelEvent[], string]>([
    ['before it runs', [began], 'Attaching to the page …'],
    ['while it runs', [began, reached('recording'), second, second], 'Recording …'],
    ['when Stop was pressed', [began, reached('recording'), { type: 'stopped' }], 'Ending the recording …'],
    ['while it is read', [began, reached('recording'), { type: 'stopped' }, read(0)], 'Reading the trace …'],
    ['while much is read', [began, reached('recording'), read(0), read(12_345_678)], 'Reading the trace: 12 MB …'],
  ])('%s', (_, events, expected) => {
    expect(saying(stateAfter(...events))).toBe(expected);
  });

  test.each<[Partial<PageRecording>, string]>([
    [{}, 'Recorded 2.00 s: 1 function, 3 samples'],
    [{ end: 'time up' }, 'Recorded 2.00 s: 1 function, 3 samples; the time was up'],
    [{ end: 'buffer full' }, 'Recorded 2.00 s: 1 function, 3 samples; then the trace was full'],
    [{ end: 'crashed' }, 'Recorded 2.00 s: 1 function, 3 samples; then the page crashed'],
    [{ lostSamples: 4 }, 'Recorded 2.00 s: 1 function, 3 samples (4 others lost)'],
    [{ hasNavigated: true }, 'Recorded 2.00 s: 1 function, 3 samples; the page has gone to another document meanwhile'],
  ])('tells what a recording is short of: %j', (change, expected) => {
    const state = stateAfter(began, { type: 'recorded', recorded: recordedOf(change) });
    expect(saying(state)).toBe(`${expected} · one sample every 100 µs (asked: 100 µs) · sampled, not clocked`);
  });

  test('of a function that was picked says that it is sampled', () => {
    const recorded = recordedOf();
    const [frame] = recorded.functions.frame;
    const state = stateAfter(
      began,
      { type: 'recorded', recorded },
      { type: 'picked', calls: recorded.callsOf(frame!) },
    );
    expect(saying(state)).toMatch(/^Recorded 1 run of `work`, ≈ 300 µs · sampled, not clocked · 3 samples /);
  });
});

describe('the table', () => {
  const recorded: PanelEvent = { type: 'recorded', recorded: recordedOf() };

  test('comes when the recording ends, goes for a graph, and comes back', () => {
    const table = stateAfter(began, recorded);
    expect(table).toMatchObject({ recording: null, showsTable: true, capture: null });
    const { recorded: kept } = table;
    const graph = step(table, { type: 'picked', calls: kept!.callsOf(kept!.functions.frame[0]!) });
    expect(graph.showsTable).toBe(false);
    expect(step(graph, { type: 'went to table' }).showsTable).toBe(true);
  });

  test('is none before anything was recorded', () => {
    expect(stateAfter({ type: 'went to table' }).showsTable).toBe(false);
  });

  test('stays where a recording fails', () => {
    const failed = stateAfter(began, recorded, began, { type: 'failed', failure: { code: 'tracing busy' } });
    expect(failed).toMatchObject({ recording: null, showsTable: true });
  });
});

const row = (name: string, self: number, isOwn = true): FunctionRow => ({
  frame: name.charCodeAt(0),
  name,
  source: 'app.js:1',
  searched: `${name} https://example.org/src/app.js:1`.toLowerCase(),
  isOwn,
  self,
  total: self * 2,
  samples: self,
});
const rows = [row('beta', 5), row('alpha', 5), row('sort', 9, false), row('gamma', 7)];
const namesOf = (listed: readonly FunctionRow[]) => listed.map(({ name }) => name).join(' ');

describe('rows', () => {
  test('are sorted by a column, equal ones by name', () => {
    const by = (column: string, isDescending: boolean) =>
      namesOf(sortRows([...rows], functionColumns, { column, isDescending }));
    expect(by('self', true)).toBe('sort gamma alpha beta');
    expect(by('self', false)).toBe('alpha beta gamma sort');
    expect(by('name', false)).toBe('alpha beta gamma sort');
  });

  test('are filtered by all words, in name and address; natives on demand', () => {
    expect(namesOf(filterRows(rows, '', false))).toBe('beta alpha gamma');
    expect(namesOf(filterRows(rows, ' MA src/ ', false))).toBe('gamma');
    expect(namesOf(filterRows(rows, 'sort', true))).toBe('sort');
  });

  test('turn round with the second click on a head; numbers begin with the largest', () => {
    const [name, self] = functionColumns;
    const bySelf = reordered({ column: 'name', isDescending: false }, self!);
    expect(bySelf).toEqual({ column: 'self', isDescending: true });
    expect(reordered(bySelf, self!)).toEqual({ column: 'self', isDescending: false });
    expect(reordered(bySelf, name!)).toEqual({ column: 'name', isDescending: false });
  });
});
