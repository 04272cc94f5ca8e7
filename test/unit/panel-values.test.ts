import type { Protocol } from 'devtools-protocol';
import { describe, expect, it } from 'vitest';
import { readPathCheck } from '../../panel/answers.ts';
import { fileName } from '../../panel/download.ts';
import { fields, numberProblem, readNumber } from '../../panel/numbers.ts';
import { samplesByCall, shortageOf } from '../../panel/samples.ts';
import { valueText } from '../../panel/values.ts';
import { refusalOf } from '../../src/cdp/chrome-debugger.ts';

type RemoteObject = Protocol.Runtime.RemoteObject;

describe('valueText', () => {
  const table: readonly (readonly [RemoteObject, string])[] = [
    [{ type: 'number', value: 42, description: '42' }, '42'],
    [{ type: 'number', unserializableValue: '-0', description: '-0' }, '-0'],
    [{ type: 'bigint', unserializableValue: '12n', description: '12n' }, '12n'],
    [{ type: 'string', value: 'a "b"\n</p>' }, '"a \\"b\\"\\n</p>"'],
    [{ type: 'undefined' }, 'undefined'],
    [{ type: 'object', subtype: 'null', value: null }, 'null'],
    [{ type: 'boolean', value: false }, 'false'],
    [{ type: 'symbol', description: 'Symbol(x)' }, 'Symbol(x)'],
    [
      {
        type: 'object',
        description: 'Object',
        preview: {
          type: 'object',
          description: 'Object',
          overflow: true,
          properties: [
            { name: 'a', type: 'number', value: '1' },
            { name: 'b', type: 'string', value: 'x' },
            { name: 'c', type: 'object', value: 'Object' },
            { name: 'd', type: 'object', subtype: 'array', value: 'Array(2)' },
            { name: 'e', type: 'function', value: '' },
            { name: 'f', type: 'accessor' },
          ],
        },
      },
      '{a: 1, b: "x", c: {…}, d: Array(2), e: ƒ, f: (…), …}',
    ],
    [
      {
        type: 'object',
        subtype: 'array',
        description: 'Array(2)',
        preview: {
          type: 'object',
          subtype: 'array',
          description: 'Array(2)',
          overflow: false,
          properties: [
            { name: '0', type: 'number', value: '1' },
            { name: '1', type: 'object', subtype: 'null', value: 'null' },
          ],
        },
      },
      '(2) [1, null]',
    ],
    [
      {
        type: 'object',
        subtype: 'map',
        description: 'Map(1)',
        preview: {
          type: 'object',
          subtype: 'map',
          description: 'Map(1)',
          overflow: false,
          properties: [{ name: 'size', type: 'number', value: '1' }],
          entries: [
            {
              key: { type: 'string', description: 'k', overflow: false, properties: [] },
              value: { type: 'number', description: '1', overflow: false, properties: [] },
            },
          ],
        },
      },
      'Map(1) {"k" => 1}',
    ],
    [
      { type: 'object', subtype: 'error', description: 'TypeError: no\n    at f (app.js:1:2)' },
      'TypeError: no\n    at f (app.js:1:2)',
    ],
    [{ type: 'object', subtype: 'promise', description: 'Promise', className: 'Promise' }, 'Promise'],
    [{ type: 'object', subtype: 'error', description: 'Error: \u202etxt' }, 'Error: \ufffdtxt'],
  ];
  it.each(table)('%o', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});

describe('numbers', () => {
  it.each([
    ['1', 1],
    ['1000', 1000],
    [' 7 ', 7],
    ['0', null],
    ['1001', null],
    ['2.5', null],
    ['', null],
    ['three', null],
    ['NaN', null],
  ])('Calls %j is %j', (text, number) => {
    expect(readNumber(text, fields.calls)).toBe(number);
  });

  it('takes parts of a second, and 0 for ever', () => {
    expect([readNumber('0.5', fields.timeout), readNumber('0', fields.timeout)]).toEqual([0.5, 0]);
  });

  it('says what is wrong', () => {
    expect(numberProblem('7', fields.calls)).toBeNull();
    expect(numberProblem('-1', fields.timeout)).toBe('Timeout (s) takes a number from 0 to 3600');
  });
});

describe('shortageOf', () => {
  it('has nothing to say of enough samples', () => {
    expect(shortageOf(30, 1, 3000, 100)).toBeNull();
  });

  it.each([
    ['as many calls as bring plenty', 10, 1, 1000, 50],
    ['without a sample, many', 0, 1, 50, 1000],
    ['never more than can be captured', 1, 100, 150, 1000],
    ['no number of calls when the most are there', 3, 1000, 400, null],
  ])('advises %s', (_, samples, calls, time, callsToAsk) => {
    expect(shortageOf(samples, calls, time, 100)).toEqual({ samples, isStarved: false, callsToAsk });
  });

  it('tells a sampler that got no turn from calls that were too short', () => {
    expect(shortageOf(0, 2, 12_000, 100)).toEqual({ samples: 0, isStarved: true, callsToAsk: 2 });
  });
});

describe('samplesByCall', () => {
  it('counts what fell into the intervals of a call, on its thread, on a stack', () => {
    const samples = {
      time: Float64Array.of(5, 10, 19, 20, 25, 31, 32),
      stack: Int32Array.of(0, 0, 0, 0, -1, 0, 0),
      thread: Int32Array.of(1, 1, 1, 1, 1, 2, 1),
      line: new Int32Array(7),
      column: new Int32Array(7),
    };
    const calls = {
      thread: Int32Array.of(1, 1),
      outcome: ['resolved', 'returned'] as const,
      firstInterval: Int32Array.of(0, 2, 3),
      intervalStart: Float64Array.of(10, 30, 22),
      intervalEnd: Float64Array.of(20, 40, 28),
    };
    expect(samplesByCall({ samples }, calls)).toEqual([3, 0]);
  });
});

describe('fileName', () => {
  const time = Date.UTC(2026, 2, 1, 9, 30, 0);

  it('says what and when', () => {
    expect(fileName('app.store.dispatch', time, 'svg')).toBe('flambe-app.store.dispatch-20260301-093000.svg');
  });

  it('is a plain name for any target', () => {
    expect(fileName('../a["\u202e/x<y>"]', time, 'svg')).toBe('flambe-..-a-x-y-20260301-093000.svg');
    expect(fileName('f'.repeat(500), time, 'svg')).toHaveLength('flambe--20260301-093000.svg'.length + 60);
  });
});

describe('answers of the page', () => {
  it('are read by their shape', () => {
    expect(readPathCheck({ ok: true, kind: 'class' })).toEqual({ ok: true, kind: 'class' });
    expect(readPathCheck({ ok: false, failure: { code: 'not a function', path: 'a', type: 'string' } })).toEqual({
      ok: false,
      failure: { code: 'not a function', path: 'a', type: 'string' },
    });
  });

  it.each([null, {}, { ok: false }, { ok: false, failure: { code: 'tracing busy' } }])('%j is no check', (answer) => {
    expect(() => readPathCheck(answer)).toThrow(TypeError);
  });
});

describe('refusalOf', () => {
  it.each([
    ['Cannot access a chrome:// URL', 'chrome page'],
    ['Cannot attach to this target.', 'chrome page'],
    ['The extensions gallery cannot be scripted.', 'chrome page'],
    ['Cannot access a chrome-extension:// URL of different extension', 'other extension'],
    ['Another debugger is already attached to the tab with id: 12.', 'already attached'],
    ['No tab with given id 12.', 'no tab'],
    ['This page cannot be scripted due to an ExtensionsSettings policy.', 'policy'],
    ['Something new', 'other'],
  ])('%s', (message, reason) => {
    expect(refusalOf(message)).toBe(reason);
  });
});
