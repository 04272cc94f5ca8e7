import { describe, expect, test } from 'vitest';
import { beginMark, DROPPED, endMark, type MarkedOutcome, timerMark, timerMarkBase } from '../../src/formats/marks.ts';
import type { TraceEvent } from '../../src/formats/perfetto.ts';
import type { ThreadId } from '../../src/formats/perfetto-state.ts';
import type { CaptureKey } from '../../src/formats/sampled.ts';
import { Folding } from '../../src/profile/fold.ts';
import { type CallTable, NOT_SAMPLED, type Outcome, type Profile } from '../../src/profile/model.ts';
import { readCalls, readEvents } from '../harness/read-trace.ts';
import { drawTree, picture } from './pictures-capture.ts';
import { type WrittenEvent, writeTrace } from './pictures-trace.ts';

const key: CaptureKey = {
  id: 'c0ffee',
  hookUrl: 'flambe-hook.js',
  hook: 'stand-in',
  target: { name: 'target', url: 'app.js', line: 1, column: 1 },
  askedInterval: 100,
  outcomes: null,
};
const page = { pid: 7, tid: 70 };
/** V8 writes a profile's chunks on a thread of its own. */
const v8 = { pid: 7, tid: 71 };

const mark = (at: number, message: string): WrittenEvent => ({
  at,
  phase: 'I',
  name: 'TimeStamp',
  args: { data: { message } },
});
const begin = (at: number, call: number) => mark(at, beginMark(key.id, call));
const end = (at: number, call: number, outcome: Outcome = 'returned') => mark(at, endMark(key.id, call, outcome));
/** The other form of marks. */
const timer = (at: number, call: number, outcome?: MarkedOutcome): WrittenEvent => ({
  at,
  phase: 'I',
  name: 'TimerRemove',
  args: { data: { timerId: timerMark(timerMarkBase(key.id), call, outcome) } },
});
const profileAt = (at: number, id = 1): WrittenEvent => ({
  at,
  phase: 'P',
  name: 'Profile',
  id,
  args: { data: { startTime: at } },
});

interface WrittenNode {
  id: number;
  parent?: number;
  name: string;
  url?: string;
  line?: number;
}
function chunk(
  at: number,
  nodes: WrittenNode[],
  samples: number[],
  timeDeltas: number[],
  id = 1,
  lines: { lines?: number[]; columns?: number[] } = {},
): WrittenEvent {
  const v8Nodes = nodes.map(({ id, parent, name, url, line }) => ({
    id,
    ...(parent !== undefined && { parent }),
    callFrame: {
      functionName: name,
      scriptId: 0,
      ...(url !== undefined && { url, lineNumber: line! - 1, columnNumber: 0 }),
    },
  }));
  return {
    at,
    phase: 'P',
    name: 'ProfileChunk',
    id,
    args: { data: { cpuProfile: { nodes: v8Nodes, samples }, timeDeltas, ...lines } },
  };
}
const nodes: WrittenNode[] = [
  { id: 1, name: '(root)' },
  { id: 2, parent: 1, name: 'onClick', url: 'app.js', line: 9 },
  { id: 3, parent: 2, name: 'apply', url: 'flambe-hook.js', line: 1 },
  { id: 4, parent: 3, name: 'target', url: 'app.js', line: 1 },
  { id: 5, parent: 4, name: 'a', url: 'app.js', line: 2 },
  { id: 6, parent: 1, name: '(garbage collector)' },
  { id: 7, parent: 4, name: 'sort' },
];

function drawAll({ calls, profile }: { calls: CallTable; profile: Profile }): string {
  return drawTree(new Folding(profile, calls).all());
}

describe('a trace', () => {
  test('says where in the source its samples stood, if the browser does', () => {
    const lines = { lines: [9, 2, 3], columns: [7, 30, 1] };
    const read = ([first, second]: (typeof lines | undefined)[]) => {
      const chunks = [
        chunk(2000, nodes, [4, 5, 7], [150, 100, 100], 1, first),
        chunk(3000, [], [5, 4, 4], [50, 50, 50], 1, second),
      ];
      const bytes = writeTrace(
        { ...page, events: [profileAt(1000), begin(1100, 0), end(1600, 0)] },
        { ...v8, events: chunks },
      );
      const { line, column } = readCalls(bytes, key).profile.samples;
      return Array.from(line, (each, i) => `${each}:${column[i]}`);
    };
    expect(read([lines, undefined])).toEqual(['9:7', '2:30', '3:1', '0:0', '0:0', '0:0']);
    expect(read([undefined, lines])).toEqual(['0:0', '0:0', '0:0', '9:7', '2:30', '3:1']);
  });

  test('gives calls from marks and samples from chunks', () => {
    const bytes = writeTrace(
      { ...page, events: [profileAt(1000), begin(1100, 0), end(1600, 0, 'threw')] },
      { ...v8, events: [chunk(2000, nodes, [4, 5, 6, 7], [150, 100, 100, 100])] },
    );
    const read = readCalls(bytes, key);
    expect(read.calls.outcome).toEqual(['threw']);
    expect(drawAll(read)).toBe(
      picture(`
        target 100/500 ×4
          a 100/200 ×2
            (garbage collector) 100 ×1
          sort 200 ×1`),
    );
  });

  test('gives the same calls from either form of marks; a timer of the page is none', () => {
    const events = (mark: (at: number, call: number, outcome?: Outcome) => WrittenEvent) => [
      profileAt(1000),
      mark(1100, 0),
      { ...timer(1150, 0), args: { data: { timerId: 7 } } },
      mark(1300, 0, 'threw'),
      mark(1400, 1),
      mark(1500, 1, 'returned a promise'),
      mark(1600, 2),
    ];
    const samples = chunk(2000, nodes, [4, 5, 7, 4], [150, 300, 200, 50]);
    const labels = events((at, call, outcome) => (outcome ? end(at, call, outcome) : begin(at, call)));
    const [byLabel, byTimer] = [labels, events(timer)].map((marks) =>
      readCalls(writeTrace({ ...page, events: marks }, { ...v8, events: [samples] }), key),
    );
    expect(byTimer!.calls).toEqual(byLabel!.calls);
    expect(byTimer!.calls.outcome).toEqual(['threw', 'returned a promise', 'unfinished']);
    expect(Array.from(byTimer!.calls.intervalEnd)).toEqual([1300, 1500, 1700]);
  });

  test('keeps nothing of calls that were dropped, and numbers may begin anew', () => {
    const bytes = writeTrace(
      {
        ...page,
        events: [
          profileAt(1000),
          timer(1100, 0),
          timer(1150, 0, DROPPED),
          timer(1200, 1),
          timer(1400, 1, 'returned'),
          timer(1500, 1),
          timer(1510, 1, DROPPED),
          timer(1600, 1),
          timer(1700, 1, 'threw'),
        ],
      },
      { ...v8, events: [chunk(2000, nodes, [4, 5, 7], [120, 180, 350])] },
    );
    const { calls } = readCalls(bytes, key);
    expect(calls.outcome).toEqual(['returned', 'threw']);
    expect(Array.from(calls.intervalStart)).toEqual([1200, 1600]);
  });

  test('that lost a chunk keeps its calls, and says how many samples are without a stack', () => {
    const bytes = writeTrace(
      { ...page, events: [profileAt(1000), begin(1100, 0), end(1600, 0)] },
      // Node 3, the hook, is what got lost: nodes 4 and 5 stand on it.
      { ...v8, events: [chunk(2000, [nodes[0]!, nodes[1]!, nodes[3]!, nodes[4]!], [4, 5, 99], [150, 100, 100])] },
    );
    const read = readCalls(bytes, key);
    expect(read.lostSamples).toBe(3);
    expect(read.calls.outcome).toEqual(['returned']);
    expect(drawAll(read)).toBe(picture(`target 0/500\n  ${NOT_SAMPLED} 500`));
  });

  test('whose chunks come before the event that begins their profile is the same', () => {
    const bytes = writeTrace(
      { ...v8, events: [chunk(2000, nodes, [5], [150])] },
      { ...page, events: [profileAt(1000), begin(1100, 0), end(1200, 0)] },
    );
    expect(drawAll(readCalls(bytes, key))).toBe(picture('target 0/100 ×1\n  a 100 ×1'));
  });

  test('takes samples that go back in time to where they belong', () => {
    const bytes = writeTrace(
      { ...page, events: [profileAt(1000), begin(1100, 0), end(1500, 0)] },
      // At 1100, 1400, 1200: the last one 200 µs before the one that was written first.
      { ...v8, events: [chunk(2000, nodes, [4, 5, 7], [100, 300, -200])] },
    );
    expect(drawAll(readCalls(bytes, key))).toBe(
      picture(`
        target 50/400 ×3
          a 200 ×1
          sort 150 ×1`),
    );
  });

  test('goes on with the nodes of earlier chunks, and with the time of the last sample', () => {
    const bytes = writeTrace(
      { ...page, events: [profileAt(1000), begin(1100, 0), end(1400, 0)] },
      { ...v8, events: [chunk(2000, nodes.slice(0, 5), [5], [100]), chunk(3000, nodes.slice(6), [7, 5], [100, 100])] },
    );
    expect(drawAll(readCalls(bytes, key))).toBe(
      picture(`
        target 0/300 ×3
          a 200 ×2
          sort 100 ×1`),
    );
  });

  test('keeps nothing of a long wait for the first call but the nodes and the time', () => {
    const early = chunk(2000, nodes.slice(0, 5), [5, 5], [500, 498_600], 1, { lines: [2, 2], columns: [1, 1] });
    const bytes = writeTrace(
      { ...page, events: [profileAt(1000), begin(500_100, 0), end(500_400, 0)] },
      { ...v8, events: [early, chunk(501_000, nodes.slice(6), [7, 5], [100, 100])] },
    );
    const read = readCalls(bytes, key);
    expect([...read.profile.samples.time]).toEqual([500_200, 500_300]);
    expect(drawAll(read)).toBe(
      picture(`
        target 0/300 ×2
          a 150 ×1
          sort 150 ×1`),
    );
  });

  test('leaves out the samples that marks force on the hook itself, and no others', () => {
    const bytes = writeTrace(
      { ...page, events: [profileAt(1000), begin(1100, 0), end(1600, 0)] },
      // Forced at 1110 and 1590; real on the hook at 1300, and near a mark on the target at 1140.
      { ...v8, events: [chunk(2000, nodes, [3, 4, 3, 3], [110, 30, 160, 290])] },
    );
    const { profile } = readCalls(bytes, key);
    expect([...profile.samples.time]).toEqual([1140, 1300]);
  });

  test('tells profiles of two processes apart, though ids and threads have the same numbers', () => {
    const other = [...nodes.slice(0, 4), { id: 5, parent: 4, name: 'b', url: 'app.js', line: 3 }];
    const bytes = writeTrace(
      { ...page, events: [profileAt(1000), begin(1100, 0), end(1200, 0)] },
      { ...v8, events: [chunk(2000, nodes, [5], [100])] },
      { pid: 8, tid: page.tid, events: [profileAt(1000), begin(1150, 0), end(1250, 0)] },
      { pid: 8, tid: v8.tid, events: [chunk(2000, other, [5], [150])] },
    );
    const { calls, profile } = readCalls(bytes, key);
    const folding = new Folding(profile, calls);
    expect(drawTree(folding.call(0))).toBe(picture('target 0/100 ×1\n  a 100 ×1'));
    expect(drawTree(folding.call(1))).toBe(picture('target 0/100 ×1\n  b 100 ×1'));
  });

  test('without an end mark has an unfinished call, as long as samples show it running', () => {
    const bytes = writeTrace(
      { ...page, events: [profileAt(1000), begin(1100, 0)] },
      { ...v8, events: [chunk(2000, nodes, [5, 5, 2], [150, 100, 100])] },
    );
    const { calls } = readCalls(bytes, key);
    expect(calls.outcome).toEqual(['unfinished']);
    expect([calls.intervalStart[0], calls.intervalEnd[0]]).toEqual([1100, 1250]);
  });

  test('with an end mark alone has no call: nobody saw it begin', () => {
    expect(readCalls(writeTrace({ ...page, events: [end(1200, 3)] }), key).calls.outcome).toEqual([]);
  });

  test('has other captures’ marks and the page’s own time stamps in vain', () => {
    const events = [mark(1000, 'flambe:other:0'), mark(1100, 'hello'), begin(1200, 0), end(1300, 0)];
    expect(readCalls(writeTrace({ ...page, events }), key).calls.outcome).toEqual(['returned']);
  });

  test('gives the browser’s work, nested, but not what only surrounds the page’s own code', () => {
    const slice = (from: number, to: number, name: string, inside: WrittenEvent[] = []): WrittenEvent[] => [
      { at: from, phase: 'B', name },
      ...inside,
      { at: to, phase: 'E' },
    ];
    const events = [
      profileAt(1000),
      begin(1100, 0),
      ...slice(1110, 1150, 'Layout', slice(1120, 1130, 'UpdateLayoutTree')),
      ...slice(1160, 1190, 'ParseHTML', slice(1170, 1180, 'EvaluateScript')),
      ...slice(1191, 1195, 'Paint'),
      end(1200, 0),
    ];
    expect(drawAll(readCalls(writeTrace({ ...page, events }), key))).toBe(
      picture(`
        target 0/100
          ${NOT_SAMPLED} 60
          Layout 30/40
            Recalculate style 10`),
    );
  });
});

describe('a trace is refused', () => {
  const calling = { ...page, events: [profileAt(1000), begin(1100, 0), end(1200, 0)] };

  test.each<[string, unknown]>([
    ['more samples than time deltas', { cpuProfile: { nodes: [], samples: [1, 2] }, timeDeltas: [1] }],
    ['samples that are no numbers', { cpuProfile: { nodes: [], samples: ['1'] }, timeDeltas: [1] }],
    ['lines that are no numbers', { cpuProfile: { nodes: [], samples: [] }, timeDeltas: [], lines: ['1'] }],
    ['nodes that are no list', { cpuProfile: { nodes: {}, samples: [] }, timeDeltas: [] }],
    ['nodes without a call frame', { cpuProfile: { nodes: [{ id: 1 }], samples: [] }, timeDeltas: [] }],
    ['a profile that is none', { cpuProfile: null, timeDeltas: [] }],
    ['no data', undefined],
  ])('with a chunk of %s', (_, data) => {
    const args = data === undefined ? {} : { data };
    const bytes = writeTrace(calling, { ...v8, events: [{ at: 2000, phase: 'P', name: 'ProfileChunk', id: 1, args }] });
    expect(() => readCalls(bytes, key)).toThrow(/^Not a Perfetto trace at byte \d+: /);
    expect(() => readCalls(bytes, key)).toThrow(RangeError);
  });

  test('with a profile that does not say when it began', () => {
    const bytes = writeTrace({ ...page, events: [{ at: 1, phase: 'P', name: 'Profile', id: 1, args: { data: {} } }] });
    expect(() => readCalls(bytes, key)).toThrow(/a Profile without its start time/);
  });
});

describe('events of a Perfetto stream', () => {
  function eventsOf(bytes: Uint8Array) {
    const events: (Omit<TraceEvent, 'args' | 'json' | 'thread'> & ThreadId & { args: unknown })[] = [];
    readEvents(bytes, (event) => {
      const { phase, name, time, id } = event;
      events.push({ ...event.thread, phase, name, time, id, args: event.args() });
    });
    return events;
  }

  test('come with their thread, time, interned name and arguments', () => {
    const bytes = writeTrace(
      {
        ...page,
        events: [
          { at: 10, phase: 'B', name: 'Layout', args: { dirty: 3, text: 'é ☃ 😀', deep: { list: [1, null] } } },
          { at: 25, phase: 'E' },
          { at: 26, phase: 'B', name: 'Layout' },
        ],
      },
      { ...v8, events: [{ at: 5, phase: 'I', name: 'Layout' }] },
    );
    const args = { dirty: 3, text: 'é ☃ 😀', deep: { list: [1, null] } };
    expect(eventsOf(bytes)).toEqual([
      { ...page, phase: 'begin', name: 'Layout', time: 10, id: '', args },
      { ...page, phase: 'end', name: '', time: 25, id: '', args: {} },
      { ...page, phase: 'begin', name: 'Layout', time: 26, id: '', args: {} },
      { ...v8, phase: 'instant', name: 'Layout', time: 5, id: '', args: {} },
    ]);
  });

  test('of one series have one id, of several series several', () => {
    const events = [1, 2, 1, 300].map((id) => ({ at: 0, phase: 'P' as const, name: 'ProfileChunk', id }));
    const [a, b, c, d] = eventsOf(writeTrace({ ...page, events })).map(({ id }) => id);
    expect(c).toBe(a);
    expect(new Set([a, b, d]).size).toBe(3);
  });

  test('give the same arguments whenever they are asked for, or never', () => {
    const events = [1, 2, 3].map((value) => ({ at: value, phase: 'I' as const, name: 'TimeStamp', args: { value } }));
    const bytes = writeTrace({ ...page, events });
    let seen = 0;
    readEvents(bytes, (event) => {
      seen++;
      if (event.time !== 2) return;
      expect(event.args()).toEqual({ value: 2 });
      expect(event.args()).toEqual({ value: 2 });
    });
    expect(seen).toBe(3);
  });
});
