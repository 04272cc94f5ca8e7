import { describe, expect, it } from 'vitest';
import { plain } from '../../panel/phrases.ts';
import { initialState, type Job, type Running, type State } from '../../panel/state.ts';
import { checkWords, runningStatus, statusOf } from '../../panel/status.ts';

const job: Job = { kind: 'capture', target: 'app.render', wanted: 3, timeout: 15, longerThan: 0 };
const armed: Running = {
  job,
  step: 'armed',
  fn: null,
  begun: 0,
  ended: 0,
  dropped: 0,
  trouble: null,
  isQuiet: false,
  isSlow: false,
  bytes: 0,
  isCancelled: false,
};

describe('runningStatus', () => {
  const table: readonly (readonly [Partial<Running>, string])[] = [
    [{ step: 'attaching' }, 'Attaching to the page …'],
    [{}, 'Waiting for call 1 of 3 of `app.render`'],
    [{ step: 'calls', begun: 1, ended: 1 }, 'Waiting for call 2 of 3 of `app.render`'],
    [{ step: 'calls', begun: 3, ended: 2 }, 'Call 3 of 3 of `app.render` is running'],
    [{ step: 'calls', begun: 3, ended: 3 }, '3 calls of `app.render` seen'],
    [{ step: 'calls', begun: 1, ended: 0, isCancelled: true }, 'Ending the capture …'],
    [
      { step: 'calls', begun: 3, ended: 3, job: { ...job, target: 'a.js:1:2', name: 'render' } },
      '3 calls of `render` seen',
    ],
    [{ step: 'reading', ended: 1 }, '1 call of `app.render` seen'],
    [{ step: 'reading', ended: 3, bytes: 8e6 }, '3 calls of `app.render` seen'],
    [{ step: 'reading', ended: 3, isSlow: true }, 'Reading the trace …'],
    [{ step: 'reading', ended: 3, isSlow: true, bytes: 8_400_000 }, 'Reading the trace: 8 MB …'],
    [{ step: 'busy' }, 'The page is busy: in `app.render`, or in something else …'],
    [{ step: 'busy', isCancelled: true }, 'The page is busy; as soon as it is through, the capture ends …'],
    [{ job: { ...job, longerThan: 5 } }, 'Waiting for call 1 of 3 of `app.render` longer than 5 ms'],
    [
      { job: { ...job, longerThan: 5 }, step: 'calls', begun: 1, ended: 1, dropped: 7 },
      'Waiting for call 2 of 3 of `app.render` longer than 5 ms (7 were shorter)',
    ],
    [
      { step: 'calls', trouble: 'replaced' },
      'The page has put another function in the place of `app.render`: only what it still calls of the old one counts',
    ],
    [{ job: { ...job, kind: 'apply' }, step: 'calls', begun: 2, ended: 1 }, 'Calling `app.render`, 1 of 3 calls done'],
  ];
  it.each(table)('%o: %s', (running, words) => {
    expect(plain(runningStatus({ ...armed, ...running }))).toBe(words);
  });
});

describe('statusOf', () => {
  const cancelled: State = { ...initialState, failure: { code: 'no call', end: 'cancelled', job, trouble: null } };
  const table: readonly (readonly [string, State, string])[] = [
    ['nothing yet', initialState, 'Choose a function of the page'],
    ['a refusal', { ...initialState, failure: { code: 'page busy' } }, 'Nothing was captured'],
    [
      'reading that was cancelled',
      { ...initialState, failure: { code: 'given up' } },
      'Cancelled while the trace was read: nothing of it is shown',
    ],
    ['own window', { ...initialState, isAttached: true }, 'Attached to the page as long as this window is open'],
    [
      'left by the debugger',
      { ...initialState, isAttached: false },
      'Not attached to the page; Capture attaches again',
    ],
    [
      'a wrong number before anything else',
      { ...initialState, form: { ...initialState.form, calls: '1.5' }, check: { kind: 'expression' } },
      'Calls takes a whole number from 1 to 1000',
    ],
    ['an expression', { ...initialState, check: { kind: 'expression' } }, 'Will be evaluated once, on Capture'],
    [
      'a path that is half typed',
      { ...initialState, form: { ...initialState.form, target: 'app.' }, check: { kind: 'expression' } },
      'Choose a function of the page',
    ],
    ['cancelled', cancelled, 'Cancelled before any call of `app.render`'],
    [
      'a file on its way',
      { ...initialState, reading: { name: 'a.cpuprofile', share: 0.409 } },
      'Reading `a.cpuprofile`: 40 %',
    ],
    ['a job before all', { ...cancelled, running: armed }, 'Waiting for call 1 of 3 of `app.render`'],
  ];
  it.each(table)('%s', (_, state, words) => {
    expect(plain(statusOf(state, null))).toBe(words);
  });
});

describe('checkWords', () => {
  it('says nothing before there is something to say', () => {
    for (const kind of ['blank', 'checking', 'unknown'] as const) expect(checkWords({ kind }, 'app')).toBeNull();
  });

  it('says what a path leads to', () => {
    expect(plain(checkWords({ kind: 'function', functionKind: 'async function' }, ' app.load ')!)).toBe(
      '`app.load` is there (async function)',
    );
  });
});
