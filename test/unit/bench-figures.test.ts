import { describe, expect, test } from 'vitest';
import { exponent, growthRow, median, row, spread, timesFaster } from '../bench/figures.ts';

describe('the middle of some figures', () => {
  test('is the one in the middle', () => expect(median([30, 1, 2])).toBe(2));
  test('is between two of them', () => expect(median([4, 1, 3, 100])).toBe(3.5));
  test('is no number where there is none', () => expect(median([])).toBeNaN());
  test('is shown with the least and the most', () => expect(spread([9, 1, 2], 'ms', 0)).toBe('2 ms (1 to 9)'));
});

describe('a goal', () => {
  const said = (values: number[], goal: object) =>
    row('paint', values, 'ms', goal, 0)
      .split(/\s{2,}/)
      .slice(1);

  test.each([
    ['met to the point', { atMost: 5 }, ['5 ms (1 to 9)', 'goal ≤ 5 ms', 'met']],
    ['missed by the median, though once met', { atMost: 4 }, ['5 ms (1 to 9)', 'goal ≤ 4 ms', 'MISSED']],
    ['met from above', { atLeast: 3 }, ['5 ms (1 to 9)', 'goal ≥ 3 ms', 'met']],
    ['missed from below', { atLeast: 6 }, ['5 ms (1 to 9)', 'goal ≥ 6 ms', 'MISSED']],
    ['not set', {}, ['5 ms (1 to 9)']],
  ])('%s', (_, goal, words) => expect(said([1, 5, 9], goal)).toEqual(words));

  test('is missed by what could not be measured', () => expect(said([], { atMost: 5 })).toContain('MISSED'));
});

test('others are compared run by run', () => expect(timesFaster([1, 2, 4], [10, 10, 10])).toEqual([10, 5, 2.5]));
test('others that ran only once are compared once', () => expect(timesFaster([1, 2, 4], [10])).toEqual([10]));

describe('how time grows with size', () => {
  const costs = (took: (size: number) => number) => [1000, 10_000, 100_000].map((size) => ({ size, took: took(size) }));

  test.each([
    ['as the size', (size: number) => 0.003 * size, 1],
    ['as its square', (size: number) => 2e-6 * size ** 2, 2],
    ['not at all', () => 7, 0],
  ])('%s', (_, took, power) => expect(exponent(costs(took))).toBeCloseTo(power, 10));

  test('noise on both sides of a line leaves its slope', () => {
    const noisy = [
      { size: 1, took: 2 },
      { size: 10, took: 10 / 4 },
      { size: 100, took: 200 },
    ];
    expect(exponent(noisy)).toBeCloseTo(1, 10);
  });
  test('a logarithm beside the size is no square', () => {
    const power = exponent(costs((size) => size * Math.log(size)));
    expect(power).toBeGreaterThan(1.1);
    expect(power).toBeLessThan(1.2);
  });
  test('is said with each step', () => {
    expect(
      growthRow(
        'fold',
        costs((size) => size / 1000),
      ),
    ).toMatch(/^fold: exponent .*1\.00 .* met .*100,000: 100\.0 ms$/);
    expect(
      growthRow(
        'fold',
        costs((size) => size ** 2),
      ),
    ).toContain('MISSED');
  });
});
