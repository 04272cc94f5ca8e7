import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCount, formatDuration, formatPercent, shareOf } from '../../src/flamegraph/units.ts';

test.each([
  [0, '0 µs'],
  [1, '1 µs'],
  [999, '999 µs'],
  [1000, '1.0 ms'],
  [9200, '9.2 ms'],
  [41_240, '41.2 ms'],
  [99_949, '99.9 ms'],
  [99_950, '100 ms'],
  [412_300, '412 ms'],
  [999_499, '999 ms'],
  [999_500, '1.00 s'],
  [1_234_000, '1.23 s'],
  [9_994_999, '9.99 s'],
  [9_995_000, '10.0 s'],
  [99_950_000, '100 s'],
  [123_000_000, '123 s'],
])('%d µs is %s', (time, text) => expect(formatDuration(time)).toBe(text));

test.each([
  [0, '0 %'],
  [0.00099, '<0.1 %'],
  [0.001, '0.1 %'],
  [0.123, '12.3 %'],
  [0.22, '22 %'],
  [0.9996, '99.9 %'],
  [1, '100 %'],
  [2.5, '250 %'],
])('a share of %d is %s', (share, text) => expect(formatPercent(share)).toBe(text));

describe('numbers in words', () => {
  test('keep at most three digits, and never lose the size of a duration', () => {
    fc.assert(
      fc.property(fc.nat(999_000_000), (time) => {
        const [, digits, unit] = /^([\d.]+) (µs|ms|s)$/.exec(formatDuration(time))!;
        expect(digits!.replace('.', '').length).toBeLessThanOrEqual(3);
        const back = Number(digits) * { µs: 1, ms: 1e3, s: 1e6 }[unit as 'µs' | 'ms' | 's'];
        expect(Math.abs(back - time)).toBeLessThanOrEqual(time * 0.05 + 0.5);
      }),
    );
  });

  test('say 0 % and 100 % only of nothing and all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (a, b) => {
        const text = formatPercent(Math.min(a, b) / Math.max(a, b));
        expect(text === '100 %').toBe(a === b);
        expect(text).not.toBe('0 %');
      }),
    );
  });

  test('group thousands and know one from many', () => {
    expect(formatCount(1, 'sample')).toBe('1 sample');
    expect(formatCount(0, 'call')).toBe('0 calls');
    expect(formatCount(1_234_567, 'sample')).toBe('1,234,567 samples');
  });

  test('divide by nothing without harm', () => expect(shareOf(0, 0)).toBe(1));
});
