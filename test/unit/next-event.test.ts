import { describe, expect, test } from 'vitest';
import { plain } from '../../panel/phrases.ts';
import { initialState, type Job, type Running, step } from '../../panel/state.ts';
import { runningStatus, statusOf } from '../../panel/status.ts';
import { alertFor } from '../../panel/words.ts';
import { eventFunction } from '../../src/capture/event.ts';
import type { SeenCalls } from '../../src/capture/recorded.ts';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { type DispatchTable, dispatchesOf } from '../../src/profile/dispatches.ts';
import { Folding } from '../../src/profile/fold.ts';
import { type CallTree, FrameKind, type Profile } from '../../src/profile/model.ts';

type Dispatch = readonly [type: string, start: number, end: number, thread?: number, isCutOff?: boolean];

function table(rows: readonly Dispatch[]): DispatchTable {
  return {
    type: rows.map(([type]) => type),
    thread: Int32Array.from(rows, ([, , , thread = 1]) => thread),
    start: Float64Array.from(rows, ([, start]) => start),
    end: Float64Array.from(rows, ([, , end]) => end),
    isCutOff: Uint8Array.from(rows, ([, , , , isCutOff]) => (isCutOff ? 1 : 0)),
  };
}

/** Samples as time and stack from the bottom up. */
function profileOf(samples: Readonly<Record<number, string>>): Profile {
  const builder = new ProfileBuilder();
  for (const [time, names] of Object.entries(samples)) {
    let stack = -1;
    for (const name of names.split(' ')) {
      const kind = name.startsWith('(') ? FrameKind.engine : FrameKind.script;
      stack = builder.stack(stack, builder.frame({ name, url: 'app.js', line: name.length, column: 1, kind }));
    }
    builder.sample(Number(time), stack, 1);
  }
  return builder.finish({ targetFrame: 0, hookFrames: null, calls: buildCalls([]), askedInterval: 100 });
}

const drawn = ({ frames, frame, depth, total }: CallTree) =>
  Array.from(frame, (each, node) => `${'  '.repeat(depth[node]!)}${frames.name[each]} ${total[node]}`);

describe('the dispatches of a type', () => {
  const profile = profileOf({ 100: 'first spin', 200: 'first spin', 300: '(program)', 400: 'other', 900: 'timer' });

  test('are calls whose tree has all listeners below the event, and nothing from outside', () => {
    const view = dispatchesOf(profile, table([['click', 50, 450]]), 'click', 1);
    expect(drawn(new Folding(view.profile, view.calls).call(0))).toEqual([
      'click 400',
      '  first 300',
      '    spin 300',
      '      (program) 100',
      '  other 100',
    ]);
  });

  test('of other types, and more than were asked for, are left out', () => {
    const all = table([
      ['keydown', 0, 10],
      ['click', 20, 30],
      ['click', 40, 60],
      ['click', 70, 99],
    ]);
    expect([...dispatchesOf(profile, all, 'click', 2).calls.intervalEnd]).toEqual([30, 60]);
  });

  test('within another one of the thread are part of it', () => {
    const all = table([
      ['click', 0, 100],
      ['click', 20, 30],
      ['click', 20, 30, 2],
      ['click', 100, 110],
    ]);
    expect([...dispatchesOf(profile, all, 'click', 9).calls.intervalStart]).toEqual([0, 20, 100]);
  });

  test('that the trace did not see to its end are unfinished', () => {
    expect(dispatchesOf(profile, table([['click', 0, 10, 1, true]]), 'click', 1).calls.outcome).toEqual(['unfinished']);
  });
});

const job: Job = { kind: 'event', target: 'click', wanted: 2, timeout: 15, longerThan: 0 };

describe('the panel says', () => {
  const { running } = step(initialState, { type: 'started', job });
  const words = (change: Partial<Running>) => plain(runningStatus({ ...running!, step: 'calls', ...change }));

  test('what it waits for', () => {
    expect(words({})).toBe('Waiting for `click` 1 of 2');
    expect(words({ begun: 1, ended: 1 })).toBe('Waiting for `click` 2 of 2');
    expect(words({ begun: 2, ended: 2 })).toBe('2 clicks seen');
    expect(words({ job: { ...job, wanted: 1 } })).toBe('Waiting for the next `click`');
  });

  test('what it captured', () => {
    const view = dispatchesOf(profileOf({ 100: 'first' }), table([['click', 50, 150]]), 'click', 2);
    const capture = {
      fn: eventFunction('click'),
      askedCalls: 2,
      askedInterval: 100,
      sampler: 'Tracing',
      hook: null,
      lostSamples: 0,
      end: 'cancelled',
      trouble: null,
      ...view,
    } as SeenCalls;
    const state = [{ type: 'started', job } as const, { type: 'captured', capture } as const].reduce(
      step,
      initialState,
    );
    expect(plain(statusOf(state, { time: 100, samples: 1 }))).toMatch(/^Captured 1 of 2 clicks, 100 µs, 1 sample /);
  });

  test.each([
    ['timeout', 0, /^No `click`$/, /within 15 seconds/],
    ['timeout', 1, /^Only 1 of 2 clicks$/, /after that/],
    ['navigated', 0, /^No `click`$/, /another document/],
    ['crashed', 1, /^Only 1 of 2 clicks$/, /crashed/],
    ['buffer full', 1, /^Only 1 of 2 clicks$/, /full/],
    ['complete', 1, /^Only 1 of 2 clicks$/, /part of it/],
  ] as const)('why it ended early: %s with %i', (end, done, what, why) => {
    const alert = alertFor(
      done === 0 ? { code: 'no call', end, job, trouble: null } : { code: 'incomplete', end, job, done, trouble: null },
    );
    expect(plain(alert!.what)).toMatch(what);
    expect(plain(alert!.why)).toMatch(why);
    expect(plain(alert!.advice)).not.toContain('hook');
  });

  test('nothing more to one who cancelled', () => {
    expect(alertFor({ code: 'incomplete', end: 'cancelled', job, done: 1, trouble: null })).toBe(null);
  });
});
