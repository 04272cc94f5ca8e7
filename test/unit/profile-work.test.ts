import { describe, expect, test } from 'vitest';
import { NOT_SAMPLED } from '../../src/profile/model.ts';
import { foldCall, picture } from './pictures-capture.ts';

describe('work of the browser', () => {
  const samples = `
        at     100     200     300
               HOOK    HOOK    HOOK
               target  target  target
               a       b       b`;

  test('keeps its clocked time under the frame of the nearest sample before it', () => {
    expect(
      foldCall(`${samples}
        call   100..400
        work   150..180 Layout
        work   210..340 Layout`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 90/220 ×2
            Layout 130
          a 50/80 ×1
            Layout 30`),
    );
  });

  test('nearer to a later sample still stands under the earlier one’s, up to that later sample itself', () => {
    // From 150 on the time is nearer to b.
    expect(
      foldCall(`${samples}
        call   100..400
        work   160..180 Layout
        work   190..200 Hit test
        work   200..210 Parse HTML`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 210/220 ×2
            Parse HTML 10
          a 50/80 ×1
            Layout 20
            Hit test 10`),
    );
  });

  test('that begins where no sample reaches stands under the one before, too', () => {
    // Samples reach 80: nothing from 200 to 440.
    expect(
      foldCall(`
        at     100     110     120     520
               HOOK    HOOK    HOOK    HOOK
               target  target  target  target
               a       a       a       b
        call   100..600
        work   400..410 Layout
        work   430..450 Hit test`),
    ).toBe(
      picture(`
        target 0/500 ×4
          ${NOT_SAMPLED} 220
          b 150 ×1
          a 100/130 ×3
            Hit test 20
            Layout 10`),
    );
  });

  test('before the first sample stands under that one', () => {
    expect(
      foldCall(`${samples}
        call   50..400
        work   60..90 Layout`),
    ).toBe(
      picture(`
        target 0/350 ×3
          b 250 ×2
          a 70/100 ×1
            Layout 30`),
    );
  });

  test('under the page’s own frame, not under a pseudo frame', () => {
    expect(
      foldCall(`
        at     100     200
               HOOK    (garbage collector)
               target
               a
        call   100..300
        work   210..240 Layout`),
    ).toBe(
      picture(`
        target 0/200 ×2
          a 50/200 ×2
            (garbage collector) 120 ×1
            Layout 30`),
    );
  });

  test('nests: each piece has its own time and stands under the one it is part of', () => {
    expect(
      foldCall(`${samples}
        call   100..400
        work   110..190 Layout
        work   120..150 Recalculate style
        work   130..140 (garbage collector)
        work   150..160 Recalculate style`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 210 ×2
          a 10/90 ×1
            Layout 40/80
              Recalculate style 30/40
                (garbage collector) 10`),
    );
  });

  test('that begins where another one ends or begins is told apart from it', () => {
    expect(
      foldCall(`${samples}
        call   100..400
        work   110..120 Layout
        work   120..130 Parse HTML
        work   140..150 Hit test
        work   140..160 Compile script`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 240 ×2
          a 20/60 ×1
            Compile script 10/20
              Hit test 10
            Layout 10
            Parse HTML 10`),
    );
  });

  test('is clipped to the call', () => {
    expect(
      foldCall(`${samples}
        call   100..400
        work   390..450 Layout
        work   400..460 Layout`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 240/250 ×2
            Layout 10
          a 50 ×1`),
    );
  });

  test('of other threads is not of the call', () => {
    expect(
      foldCall(`${samples}
        call   100..400
        work   110..190 Layout on 2`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 250 ×2
          a 50 ×1`),
    );
  });

  test('keeps its time where no sample reaches, and in calls without samples', () => {
    expect(
      foldCall(`
        at     1000    1010    1020    2000
               HOOK    HOOK    HOOK    HOOK
               target  target  target  target
               a       a       a       a
        call   1000..2000
        work   1500..1600 Layout`),
    ).toBe(
      picture(`
        target 0/1000 ×3
          ${NOT_SAMPLED} 800
          a 100/200 ×3
            Layout 100`),
    );
    expect(
      foldCall(`
        call   0..100
        work   10..40 Layout`),
    ).toBe(
      picture(`
        target 0/100
          ${NOT_SAMPLED} 70
          Layout 30`),
    );
  });

  test('across a sample stands where it began', () => {
    expect(
      foldCall(`${samples}
        call   100..400
        work   150..250 Layout`),
    ).toBe(
      picture(`
        target 0/300 ×3
          a 50/150 ×1
            Layout 100
          b 150 ×2`),
    );
  });
});
