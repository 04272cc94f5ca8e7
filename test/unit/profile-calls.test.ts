import { describe, expect, test } from 'vitest';
import { NOT_SAMPLED } from '../../src/profile/model.ts';
import { captureOf, drawTree, foldAll, foldCall, picture } from './pictures-capture.ts';

describe('calls', () => {
  test('without samples are not sampled, all of them', () => {
    expect(foldCall('call 10..35')).toBe(picture(`target 0/25\n  ${NOT_SAMPLED} 25`));
  });

  test('of no length have a tree of one node', () => {
    const { folding } = captureOf('call 10..10');
    expect(drawTree(folding.call(0))).toBe('target 0');
    expect(drawTree(folding.all())).toBe('target 0');
  });

  test('none at all: still a tree', () => {
    expect(foldAll('at 10\n   a')).toBe('target 0');
  });

  test('have the samples of their own intervals only', () => {
    expect(
      foldCall(`
        at     100     200     300     400
               HOOK    HOOK    HOOK    HOOK
               target  target  target  target
               a       between between b
        call   100..150 350..500`),
    ).toBe(
      picture(`
        target 0/200 ×2
          b 150 ×1
          a 50 ×1`),
    );
  });

  test('of several threads at the same time are not mixed', () => {
    const { folding } = captureOf(`
        at     100     150     200     250
        on     1       2       1       2
               HOOK    HOOK    HOOK    HOOK
               target  target  target  target
               page    worker  page    worker
        call   100..300
        call   120..320 on 2`);
    expect(drawTree(folding.call(0))).toBe(picture('target 0/200 ×2\n  page 200 ×2'));
    expect(drawTree(folding.call(1))).toBe(picture('target 0/200 ×2\n  worker 200 ×2'));
    expect(drawTree(folding.all())).toBe(
      picture(`
        target 0/400 ×4
          page 200 ×2
          worker 200 ×2`),
    );
  });
});

describe('all calls', () => {
  test('when there is one have the tree of that one', () => {
    const { folding } = captureOf(`
        at     100     190
               HOOK    HOOK
               target  target
               a       b
        call   100..200`);
    const expected = picture(`
        target 0/100 ×2
          b 55 ×1
          a 45 ×1`);
    expect(drawTree(folding.call(0))).toBe(expected);
    expect(drawTree(folding.all())).toBe(expected);
  });

  test('that are short give each of their samples the same share of their time', () => {
    // Alone, the first call would be 45 of a and 55 of b, the second 500 of b, the third not sampled.
    expect(
      foldAll(`
        at     100     190     400
               HOOK    HOOK    HOOK
               target  target  target
               a       b       b
        call   100..200
        call   300..800
        call   900..1200`),
    ).toBe(
      picture(`
        target 0/900 ×3
          b 600 ×2
          a 300 ×1`),
    );
  });

  test('that are long are divided by their own samples, beside short ones', () => {
    // Samples reach 80. The long call: a up to 1015, b up to 1100. The short ones have 40 for one sample of c and one of b.
    expect(
      foldAll(`
        at     1000    1010    1020    2000    2010
               HOOK    HOOK    HOOK    HOOK    HOOK
               target  target  target  target  target
               a       a       b       c       b
        call   1000..1200
        call   2000..2030
        call   2100..2110`),
    ).toBe(
      picture(`
        target 0/240 ×5
          b 105 ×2
          ${NOT_SAMPLED} 100
          c 20 ×1
          a 15 ×2`),
    );
  });

  test('that are short give no share to samples within the browser’s work, whose time is clocked', () => {
    expect(
      foldAll(`
        at     200     600     750
               HOOK    HOOK    HOOK
               target  target  target
               a       a       b
        call   100..400
        call   500..800
        work   100..300 Layout
        work   500..700 Layout`),
    ).toBe(
      picture(`
        target 0/600 ×3
          a 0/400 ×2
            Layout 400
          b 200 ×1`),
    );
  });

  test('that are short and have samples in the browser’s work alone stand on those', () => {
    expect(
      foldAll(`
        at     200     600     650
               HOOK    HOOK    HOOK
               target  target  target
               a       a       a
        call   100..400
        call   500..800
        work   100..300 Layout
        work   500..700 Layout`),
    ).toBe(
      picture(`
        target 0/600 ×3
          a 200/600 ×3
            Layout 400`),
    );
  });

  test('that are short and have no sample among them are taken to be like the long ones', () => {
    // The long call: 15 of a, 85 of b, 10 of work, and 90 not sampled; so 20 of the short one's are 3 and 17.
    expect(
      foldAll(`
        at     1000    1010    1020
               HOOK    HOOK    HOOK
               target  target  target
               a       a       b
        call   1000..1200
        call   2000..2030
        work   1150..1160 Layout
        work   2010..2020 Layout`),
    ).toBe(
      picture(`
        target 0/230 ×3
          b 102/112 ×1
            Layout 10
          ${NOT_SAMPLED} 90
          a 18 ×2
          Layout 10`),
    );
  });

  test('are short by their active time, however long they took', () => {
    // Samples reach 80; the second call was active for so long.
    expect(
      foldAll(`
        at     100     110     120
               HOOK    HOOK    HOOK
               target  target  target
               a       a       a
        call   100..130
        call   200..240 1000..1040`),
    ).toBe(picture('target 0/110 ×3\n  a 110 ×3'));
  });

  test('are divided into whole microseconds, none lost and none made', () => {
    expect(
      foldAll(`
        at     100     110     120
               HOOK    HOOK    HOOK
               target  target  target
               a       b       c
        call   100..130
        call   200..210`),
    ).toBe(
      picture(`
        target 0/40 ×3
          b 14 ×1
          a 13 ×1
          c 13 ×1`),
    );
  });

  test('add nothing to the clocked work of the browser', () => {
    expect(
      foldAll(`
        at     100     200
               HOOK    HOOK
               target  target
               a       a
        call   100..300
        call   400..600
        work   110..140 Layout
        work   410..440 Layout`),
    ).toBe(
      picture(`
        target 0/400 ×2
          a 340/370 ×2
            Layout 30
          Layout 30`),
    );
  });

  test('that are longer than samples reach and have none stay not sampled', () => {
    // The median distance is 10, so 80 is short and 81 is long.
    const samples = `
        at     100     110     120
               HOOK    HOOK    HOOK
               target  target  target
               a       a       a
        call   100..130`;
    expect(foldAll(`${samples}\n        call   200..280`)).toBe(picture('target 0/110 ×3\n  a 110 ×3'));
    expect(foldAll(`${samples}\n        call   200..281`)).toBe(
      picture(`
        target 0/111 ×3
          ${NOT_SAMPLED} 81
          a 30 ×3`),
    );
  });

  test('without a single sample are not sampled', () => {
    expect(foldAll('call 0..10\ncall 20..35')).toBe(picture(`target 0/25\n  ${NOT_SAMPLED} 25`));
  });
});
