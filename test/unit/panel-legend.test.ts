import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { legendOf } from '../../panel/legend.ts';
import { paintBy } from '../../src/flamegraph/palette.ts';
import { planOf, zoomOn } from '../../src/flamegraph/view.ts';
import { bottomUp } from '../../src/profile/inverted.ts';
import { FrameKind } from '../../src/profile/model.ts';
import { treeOf } from './pictures.ts';
import { anyTree, pick } from './trees.ts';

const shop = treeOf(`
  checkout 10 http://shop/app.js:1
    total 30 http://shop/app.js:9
      round 20 http://shop/node_modules/money/index.js:3
        sort 5 native
    render 15 http://shop/view.js:4
      Layout 10 browser
    (program) 4 engine
    (not sampled) 6 notSampled
`);

const paint = paintBy('source');
const said = (tree = shop, node = 0, isInverted = false) => {
  const { entries } = legendOf(planOf(tree), zoomOn(tree, node), paint, isInverted);
  return entries.map(({ name, share }) => `${name} ${Math.round(share * 100)}`);
};

test('packages and scripts come by their own time, then what is no script', () => {
  expect(said()).toEqual([
    'app.js 40',
    'money 20',
    'view.js 15',
    'Native functions 5',
    'Browser’s work 10',
    'JavaScript engine 4',
    'Not sampled 6',
  ]);
});

test('shares are those of what is zoomed to', () => {
  const total = shop.frame.findIndex((frame) => shop.frames.name[frame] === 'total');
  expect(said(shop, total).filter((words) => !words.endsWith(' 0'))).toEqual([
    'app.js 55',
    'money 36',
    'Native functions 9',
  ]);
});

test('upside down, each function has the same time as ever, not its callers', () => {
  const inverted = bottomUp(shop);
  expect(said(inverted, 0, true)).toEqual(said());
  // The function with most time, and its callers below it.
  expect(said(inverted, 1, true)[0]).toBe('app.js 100');
  expect(said(inverted, 2, true)[0]).toBe('app.js 100');
});

test('more than eight scripts have the others together', () => {
  const scripts = Array.from({ length: 10 }, (_, index) => `  work${index} ${50 - index} http://a/${index}.js:1`);
  const tree = treeOf(`main 100 http://a/main.js:1\n${scripts.join('\n')}`);
  const names = legendOf(planOf(tree), zoomOn(tree, 0), paint, false).entries.map(({ name }) => name);
  expect(names).toEqual([...['main', 0, 1, 2, 3, 4, 5, 6].map((name) => `${name}.js`), '3 others']);
});

describe('whatever the tree', () => {
  test('each frame of it that is no group has one entry, which has its colour or more of them, and shares add up', () => {
    fc.assert(
      fc.property(anyTree, fc.nat(), fc.boolean(), (tree, seed, isInverted) => {
        const plan = planOf(isInverted ? bottomUp(tree) : tree);
        const zoom = zoomOn(plan.tree, pick(plan.tree, seed));
        const { entries, entryByFrame } = legendOf(plan, zoom, paint, isInverted);
        for (const [node, frame] of plan.tree.frame.entries()) {
          const { kind } = plan.tree.frames;
          if (kind[frame] === FrameKind.group) continue;
          const entry = entries[entryByFrame[frame]!];
          expect(entry).toBeDefined();
          const { fill } = paint(plan, node);
          if (kind[frame] === FrameKind.notSampled) expect(entry!.colors).toEqual([]);
          else if (entry!.colors.length < 3) expect(entry!.colors).toContain(fill);
        }
        expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
        const sum = entries.reduce((all, { share }) => all + share, 0);
        // A box of no package or script that has time of its own would be of no entry.
        if (plan.tree.total[zoom.first]! > 0 && !tree.frames.kind.includes(FrameKind.group))
          expect(sum).toBeCloseTo(1, 6);
      }),
    );
  });
});
