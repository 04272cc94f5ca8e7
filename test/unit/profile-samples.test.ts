import { describe, expect, test } from 'vitest';
import { NOT_SAMPLED } from '../../src/profile/model.ts';
import { foldCall, picture } from './pictures-capture.ts';

describe('a sample holds', () => {
  test('from its time to the next one, the first also back to the start of the call, the last to its end', () => {
    expect(
      foldCall(`
        at     100     200     250     400
               HOOK    HOOK    HOOK    HOOK
               target  target  target  target
               a       b               a
        call   70..420`),
    ).toBe(
      picture(`
        target 150/350 ×4
          a 150 ×2
          b 50 ×1`),
    );
  });

  test('only within the call: samples before and after it say nothing of it', () => {
    expect(
      foldCall(`
        at     10      100     200     310
               HOOK    HOOK    HOOK    HOOK
               target  target  target  target
               early   a       b       late
        call   90..300`),
    ).toBe(
      picture(`
        target 0/210 ×2
          a 110 ×1
          b 100 ×1`),
    );
  });

  test('a sample at the very start is of the call, one at the very end is not', () => {
    expect(
      foldCall(`
        at     100     200
               HOOK    HOOK
               target  target
               a       b
        call   100..200`),
    ).toBe(
      picture(`
        target 0/100 ×1
          a 100 ×1`),
    );
  });

  test('over samples of other code, whose stack has no hook, and over those that found no stack', () => {
    expect(
      foldCall(`
        at     100     200     300     400
               HOOK    timer           HOOK
               target  other           target
               a                       b
        call   100..500`),
    ).toBe(
      picture(`
        target 0/400 ×2
          a 300 ×1
          b 100 ×1`),
    );
  });

  test('of two samples at the same time the later one has the time', () => {
    expect(
      foldCall(`
        at     100     200     200     300
               HOOK    HOOK    HOOK    HOOK
               target  target  target  target
               a       b       c       a
        call   100..400`),
    ).toBe(
      picture(`
        target 0/300 ×4
          a 200 ×2
          c 100 ×1`),
    );
  });

  test('at most 8 median intervals; what lies farther from any sample is not sampled', () => {
    // The median distance is 10, so a sample reaches 80.
    expect(
      foldCall(`
        at     200     210     220     230     240     340
               HOOK    HOOK    HOOK    HOOK    HOOK    HOOK
               target  target  target  target  target  target
               a       a       a       a       b       c
        call   100..500`),
    ).toBe(
      picture(`
        target 0/400 ×6
          ${NOT_SAMPLED} 120
          a 120 ×4
          b 80 ×1
          c 80 ×1`),
    );
  });

  test('exactly 8 median intervals to both ends', () => {
    const samples = `
        at     1000    1010    1020
               HOOK    HOOK    HOOK
               target  target  target
               a       b       c`;
    expect(foldCall(`${samples}\n        call   920..1100`)).toBe(
      picture(`
        target 0/180 ×3
          a 90 ×1
          c 80 ×1
          b 10 ×1`),
    );
    expect(foldCall(`${samples}\n        call   919..1101`)).toBe(
      picture(`
        target 0/182 ×3
          a 90 ×1
          c 80 ×1
          b 10 ×1
          ${NOT_SAMPLED} 2`),
    );
  });
});

describe('pseudo frames', () => {
  test('stand under the stack before them', () => {
    expect(
      foldCall(`
        at     100     200                  300     400        500
               HOOK    (garbage collector)  HOOK    (program)  (garbage collector)
               target                       target
               a                            b
        call   100..600`),
    ).toBe(
      picture(`
        target 0/500 ×5
          b 100/300 ×3
            (garbage collector) 100 ×1
            (program) 100 ×1
          a 100/200 ×2
            (garbage collector) 100 ×1`),
    );
  });

  test('as the very first samples stand under the first stack', () => {
    expect(
      foldCall(`
        at     100                  200        300
               (garbage collector)  (program)  HOOK
                                               target
                                               a
        call   100..400`),
    ).toBe(
      picture(`
        target 0/300 ×3
          a 100/300 ×3
            (garbage collector) 100 ×1
            (program) 100 ×1`),
    );
  });

  test('alone stand under the target', () => {
    expect(
      foldCall(`
        at     100
               (program)
        call   100..200`),
    ).toBe(
      picture(`
        target 0/100 ×1
          (program) 100 ×1`),
    );
  });

  test("a function of the page with a pseudo frame's name is an ordinary one", () => {
    expect(
      foldCall(`
        at     100     200
               HOOK    HOOK
               target  target
               a       (program)
        call   100..300`),
    ).toBe(
      picture(`
        target 0/200 ×2
          (program) 100 ×1
          a 100 ×1`),
    );
  });
});
