import { describe, expect, it } from 'vitest';
import { initialState, type Job, type PanelEvent, type State, step } from '../../panel/state.ts';
import type { Capture, EndReason } from '../../src/capture/record.ts';

const job: Job = { kind: 'capture', target: 'app.render', wanted: 3, timeout: 15, longerThan: 0 };
const fn = { name: 'render', url: 'app.js', line: 1, column: 1, kind: 'function' };

function captureOf(calls: number, end: EndReason): Capture {
  const starts = Array.from({ length: calls }, (_, call) => call * 100);
  return {
    target: { kind: 'path', root: 'app', steps: [{ key: 'render' }] },
    fn,
    hook: 'stand-in',
    page: { url: 'https://example.org/', title: 'Example' },
    startedAt: 0,
    browser: 'Chrome/156.0.0.0',
    sampler: 'Tracing',
    askedInterval: 100,
    askedCalls: 3,
    end,
    trouble: null,
    longerThan: 0,
    lostSamples: 0,
    calls: {
      thread: new Int32Array(calls),
      outcome: starts.map(() => 'returned'),
      firstInterval: Int32Array.from({ length: calls + 1 }, (_, call) => call),
      intervalStart: Float64Array.from(starts),
      intervalEnd: Float64Array.from(starts, (start) => start + 10),
    },
    profile: {
      frames: {
        name: ['render'],
        url: ['app.js'],
        line: Int32Array.of(1),
        column: Int32Array.of(1),
        kind: Uint8Array.of(0),
      },
      stacks: { parent: new Int32Array(0), frame: new Int32Array(0) },
      samples: {
        time: new Float64Array(0),
        stack: new Int32Array(0),
        thread: new Int32Array(0),
        line: new Int32Array(0),
        column: new Int32Array(0),
      },
      work: {
        frame: new Int32Array(0),
        start: new Float64Array(0),
        end: new Float64Array(0),
        thread: new Int32Array(0),
      },
      hookFrames: [],
      targetFrame: 0,
      medianInterval: 100,
    },
  };
}

const complete = captureOf(3, 'complete');
const started: PanelEvent = { type: 'started', job };
const armed: PanelEvent = { type: 'progressed', progress: { step: 'armed', fn, hook: 'stand-in' } };
const firstCall: PanelEvent = {
  type: 'progressed',
  progress: { step: 'calls', begun: 1, ended: 0, dropped: 0, trouble: null },
};
const reading: PanelEvent = { type: 'progressed', progress: { step: 'reading', bytes: 0 } };

function stateAfter(...events: readonly PanelEvent[]): State {
  return events.reduce(step, initialState);
}

const failure = { code: 'unreadable file', name: 'a', problem: 'it has no nodes', expected: 'another' } as const;
const refused: PanelEvent = { type: 'file refused', refusal: failure };

describe('step', () => {
  const table: readonly (readonly [string, readonly PanelEvent[], object])[] = [
    [
      'a typed target is to be checked',
      [{ type: 'typed', field: 'target', text: 'app' }],
      { form: { target: 'app' }, check: { kind: 'checking' } },
    ],
    ['blank text needs no check', [{ type: 'typed', field: 'target', text: '  ' }], { check: { kind: 'blank' } }],
    [
      'other fields leave the check alone',
      [
        { type: 'checked', check: { kind: 'expression' } },
        { type: 'typed', field: 'calls', text: '7' },
      ],
      { form: { calls: '7' }, check: { kind: 'expression' } },
    ],
    ['a job begins with attaching', [started], { running: { job, step: 'attaching', begun: 0, fn: null } }],
    [
      'a job replaces what went wrong before',
      [{ type: 'failed', failure: { code: 'detached' } }, started],
      { failure: null },
    ],
    ['armed, the function is known', [started, armed], { running: { step: 'armed', fn } }],
    ['calls are counted', [started, armed, firstCall], { running: { step: 'calls', begun: 1, ended: 0, fn } }],
    ['quiet while armed is noted', [started, armed, { type: 'stayed quiet' }], { running: { isQuiet: true } }],
    [
      'quiet after the first call is not',
      [started, armed, firstCall, { type: 'stayed quiet' }],
      { running: { isQuiet: false } },
    ],
    [
      'what has come of the trace is noted',
      [started, armed, { type: 'progressed', progress: { step: 'reading', bytes: 8 } }],
      { running: { bytes: 8 } },
    ],
    ['long reading is noted', [started, armed, reading, { type: 'reads long' }], { running: { isSlow: true } }],
    [
      'long reading before the reading is not',
      [started, armed, { type: 'reads long' }],
      { running: { isSlow: false } },
    ],
    ['cancelling waits for what is there', [started, armed, { type: 'cancelled' }], { running: { isCancelled: true } }],
    [
      'a capture is shown, all its calls at first',
      [{ type: 'chose call', call: 2 }, started, { type: 'captured', capture: complete }],
      { running: null, capture: complete, call: 'all', failure: null },
    ],
    [
      'a capture that ended early is shown, and why',
      [started, { type: 'captured', capture: captureOf(1, 'timeout') }],
      { capture: { end: 'timeout' }, failure: { code: 'incomplete', end: 'timeout', job, done: 1, trouble: null } },
    ],
    [
      'a capture without calls is only said',
      [started, { type: 'captured', capture: captureOf(0, 'timeout') }],
      { capture: null, failure: { code: 'no call', end: 'timeout', job, trouble: null } },
    ],
    [
      'a job that fails before it is armed leaves the capture of before',
      [
        started,
        { type: 'captured', capture: complete },
        started,
        { type: 'failed', failure: { code: 'tracing busy' } },
      ],
      { running: null, capture: complete, failure: { code: 'tracing busy' } },
    ],
    [
      'an armed job takes the capture of before away',
      [started, { type: 'captured', capture: complete }, started, armed],
      { capture: null },
    ],
    [
      'what went wrong can be dismissed',
      [{ type: 'failed', failure: { code: 'page busy' } }, { type: 'dismissed' }],
      { failure: null },
    ],
    [
      'a file is read beside what else goes on',
      [started, { type: 'reading began', name: 'a.cpuprofile' }, { type: 'read so far', share: 0.5 }],
      { running: { job }, reading: { name: 'a.cpuprofile', share: 0.5 } },
    ],
    [
      'a cancelled file leaves nothing behind, nor does news of it',
      [{ type: 'reading began', name: 'a' }, { type: 'reading cancelled' }, { type: 'read so far', share: 0.5 }],
      initialState,
    ],
    [
      'a refused file is not read any more',
      [{ type: 'reading began', name: 'a' }, refused],
      { reading: null, failure },
    ],
    ['news of no job change nothing', [armed, { type: 'stayed quiet' }, { type: 'cancelled' }], initialState],
  ];

  it.each(table)('%s', (_, events, expected) => {
    expect(stateAfter(...events)).toMatchObject(expected);
  });

  it('leaves the state it was given as it is', () => {
    const before = stateAfter(started, armed);
    const copy = structuredClone(before);
    step(before, firstCall);
    expect(before).toEqual(copy);
  });
});
