import { describe, expect, test } from 'vitest';
import { NOT_SAMPLED } from '../../src/profile/model.ts';
import { foldCall, picture } from './pictures-capture.ts';

describe('a sample speaks for', () => {
  test('the time up to the middle between it and the next one; the first back to the start, the last to the end', () => {
    expect(
      foldCall(`
        at     100     200     250     400
               HOOK    HOOK    HOOK    HOOK
               target  target  target  target
               a       b               a
        call   70..420`),
    ).toBe(
      picture(`
        target 100/350 ×4
          a 175 ×2
          b 75 ×1`),
    );
  });

  test('whole microseconds: a middle between two of them is rounded down', () => {
    expect(
      foldCall(`
        at     100     201
               HOOK    HOOK
               target  target
               a       b
        call   100..301`),
    ).toBe(
      picture(`
        target 0/201 ×2
          b 151 ×1
          a 50 ×1`),
    );
  });

  test('its own call only: samples before and after a call say nothing of it', () => {
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
          b 150 ×1
          a 60 ×1`),
    );
  });

  test('a call that it is the very start of, not one that it is the very end of', () => {
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

  test('the time of samples of other code, whose stack has no hook, and of those that found no stack', () => {
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
          b 250 ×1
          a 150 ×1`),
    );
  });

  test('what is before it and not after it, where the next one has the same time', () => {
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
          b 50 ×1
          c 50 ×1`),
    );
  });

  test('at most 8 median intervals to each side; what lies farther from any sample is not sampled', () => {
    // The median distance is 10, so a sample reaches 80.
    expect(
      foldCall(`
        at     200     210     220     230     240     440
               HOOK    HOOK    HOOK    HOOK    HOOK    HOOK
               target  target  target  target  target  target
               a       a       a       a       b       c
        call   100..600`),
    ).toBe(
      // a from 120, b from 235, nothing from 320, c from 360 to 520.
      picture(`
        target 0/500 ×6
          c 160 ×1
          ${NOT_SAMPLED} 140
          a 115 ×4
          b 85 ×1`),
    );
  });

  test('exactly 8 median intervals, to both ends and to the next sample', () => {
    const samples = `
        at     1000    1010    1020
               HOOK    HOOK    HOOK
               target  target  target
               a       b       c`;
    expect(foldCall(`${samples}\n        call   920..1100`)).toBe(
      picture(`
        target 0/180 ×3
          a 85 ×1
          c 85 ×1
          b 10 ×1`),
    );
    expect(foldCall(`${samples}\n        call   919..1101`)).toBe(
      picture(`
        target 0/182 ×3
          a 85 ×1
          c 85 ×1
          b 10 ×1
          ${NOT_SAMPLED} 2`),
    );
    const gapTo = (next: number) => `
        at     1000    1010    1020    ${next}
               HOOK    HOOK    HOOK    HOOK
               target  target  target  target
               a       a       a       b
        call   1000..1200`;
    expect(foldCall(gapTo(1180))).toBe(
      picture(`
        target 0/200 ×4
          a 100 ×3
          b 100 ×1`),
    );
    expect(foldCall(gapTo(1181))).toBe(
      picture(`
        target 0/200 ×4
          a 100 ×3
          b 99 ×1
          ${NOT_SAMPLED} 1`),
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
          b 100/350 ×3
            (garbage collector) 150 ×1
            (program) 100 ×1
          a 50/150 ×2
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
          a 150/300 ×3
            (program) 100 ×1
            (garbage collector) 50 ×1`),
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
          (program) 150 ×1
          a 50 ×1`),
    );
  });
});
