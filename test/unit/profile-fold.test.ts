import { describe, expect, test } from 'vitest';
import { NOT_SAMPLED } from '../../src/profile/model.ts';
import { captureOf, drawTree, picture } from './pictures-capture.ts';

/** The tree of the only call of a picture. */
function fold(capture: string): string {
  return drawTree(captureOf(capture).folding.call(0));
}

function foldAll(capture: string): string {
  return drawTree(captureOf(capture).folding.all());
}

describe('a sample holds', () => {
  test('from its time to the next one, the first also back to the start of the call, the last to its end', () => {
    expect(
      fold(`
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
      fold(`
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
      fold(`
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
      fold(`
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
      fold(`
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
      fold(`
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
    expect(fold(`${samples}\n        call   920..1100`)).toBe(
      picture(`
        target 0/180 ×3
          a 90 ×1
          c 80 ×1
          b 10 ×1`),
    );
    expect(fold(`${samples}\n        call   919..1101`)).toBe(
      picture(`
        target 0/182 ×3
          a 90 ×1
          c 80 ×1
          b 10 ×1
          ${NOT_SAMPLED} 2`),
    );
  });
});

describe('the tree begins at the target', () => {
  test('without the hook and without the callers below it', () => {
    expect(
      fold(`
        at     100      200
               onClick  onLoad
               handle   HOOK
               HOOK     target
               target   a
               a
        call   100..300`),
    ).toBe(
      picture(`
        target 0/200 ×2
          a 200 ×2`),
    );
  });

  test('the hook alone, before the target runs or after, counts as the target', () => {
    expect(
      fold(`
        at     100     200
               HOOK    HOOK
                       HOOK
        call   100..300`),
    ).toBe('target 200 ×2');
  });

  test('calls of the target by itself stay in the tree, their hooks are cut out', () => {
    expect(
      fold(`
        at     100     200
               HOOK    HOOK
               target  target
               reduce  reduce
               HOOK    HOOK
               target  HOOK
               a       target
        call   100..300`),
    ).toBe(
      picture(`
        target 0/200 ×2
          reduce 0/200 ×2
            target 100/200 ×2
              a 100 ×1`),
    );
  });

  test('recursion without the hook in between stays as it is', () => {
    expect(
      fold(`
        at     100     200
               HOOK    HOOK
               target  target
                       target
        call   100..300`),
    ).toBe(
      picture(`
        target 100/200 ×2
          target 100 ×1`),
    );
  });

  test('a function that stands on the hook in the place of the target is a child of it', () => {
    expect(
      fold(`
        at     100
               HOOK
               other
        call   100..200`),
    ).toBe(
      picture(`
        target 0/100 ×1
          other 100 ×1`),
    );
  });

  test('equal stacks are one, wherever they come from', () => {
    expect(
      fold(`
        at     100       200     300
               onClick   HOOK    onLoad
               HOOK      target  HOOK
               target    a       target
               a         append()  a
               append()          append()
        call   100..400`),
    ).toBe(
      picture(`
        target 0/300 ×3
          a 0/300 ×3
            append() 300 ×3`),
    );
  });
});

describe('pseudo frames', () => {
  test('stand under the stack before them', () => {
    expect(
      fold(`
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
      fold(`
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
      fold(`
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
      fold(`
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

describe('work of the browser', () => {
  const samples = `
        at     100     200     300
               HOOK    HOOK    HOOK
               target  target  target
               a       b       b`;

  test('keeps its clocked time under the frame of the nearest sample before it', () => {
    expect(
      fold(`${samples}
        call   100..400
        work   150..180 Layout
        work   210..340 Layout`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 70/200 ×2
            Layout 130
          a 70/100 ×1
            Layout 30`),
    );
  });

  test('before the first sample stands under that one', () => {
    expect(
      fold(`${samples}
        call   50..400
        work   60..90 Layout`),
    ).toBe(
      picture(`
        target 0/350 ×3
          b 200 ×2
          a 120/150 ×1
            Layout 30`),
    );
  });

  test('under the page’s own frame, not under a pseudo frame', () => {
    expect(
      fold(`
        at     100     200
               HOOK    (garbage collector)
               target
               a
        call   100..300
        work   210..240 Layout`),
    ).toBe(
      picture(`
        target 0/200 ×2
          a 100/200 ×2
            (garbage collector) 70 ×1
            Layout 30`),
    );
  });

  test('nests: each piece has its own time and stands under the one it is part of', () => {
    expect(
      fold(`${samples}
        call   100..400
        work   110..190 Layout
        work   120..150 Recalculate style
        work   130..140 (garbage collector)
        work   150..160 Recalculate style`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 200 ×2
          a 20/100 ×1
            Layout 40/80
              Recalculate style 30/40
                (garbage collector) 10`),
    );
  });

  test('that begins where another one ends or begins is told apart from it', () => {
    expect(
      fold(`${samples}
        call   100..400
        work   110..120 Layout
        work   120..130 Parse HTML
        work   140..150 Hit test
        work   140..160 Compile script`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 200 ×2
          a 60/100 ×1
            Compile script 10/20
              Hit test 10
            Layout 10
            Parse HTML 10`),
    );
  });

  test('is clipped to the call', () => {
    expect(
      fold(`${samples}
        call   100..400
        work   390..450 Layout
        work   400..460 Layout`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 190/200 ×2
            Layout 10
          a 100 ×1`),
    );
  });

  test('of other threads is not of the call', () => {
    expect(
      fold(`${samples}
        call   100..400
        work   110..190 Layout on 2`),
    ).toBe(
      picture(`
        target 0/300 ×3
          b 200 ×2
          a 100 ×1`),
    );
  });

  test('keeps its time where no sample reaches, and in calls without samples', () => {
    expect(
      fold(`
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
      fold(`
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
      fold(`${samples}
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

describe('calls', () => {
  test('without samples are not sampled, all of them', () => {
    expect(fold('call 10..35')).toBe(picture(`target 0/25\n  ${NOT_SAMPLED} 25`));
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
      fold(`
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
  test('too short for a sample are divided as the samples of the others divide theirs', () => {
    expect(
      foldAll(`
        at     100     200     300     1000
               HOOK    HOOK    HOOK    HOOK
               target  target  target  target
               a       a       a       b
        call   100..400
        call   500..600
        call   1000..1100
        call   1200..1500`),
    ).toBe(
      picture(`
        target 0/800 ×4
          a 600 ×3
          b 200 ×1`),
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

describe('the tree', () => {
  test('has siblings by falling total, then by name', () => {
    expect(
      fold(`
        at     100     200     300     400     500
               HOOK    HOOK    HOOK    HOOK    HOOK
               target  target  target  target  target
               zebra   ape     bee     cat     cat
        call   100..600`),
    ).toBe(
      picture(`
        target 0/500 ×5
          cat 200 ×2
          ape 100 ×1
          bee 100 ×1
          zebra 100 ×1`),
    );
  });

  test('tells functions of one name at several places apart, and native ones from the page’s', () => {
    expect(
      fold(`
        at     100     200
               HOOK    HOOK
               target  target
               sort    sort()
        call   100..300`),
    ).toBe(
      picture(`
        target 0/200 ×2
          sort 100 ×1
          sort() 100 ×1`),
    );
  });
});
