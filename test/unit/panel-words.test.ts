import { describe, expect, it } from 'vitest';
import { plain } from '../../panel/phrases.ts';
import type { Failure, Job } from '../../panel/state.ts';
import { alertFor, refusal } from '../../panel/words.ts';
import type { CaptureFailure } from '../../src/capture/errors.ts';
import type { EndReason, HookTrouble } from '../../src/capture/record.ts';
import type { AttachRefusal } from '../../src/cdp/session.ts';

const job: Job = { kind: 'capture', target: 'app.render', wanted: 3, timeout: 15, longerThan: 0 };

const wrapReasons = [
  'const',
  'read-only',
  'not extensible',
  'module',
  'private static',
  'eval',
  'proxy refused',
] as const;
const attachReasons: readonly AttachRefusal[] = [
  'chrome page',
  'other extension',
  'file access',
  'policy',
  'already attached',
  'no tab',
  'other',
];
const ends: readonly EndReason[] = ['timeout', 'navigated', 'crashed', 'buffer full', 'lease ended'];
const troubles: readonly HookTrouble[] = ['replaced', 'locked out', 'locked in'];

/** One failure of each kind that people can come to see. */
const failures: readonly Failure[] = [
  { code: 'not found', path: 'app.rendr', near: 'app.render' },
  { code: 'not found', path: 'zzz' },
  { code: 'not a function', path: 'app.title', type: 'string' },
  { code: 'behind getter', path: 'app.data' },
  ...wrapReasons.map((reason): Failure => ({ code: 'cannot wrap', path: 'app.render', reason })),
  { code: 'no place', text: 'make()' },
  { code: 'no script', source: 'store.js' },
  { code: 'no such line', source: 'http://localhost/store.js', line: 88, lines: 40 },
  { code: 'no function there', target: { kind: 'place', source: 'store.js', line: 88, column: 12 } },
  { code: 'unreadable script', source: 'store.js', message: 'SyntaxError: Unexpected token' },
  { code: 'cannot reach', path: 'createStore › dispatch' },
  { code: 'cannot apply', path: 'createStore › dispatch' },
  { code: 'not reloaded' },
  { code: 'syntax', text: 'a b', message: 'Unexpected identifier' },
  { code: 'evaluation threw', text: 'a()', message: 'ReferenceError: a is not defined' },
  { code: 'page paused' },
  { code: 'page busy' },
  { code: 'tracing busy' },
  ...attachReasons.map((reason): Failure => ({ code: 'cannot attach', reason, message: 'No.' })),
  { code: 'detached' },
  { code: 'navigated' },
  { code: 'crashed' },
  { code: 'no accessor', path: 'app.size', accessor: 'get' },
  { code: 'no accessor', path: 'app.size', accessor: 'set' },
  { code: 'armed already', path: 'app.render' },
  { code: 'armed elsewhere', target: 'app.render', where: 'this page' },
  { code: 'armed elsewhere', target: 'app.render', where: 'another page' },
  { code: 'natives replaced', names: ['apply', 'Proxy'] },
  { code: 'hook stays', job },
  ...troubles.map((trouble): Failure => ({ code: 'no call', end: 'timeout', job, trouble })),
  ...troubles.map((trouble): Failure => ({ code: 'incomplete', end: 'hook gone', job, done: 1, trouble })),
  { code: 'bad trace', message: 'packet 7 ends early' },
  { code: 'unexpected', message: 'x is undefined' },
  ...ends.map((end): Failure => ({ code: 'no call', end, job, trouble: null })),
  ...ends.map((end): Failure => ({ code: 'incomplete', end, job, done: 1, trouble: null })),
];

describe('alertFor', () => {
  it.each(failures.map((failure) => [JSON.stringify(failure), failure] as const))(
    '%s: what, why, what to do',
    (_, failure) => {
      const { what, why, advice } = alertFor(failure)!;
      expect(plain(what)).toMatch(/^[A-Z`].*[^.]$/);
      expect(plain(why)).not.toBe('');
      expect(plain(advice)).not.toBe('');
    },
  );

  it('says something of its own for each', () => {
    const said = failures.map((failure) => {
      const { what, why, advice } = alertFor(failure)!;
      return plain([...what, ...why, ...advice]);
    });
    expect(new Set(said).size).toBe(failures.length);
  });

  it('says nothing of what the user did', () => {
    expect(alertFor({ code: 'no call', end: 'cancelled', job, trouble: null })).toBeNull();
    expect(alertFor({ code: 'incomplete', end: 'cancelled', job, done: 2, trouble: null })).toBeNull();
  });

  it('names numbers in words that agree', () => {
    const shortJob = { ...job, timeout: 1 };
    expect(plain(alertFor({ code: 'no call', end: 'timeout', job: shortJob, trouble: null })!.what)).toBe(
      'No call of `app.render` within 1 second',
    );
    expect(plain(alertFor({ code: 'incomplete', end: 'timeout', job, done: 1, trouble: null })!.what)).toBe(
      'Only 1 of 3 calls',
    );
  });

  it('calls the function of a place by its name where that is known', () => {
    const byPlace: Job = { ...job, target: 'store.js:88:12', name: 'dispatch' };
    const said = [
      ...ends.map((end) => ({ end, trouble: null })),
      ...troubles.map((trouble) => ({ end: ends[0]!, trouble })),
    ];
    for (const how of said) {
      const { what, why, advice } = alertFor({ code: 'no call', job: byPlace, ...how })!;
      expect(plain(what)).toContain('`dispatch`');
      expect(plain([...what, ...why, ...advice])).not.toContain('store.js');
    }
  });

  it('offers the name that was probably meant', () => {
    expect(alertFor({ code: 'not found', path: 'app.rendr', near: 'app.render' })!.suggestion).toBe('app.render');
    expect(alertFor({ code: 'not found', path: 'zzz' })!.suggestion).toBeUndefined();
  });
});

describe('refusal', () => {
  const table: readonly (readonly [CaptureFailure, string])[] = [
    [{ code: 'not found', path: 'app.rendr', near: 'app.render' }, 'No `app.rendr`: did you mean `app.render`?'],
    [{ code: 'not a function', path: 'app.title', type: 'string' }, '`app.title` is a string'],
    [{ code: 'not a function', path: 'app', type: 'object' }, '`app` is an object'],
    [{ code: 'not a function', path: 'app.x', type: 'undefined' }, '`app.x` is undefined'],
    [{ code: 'behind getter', path: 'app.data' }, "`app.data` is behind a getter, which Flambe won't run"],
  ];
  it.each(table)('%o', (failure, words) => {
    expect(plain(refusal(failure))).toBe(words);
  });

  it('keeps names of the page apart from the words, whatever they hold', () => {
    const path = 'app["\u202e</p><script>alert(1)</script>"]';
    const phrase = refusal({ code: 'behind getter', path });
    expect(phrase[0]).toEqual({ code: 'app["\ufffd</p><script>alert(1)</script>"]' });
    expect(phrase.slice(1)).toEqual([" is behind a getter, which Flambe won't run"]);
  });
});
