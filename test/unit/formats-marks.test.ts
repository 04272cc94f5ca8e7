import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beginMark,
  DROPPED,
  endMark,
  parseMark,
  parseTimerMark,
  timerMark,
  timerMarkBase,
} from '../../src/formats/marks.ts';
import { outcomes } from '../../src/profile/model.ts';

const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 1, maxLength: 8 });
const outcome = fc.constantFrom(...outcomes, DROPPED);

test('what a mark says is what was marked', () => {
  fc.assert(
    fc.property(id, fc.nat(), outcome, (capture, call, outcome) => {
      expect(parseMark(capture, beginMark(capture, call))).toEqual({ call });
      expect(parseMark(capture, endMark(capture, call, outcome))).toEqual({ call, outcome });
    }),
  );
});

test('no capture takes the marks of another one', () => {
  fc.assert(
    fc.property(id, id, fc.nat(), (one, other, call) => {
      fc.pre(one !== other);
      expect(parseMark(one, beginMark(other, call))).toBeNull();
    }),
  );
});

test('no other text is a mark, least of all the page’s own labels', () => {
  for (const label of ['', 'flambe', 'flambe:c0', 'flambe:c0:', 'flambe:c0:x', 'flambe:c0:-1', 'flambe:c0:1.5'])
    expect(parseMark('c0', label)).toBeNull();
  for (const label of ['flambe:c0:1:', 'flambe:c0:1:exploded', 'flambe:c01:1', ' flambe:c0:1', 'flambe:c0:1 '])
    expect(parseMark('c0', label)).toBeNull();
  fc.assert(fc.property(fc.string(), (label) => parseMark('c0', label) === null));
});

describe('the id of a cleared timer', () => {
  test('says what was marked, for half a million calls in a row', () => {
    fc.assert(
      fc.property(id, fc.nat(2 ** 19 - 1), outcome, (capture, call, outcome) => {
        const base = timerMarkBase(capture);
        expect(parseTimerMark(capture, timerMark(base, call))).toEqual({ call });
        expect(parseTimerMark(capture, timerMark(base, call, outcome))).toEqual({ call, outcome });
      }),
    );
  });

  test('is a whole number of 32 bits that no timer has: negative', () => {
    fc.assert(
      fc.property(id, fc.nat(), fc.option(outcome, { nil: undefined }), (capture, call, outcome) => {
        const mark = timerMark(timerMarkBase(capture), call, outcome);
        expect(mark).toBe(mark | 0);
        expect(mark).toBeLessThan(0);
      }),
    );
  });

  test('of the page’s own timers, and of captures whose last eight bits differ, is no mark', () => {
    for (const own of [0, 1, 7, 987_654, 2 ** 31 - 1]) expect(parseTimerMark('c0ffee', own)).toBeNull();
    expect(parseTimerMark('c0ffee', timerMark(timerMarkBase('c0ffef'), 3))).toBeNull();
    // Bits that no outcome has.
    expect(parseTimerMark('c0ffee', timerMarkBase('c0ffee') | (15 << 19))).toBeNull();
  });
});
