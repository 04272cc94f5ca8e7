import { describe, expect, test } from 'vitest';
import { SeenSamplesBuilder } from '../../src/formats/seen-samples.ts';
import { UnseenTarget } from '../../src/formats/unseen-target.ts';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { Folding } from '../../src/profile/fold.ts';
import { FrameKind } from '../../src/profile/model.ts';
import { drawTree, picture } from './pictures-capture.ts';

/** Stacks as V8 gives them while breakpoints are on `dispatch`, which is missing from all of them. */
class Page {
  readonly builder = new ProfileBuilder();
  readonly target = this.#frame('dispatch', 1);
  readonly #stacks = new Map<string, number>();

  #frame(name: string, line = 2): number {
    return this.builder.frame({ name, url: 'app.js', line, column: 1, kind: FrameKind.script });
  }

  /** `onClick/reduce`; each stack once, as in V8's call tree. */
  stack(path: string): number {
    const known = this.#stacks.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf('/');
    const below = slash < 0 ? -1 : this.stack(path.slice(0, slash));
    const stack = this.builder.stack(below, this.#frame(path.slice(slash + 1)));
    this.#stacks.set(path, stack);
    return stack;
  }

  seen(...rows: [time: number, path: string, where?: 'at a breakpoint'][]): UnseenTarget {
    const samples = new SeenSamplesBuilder();
    for (const [time, path, where] of rows) samples.add(time, this.stack(path), where !== undefined, 0, 0);
    return new UnseenTarget(this.builder, this.target, samples.finish());
  }

  draw(unseen: UnseenTarget, ...intervals: [start: number, end: number][]): string[] {
    const calls = intervals.map(([start, end]) => ({ start, end }));
    unseen.addTo(0, calls);
    const table = buildCalls(calls.map((each) => ({ thread: 0, outcome: 'returned', intervals: [each] })));
    const { builder, target: targetFrame } = this;
    const profile = builder.finish({ targetFrame, hookFrames: null, calls: table, askedInterval: 100 });
    const folding = new Folding(profile, table);
    return intervals.map((_, call) => drawTree(folding.call(call)));
  }
}

describe('a target that V8 does not see', () => {
  test('leaves its samples the places in the source that V8 gave them', () => {
    const page = new Page();
    const [caller, reduce] = [page.stack('onClick'), page.stack('onClick/reduce')];
    const seen = new SeenSamplesBuilder();
    seen.add(1005, caller, true, 1, 1);
    seen.add(1050, reduce, false, 12, 34);
    seen.add(1250, caller, false, 5, 6);
    const unseen = new UnseenTarget(page.builder, page.target, seen.finish());
    unseen.addTo(0, [{ start: 1000, end: 1200 }]);
    const calls = buildCalls([{ thread: 0, outcome: 'returned', intervals: [{ start: 1000, end: 1200 }] }]);
    const { samples } = page.builder.finish({ targetFrame: page.target, hookFrames: null, calls, askedInterval: 100 });
    expect([[...samples.line], [...samples.column]]).toEqual([
      [12, 5],
      [34, 6],
    ]);
  });

  test('stands where the sample at its breakpoint says, for as long as the call lasts', () => {
    const page = new Page();
    const unseen = page.seen(
      [900, 'onClick/other'],
      [1005, 'onClick', 'at a breakpoint'],
      [1050, 'onClick/reduce'],
      [1150, 'onClick/reduce/clone'],
      [1250, 'onClick/reduce'],
      [1350, 'onClick'],
      [1400, 'onClick', 'at a breakpoint'],
      [1500, 'onClick/reduce'],
    );
    expect(page.draw(unseen, [1000, 1400])).toEqual([
      picture(`
        dispatch 100/400 ×4
          reduce 200/300 ×3
            clone 100 ×1
      `),
    ]);
  });

  test('has another caller in each call', () => {
    const page = new Page();
    const unseen = page.seen(
      [1000, 'onClick', 'at a breakpoint'],
      [1100, 'onClick/save/reduce'],
      [2000, 'onClick/save', 'at a breakpoint'],
      [2100, 'onClick/save/reduce'],
    );
    expect(page.draw(unseen, [1000, 1200], [2000, 2200])).toEqual([
      picture(`
        dispatch 0/200 ×1
          save 0/200 ×1
            reduce 200 ×1
      `),
      picture(`
        dispatch 0/200 ×1
          reduce 200 ×1
      `),
    ]);
  });

  test('is nowhere where no sample tells of it: the time is its own', () => {
    const page = new Page();
    const unseen = page.seen([1100, 'onClick/reduce']);
    expect(page.draw(unseen, [1000, 1200])).toEqual([picture('dispatch 0/200\n  (not sampled) 200')]);
  });

  test('ends, where its end was not seen, with the last sample on it', () => {
    const page = new Page();
    const unseen = page.seen(
      [1000, 'onClick', 'at a breakpoint'],
      [1100, 'onClick/reduce'],
      [1200, 'onClick/reduce'],
      [1300, 'onScroll'],
    );
    expect(unseen.lastSeen(1000, 2000)).toBe(1200);
    expect(unseen.lastSeen(1900, 2000)).toBe(1900);
  });
});
