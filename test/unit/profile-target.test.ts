import { describe, expect, test } from 'vitest';
import { foldCall, picture } from './pictures-capture.ts';

describe('the tree begins at the target', () => {
  test('without the hook and without the callers below it', () => {
    expect(
      foldCall(`
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
      foldCall(`
        at     100     200
               HOOK    HOOK
                       HOOK
        call   100..300`),
    ).toBe('target 200 ×2');
  });

  test('calls of the target by itself stay in the tree, their hooks are cut out', () => {
    expect(
      foldCall(`
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
            target 150/200 ×2
              a 50 ×1`),
    );
  });

  test('recursion without the hook in between stays as it is', () => {
    expect(
      foldCall(`
        at     100     200
               HOOK    HOOK
               target  target
                       target
        call   100..300`),
    ).toBe(
      picture(`
        target 50/200 ×2
          target 150 ×1`),
    );
  });

  test('a function that stands on the hook in the place of the target is a child of it', () => {
    expect(
      foldCall(`
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
      foldCall(`
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

describe('the tree', () => {
  test('has siblings by falling total, then by name', () => {
    expect(
      foldCall(`
        at     100     200     300     400     500
               HOOK    HOOK    HOOK    HOOK    HOOK
               target  target  target  target  target
               zebra   ape     bee     cat     cat
        call   50..600`),
    ).toBe(
      picture(`
        target 0/550 ×5
          cat 250 ×2
          ape 100 ×1
          bee 100 ×1
          zebra 100 ×1`),
    );
  });

  test('tells functions of one name at several places apart, and native ones from the page’s', () => {
    expect(
      foldCall(`
        at     100     200
               HOOK    HOOK
               target  target
               sort    sort()
        call   50..250`),
    ).toBe(
      picture(`
        target 0/200 ×2
          sort 100 ×1
          sort() 100 ×1`),
    );
  });
});
