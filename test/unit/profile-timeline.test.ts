import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { ALL_CALLS, chartOf, ONE_CALL } from '../../src/profile/chart.ts';
import { type Edit, editTree } from '../../src/profile/edits.ts';
import { Folding } from '../../src/profile/fold.ts';
import type { FrameGroups } from '../../src/profile/groups.ts';
import { activeTime, type CallTree, callCount, FrameKind, type Profile, REACH } from '../../src/profile/model.ts';
import { pathOf } from '../../src/profile/paths.ts';
import type { Timeline } from '../../src/profile/timeline.ts';
import { timelineOfChart } from '../../src/profile/unchart.ts';
import { captureOf, picture } from './pictures-capture.ts';
import { anyCapture } from './profile-captures.ts';

const runs = { numRuns: 100 };

const captured = anyCapture.map(({ profile, calls }) => ({ profile, calls, folding: new Folding(profile, calls) }));

function clockOf({ calls }: { calls: Parameters<typeof activeTime>[0] }): number {
  return Array.from({ length: callCount(calls) }, (_, call) => activeTime(calls, call)).reduce((a, b) => a + b, 0);
}

function isWhole({ start, end }: Timeline, length: number): void {
  expect([...start]).toEqual([0, ...end].slice(0, start.length));
  expect(end.at(-1) ?? 0).toBe(length);
  for (const [i, at] of start.entries()) expect(end[i]! - at).toBeGreaterThan(0);
}

describe('whatever the capture, a timeline', () => {
  test('of a call is its active time, which adds up by node to the self times of its tree', () => {
    fc.assert(
      fc.property(captured, ({ calls, folding }) => {
        for (let call = 0; call < callCount(calls); call++) {
          const timeline = folding.timeline(call);
          isWhole(timeline, activeTime(calls, call));
          const self = new Float64Array(timeline.tree.frame.length);
          for (const [i, node] of timeline.node.entries()) self[node]! += timeline.end[i]! - timeline.start[i]!;
          expect(self).toEqual(timeline.tree.self);
          expect(timeline.tree).toEqual(folding.call(call));
        }
      }),
      runs,
    );
  });

  test('of all calls is that of each, one after the other', () => {
    fc.assert(
      fc.property(captured, ({ profile, calls, folding }) => {
        const all = folding.timeline('all');
        isWhole(all, clockOf({ calls }));
        expect(all.tree).toEqual(folding.all());
        let at = 0;
        let passed = 0;
        for (let call = 0; call < callCount(calls); call++) {
          const one = folding.timeline(call);
          for (const [i, node] of one.node.entries()) {
            expect([all.start[at], all.end[at]]).toEqual([passed + one.start[i]!, passed + one.end[i]!]);
            expect([all.call[at], all.sample[at]]).toEqual([call, one.sample[i]]);
            const [shown, own] = [pathOf(all.tree, all.node[at]!), pathOf(one.tree, node)];
            const isShort = activeTime(calls, call) <= REACH * profile.medianInterval;
            expect(shown).toEqual(isShort ? own.slice(0, shown.length) : own);
            at++;
          }
          passed += activeTime(calls, call);
        }
        expect(at).toBe(all.node.length);
      }),
      runs,
    );
  });

  test('says which sample gave a node its time: one of that stack’s frame', () => {
    fc.assert(
      fc.property(captured, ({ profile, calls, folding }) => {
        for (let call = 0; call < callCount(calls); call++) {
          const { tree, node, sample } = folding.timeline(call);
          for (const [i, each] of sample.entries()) {
            const frame = tree.frame[node[i]!]!;
            if (each < 0) expect([FrameKind.browser, FrameKind.notSampled]).toContain(profile.frames.kind[frame]);
            else {
              expect(profile.samples.thread[each]).toBe(calls.thread[call]);
              expect(topFrame(profile, profile.samples.stack[each]!)).toBe(frame);
            }
          }
        }
      }),
      runs,
    );
  });
});

/** The topmost frame of a stack but for hooks; the target where all above the outermost hook is hooks. */
function topFrame({ stacks, hookFrames, targetFrame }: Profile, stack: number): number {
  const frames: number[] = [];
  for (let at = stack; at >= 0; at = stacks.parent[at]!) frames.unshift(stacks.frame[at]!);
  const outermost = frames.findIndex((frame) => hookFrames!.includes(frame));
  return frames.slice(outermost + 1).findLast((frame) => !hookFrames!.includes(frame)) ?? targetFrame;
}

/** A chart said in the plainest way: on each level the runs of stretches that are on one node in one run of the level below. */
function plainChart(timeline: Timeline, tree: CallTree, placeOf: Int32Array): string[] {
  const paths = Array.from(timeline.node, (node) => {
    const path: number[] = [];
    for (let at = placeOf[node]!; at >= 0; at = tree.parent[at]!) path.unshift(at);
    return path;
  });
  const boxes: string[] = [];
  const firstOfSample = new Map<number, number>();
  for (const [i, sample] of timeline.sample.entries()) if (!firstOfSample.has(sample)) firstOfSample.set(sample, i);
  const split = (from: number, to: number, level: number) => {
    for (let i = from; i < to; ) {
      const node = paths[i]![level];
      let end = i + 1;
      while (end < to && paths[end]![level] === node && timeline.call[end] === timeline.call[i]) end++;
      if (node !== undefined) {
        let samples = 0;
        for (let at = i; at < end; at++)
          if (timeline.sample[at]! >= 0 && firstOfSample.get(timeline.sample[at]!) === at) samples++;
        boxes.push(`${level} ${node} ${timeline.start[i]}..${timeline.end[end - 1]} ×${samples}`);
        split(i, end, level + 1);
      }
      i = end;
    }
  };
  split(0, paths.length, 0);
  return boxes;
}

const groups: FrameGroups = { names: ['page'], groupByFrame: new Int32Array(20), isMine: new Uint8Array(20).fill(1) };

describe('whatever the capture and the edits, a chart', () => {
  const edits = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constantFrom('focus function' as const, 'hide function' as const), frame: fc.nat(9) }),
      fc.record({ kind: fc.constant('drop' as const), path: fc.tuple(fc.constant(1), fc.nat(9)) }),
      fc.constantFrom<Edit>({ kind: 'collapse recursion' }, { kind: 'collapse group', group: 'page' }),
    ),
    { maxLength: 2 },
  );

  test('has one node for each run of stretches on a node, and nothing else', () => {
    fc.assert(
      fc.property(captured, edits, ({ calls, folding }, edits) => {
        const timelines = Array.from({ length: callCount(calls) }, (_, call) => folding.timeline(call));
        for (const timeline of [folding.timeline('all'), ...timelines]) {
          const edited = editTree(timeline.tree, edits, groups);
          const { tree, start, nodeOf } = chartOf(timeline, edited);
          const top = nodeOf[0]! < 0 ? 1 : 0;
          const boxes: string[] = [];
          for (let node = top; node < tree.frame.length; node++) {
            const end = start[node]! + tree.total[node]!;
            boxes.push(`${tree.depth[node]! - top} ${nodeOf[node]} ${start[node]}..${end} ×${tree.samples[node]}`);
            expect(tree.frame[node]).toBe(edited.tree.frame[nodeOf[node]!]);
          }
          const length = timeline.end.at(-1) ?? 0;
          if (length > 0) expect(boxes).toEqual(plainChart(timeline, edited.tree, edited.placeOf));
          expect([tree.total[0], start[0]]).toEqual([length, 0]);
        }
      }),
      runs,
    );
  });

  test('without edits has the self times of its tree', () => {
    fc.assert(
      fc.property(captured, ({ calls, folding }) => {
        for (let call = 0; call < callCount(calls); call++) {
          const timeline = folding.timeline(call);
          const { tree, nodeOf } = chartOf(timeline);
          const self = new Float64Array(timeline.tree.frame.length);
          for (const [node, of] of nodeOf.entries()) self[of]! += tree.self[node]!;
          expect(self).toEqual(timeline.tree.self);
        }
      }),
      runs,
    );
  });

  test('with room for few nodes has those of the lowest levels', () => {
    fc.assert(
      fc.property(captured, fc.nat(30), ({ folding }, most) => {
        const timeline = folding.timeline('all');
        const [whole, cut] = [chartOf(timeline), chartOf(timeline, undefined, most)];
        const deepest = Math.max(...cut.tree.depth);
        const shown = [...whole.tree.frame.keys()].filter((node) => whole.tree.depth[node]! <= deepest);
        expect([...cut.start]).toEqual(shown.map((node) => whole.start[node]));
        for (const column of ['frame', 'total', 'samples'] as const)
          expect([...cut.tree[column]]).toEqual(shown.map((node) => whole.tree[column][node]));
      }),
      runs,
    );
  });
});

/** A chart as a picture, a node a line: its name, when it begins and ends, its samples. */
function draw(capture: string, which: number | 'all', ...edits: Edit[]): string {
  const timeline = captureOf(capture).folding.timeline(which);
  const { tree, start } = chartOf(timeline, editTree(timeline.tree, edits, groups));
  const rows = Array.from(tree.frame, (frame, node) => {
    const end = start[node]! + tree.total[node]!;
    return `${'  '.repeat(tree.depth[node]!)}${tree.frames.name[frame]} ${start[node]}..${end} ×${tree.samples[node]}`;
  });
  return rows.join('\n');
}

describe('an example of a chart', () => {
  const capture = `
    at     100     200     300     400     600     700
           HOOK    HOOK    HOOK    HOOK    HOOK    HOOK
           target  target  target  target  target  target
           a       a       b       a       b       c
           c       d               c
    call   50..450
    call   550..750`;

  test('of a call: what is adjacent is one', () => {
    expect(draw(capture, 0)).toBe(
      picture(`
        target 0..400 ×4
          a 0..200 ×2
            c 0..100 ×1
            d 100..200 ×1
          b 200..300 ×1
          a 300..400 ×1
            c 300..400 ×1`),
    );
  });

  test('of all calls: each has its own root, and nothing goes over from one to the next', () => {
    expect(draw(capture, 'all')).toBe(
      picture(`
        ${ALL_CALLS} 0..600 ×6
          target 0..400 ×4
            a 0..200 ×2
              c 0..100 ×1
              d 100..200 ×1
            b 200..300 ×1
            a 300..400 ×1
              c 300..400 ×1
          target 400..600 ×2
            b 400..500 ×1
            c 500..600 ×1`),
    );
  });

  test('with a gap: what an edit left out', () => {
    const { tree, profile } = (({ folding, profile }) => ({ tree: folding.call(0), profile }))(captureOf(capture));
    const a = [...tree.frame].find((frame) => profile.frames.name[frame] === 'a')!;
    const b = [...tree.frame].find((frame) => profile.frames.name[frame] === 'b')!;
    expect(draw(capture, 0, { kind: 'drop', path: [profile.targetFrame, b] })).toBe(
      picture(`
        ${ONE_CALL} 0..400 ×3
          target 0..200 ×2
            a 0..200 ×2
              c 0..100 ×1
              d 100..200 ×1
          target 300..400 ×1
            a 300..400 ×1
              c 300..400 ×1`),
    );
    expect(draw(capture, 0, { kind: 'focus function', frame: a })).toBe(
      picture(`
        ${ONE_CALL} 0..400 ×3
          a 0..200 ×2
            c 0..100 ×1
            d 100..200 ×1
          a 300..400 ×1
            c 300..400 ×1`),
    );
  });

  test('of a call without time: the target', () => {
    expect(draw('call 5..5', 0)).toBe('target 0..0 ×0');
  });
});

test('stacks of 10,000 frames that change at every sample have no more nodes than there is room for', {
  timeout: 60_000,
}, () => {
  const builder = new ProfileBuilder();
  const [target, a, b] = ['target', 'a', 'b'].map((name, line) =>
    builder.frame({ name, url: 'app.js', line: line + 1, kind: FrameKind.script }),
  );
  const stacks = [a!, b!].map((frame) => {
    let stack = builder.stack(-1, target!);
    for (let level = 0; level < 10_000; level++) stack = builder.stack(stack, frame);
    return stack;
  });
  for (let at = 0; at < 1000; at++) builder.sample(at * 100, stacks[at % 2]!, 1);
  const calls = buildCalls([{ thread: 1, outcome: 'returned', intervals: [{ start: 0, end: 100_000 }] }]);
  const profile = builder.finish({ targetFrame: target!, hookFrames: null, calls, askedInterval: 100 });
  const timeline = new Folding(profile, calls).timeline(0);
  const { tree } = chartOf(timeline, undefined, 50_000);
  expect([timeline.tree.frame.length, tree.frame.length, tree.total[0]]).toEqual([20_001, 49_001, 100_000]);
});

describe('a timeline made of a chart', () => {
  /** What is drawn of a chart. */
  const drawn = ({ tree, start }: ReturnType<typeof chartOf>) => ({
    names: Array.from(tree.frame, (frame) => tree.frames.name[frame]),
    depth: tree.depth,
    start,
    self: tree.self,
    samples: tree.samples,
  });

  test('gives that chart again, and the call tree', () => {
    fc.assert(
      fc.property(captured, ({ calls, folding }) => {
        for (const which of ['all', ...Array.from({ length: callCount(calls) }, (_, call) => call)] as const) {
          const chart = chartOf(folding.timeline(which));
          const timeline = timelineOfChart(chart);
          expect(drawn(chartOf(timeline))).toEqual(drawn(chart));
          const self = new Map<string, number>();
          const add = (tree: CallTree, sign: number) => {
            for (let node = 0; node < tree.frame.length; node++) {
              const path = pathOf(tree, node).map((frame) => [tree.frames.name[frame], tree.frames.url[frame]]);
              const key = JSON.stringify(path);
              self.set(key, (self.get(key) ?? 0) + sign * tree.self[node]!);
            }
          };
          add(timeline.tree, 1);
          const { tree } = timeline;
          const own = tree.self.map(() => 0);
          for (const [i, node] of timeline.node.entries()) own[node]! += timeline.end[i]! - timeline.start[i]!;
          expect(own).toEqual(tree.self);
          if (which !== 'all') {
            add(folding.call(which), -1);
            expect([...self.values()].every((rest) => rest === 0)).toBe(true);
          }
        }
      }),
      runs,
    );
  });
});
