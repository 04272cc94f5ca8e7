import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOut } from '../../src/flamegraph/layout.ts';
import {
  boxOf,
  type Item,
  isAbove,
  isInSight,
  isStrip,
  itemsInSight,
  itemsUnder,
  planOf,
  rowsInSight,
  stretchOf,
  zoomOn,
} from '../../src/flamegraph/view.ts';
import type { CallTree } from '../../src/profile/model.ts';
import { largeTree, treeOf } from './pictures.ts';
import { anyTree, pick } from './trees.ts';

const everyRow = { first: 0, last: Number.POSITIVE_INFINITY };

/** Items as text, a row a line: `name[left-right]`, strips as `3~[left-right]`. */
function drawing(tree: CallTree, items: readonly Item[]): string {
  const rows: string[][] = [];
  for (const item of items) {
    const { node, x, width } = item;
    const name = isStrip(item) ? `${item.count}~` : tree.frames.name[tree.frame[node]!]!;
    rows[tree.depth[node]!] ??= [];
    rows[tree.depth[node]!]!.push(`${name}[${x}-${x + width}]`);
  }
  return rows.map((row) => row.join(' ')).join('\n');
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const shop = treeOf(`
  dispatch 100
    reduce 300
      clone 200
      freeze 90
      touch 6
      log 4
    notify 250
      render 50
`);

const shopPlan = planOf(shop);
const look = (node: number, width: number, minWidth: number) => ({
  ...stretchOf(shopPlan, zoomOn(shop, node)),
  width,
  minWidth,
});

describe('a view of a tree', () => {
  test('puts children under their parent, from its left edge', () => {
    expect(drawing(shop, itemsInSight(shopPlan, look(0, 1000, 1), everyRow, 100))).toBe(
      [
        'dispatch[0-1000]',
        'reduce[0-600] notify[600-900]',
        'clone[0-200] freeze[200-290] touch[290-296] log[296-300] render[600-650]',
      ].join('\n'),
    );
  });

  test('puts them where they are said to begin', () => {
    const start = Float64Array.of(0, 100, 150, 400, 490, 496, 700, 720);
    const items = itemsInSight(planOf(shop, { start }), look(0, 1000, 1), everyRow, 100);
    expect(drawing(shop, items)).toBe(
      [
        'dispatch[0-1000]',
        'reduce[100-700] notify[700-1000]',
        'clone[150-350] freeze[400-490] touch[490-496] log[496-500] render[720-770]',
      ].join('\n'),
    );
    expect(drawing(shop, itemsInSight(planOf(shop, { start }), look(0, 1000, 7), everyRow, 100))).toContain(
      'freeze[400-490] 2~[490-500] render',
    );
  });

  test('draws neighbours that are too narrow as one strip, and says how many and how long', () => {
    const items = itemsInSight(shopPlan, look(0, 1000, 7), everyRow, 100);
    expect(drawing(shop, items)).toContain('freeze[200-290] 2~[290-300] render[600-650]');
    const [touch, log] = ['touch', 'log'].map((name) =>
      shop.frame.findIndex((frame) => shop.frames.name[frame] === name),
    );
    expect(items.find(isStrip)).toEqual({ node: touch, end: log! + 1, count: 2, time: 10, x: 290, width: 10 });
  });

  test('draws narrow siblings between wide ones as strips of their own', () => {
    const tree = {
      ...treeOf(`
      a 0
        b 100
        c 100
        d 100
        e 100
    `),
      total: Float64Array.of(324, 100, 12, 100, 12, 100),
    };
    const mixed = { ...tree, parent: Int32Array.of(-1, 0, 0, 0, 0, 0), depth: Int32Array.of(0, 1, 1, 1, 1, 1) };
    const columns = { frame: Int32Array.of(0, 1, 2, 3, 4, 1), subtreeSize: Int32Array.of(6, 1, 1, 1, 1, 1) };
    const plan = planOf({ ...mixed, ...columns });
    const view = { from: 0, to: 324, width: 324, minWidth: 12.5 };
    expect(drawing(plan.tree, itemsInSight(plan, { ...view, minWidth: 13 }, everyRow, 100))).toBe(
      'a[0-324]\nb[0-100] d[112-212] b[224-324]',
    );
    expect(drawing(plan.tree, itemsInSight(plan, { ...view, minWidth: 12 }, everyRow, 100))).toBe(
      'a[0-324]\nb[0-100] c[100-112] d[112-212] e[212-224] b[224-324]',
    );
  });

  test('shows the ancestors of what is zoomed to over the whole width, and nothing beside it', () => {
    expect(drawing(shop, itemsInSight(shopPlan, look(1, 600, 5), everyRow, 100))).toBe(
      ['dispatch[0-600]', 'reduce[0-600]', 'clone[0-200] freeze[200-290] touch[290-296]'].join('\n'),
    );
    expect([0, 1, 2, 6].filter((node) => isAbove(shop, node, zoomOn(shop, 1)))).toEqual([0]);
  });

  test('opens a strip', () => {
    const [strip] = itemsInSight(shopPlan, look(0, 1000, 7), everyRow, 100).filter(isStrip);
    const view = { ...stretchOf(shopPlan, { first: strip!.node, end: strip!.end }), width: 1000, minWidth: 7 };
    expect(drawing(shop, itemsInSight(shopPlan, view, everyRow, 100))).toBe(
      ['dispatch[0-1000]', 'reduce[0-1000]', 'touch[0-600] log[600-1000]'].join('\n'),
    );
  });

  test('cuts off what reaches beyond its edges', () => {
    const view = { from: 250, to: 650, width: 400, minWidth: 7 };
    expect(drawing(shop, itemsInSight(shopPlan, view, everyRow, 100))).toBe(
      ['dispatch[0-400]', 'reduce[0-350] notify[350-400]', 'freeze[0-40] 2~[40-50] render[350-400]'].join('\n'),
    );
  });

  test('gives only the rows asked for', () => {
    const middle = itemsInSight(shopPlan, look(0, 1000, 1), { first: 1, last: 1 }, 100);
    expect(drawing(shop, middle).trim()).toBe('reduce[0-600] notify[600-900]');
    expect(drawing(shop, itemsUnder(shopPlan, look(0, 1000, 7), 1)).trim()).toBe(
      'clone[0-200] freeze[200-290] 2~[290-300]',
    );
  });

  test('counts the rows that have boxes in sight', () => {
    const plan = planOf(
      treeOf(`
      a 100
        b 99
          c 1
    `),
    );
    const rows = (node: number, minWidth: number) =>
      rowsInSight(plan, { ...stretchOf(plan, zoomOn(plan.tree, node)), width: 200, minWidth });
    expect(rows(0, 0.5)).toBe(3);
    expect(rows(0, 2)).toBe(2);
    expect(rows(2, 2)).toBe(3);
  });

  test('takes only wider boxes when there are too many, and strips for the others', () => {
    const wide = planOf(largeTree(100, 1, 100));
    const view = { from: 0, to: wide.whole, width: 10_000, minWidth: 0.5 };
    const items = itemsInSight(wide, view, everyRow, 500);
    expect(items.filter((item) => !isStrip(item)).length).toBe(201 - 100);
    expect(items.filter(isStrip).map(({ count }) => count)).toEqual(new Array(100).fill(100));
  });

  test('shows a root that took no time', () => {
    const items = itemsInSight(planOf(treeOf('quick 0')), { from: 0, to: 0, width: 300, minWidth: 1 }, everyRow, 10);
    expect(items).toEqual([{ node: 0, x: 0, width: 300 }]);
  });
});

describe('in any tree', () => {
  test('siblings follow each other without gap or overlap, inside their parent', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const { start, position, childCount } = layOut(tree);
        const count = tree.frame.length;
        const end = Float64Array.from(start);
        const children = new Int32Array(count);
        for (let node = 1; node < count; node++) {
          const parent = tree.parent[node]!;
          expect(start[node]).toBe(end[parent]);
          end[parent] = start[node]! + tree.total[node]!;
          expect(position[node]).toBe(++children[parent]!);
        }
        expect(childCount).toEqual(children);
        for (let node = 0; node < count; node++)
          expect(end[node]).toBe(start[node]! + tree.total[node]! - tree.self[node]!);
      }),
    );
  });

  test('what is in sight is what isInSight says, in tree order, and strips fill the rest', () => {
    fc.assert(
      fc.property(anyTree, fc.nat(), fc.integer({ min: 1, max: 50 }), (tree, seed, minWidth) => {
        const plan = planOf(tree);
        const zoom = zoomOn(tree, pick(tree, seed));
        const view = { ...stretchOf(plan, zoom), width: 1000, minWidth };
        const items = itemsInSight(plan, view, everyRow, 1e9);
        expect(items.map(({ node }) => node)).toEqual(items.map(({ node }) => node).toSorted((a, b) => a - b));
        const boxes = items.filter((item) => !isStrip(item));
        const expected = [...tree.frame.keys()].filter((node) => isInSight(plan, view, node));
        expect(boxes).toEqual(expected.map((node) => boxOf(plan, view, node)));
        const inView = expected.filter((node) => isAbove(tree, node, zoom) || node >= zoom.first);
        expect(inView).toEqual(expected);
        for (const { x, width } of items) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(1000 + 1e-6);
        }
        for (const node of expected.filter((node) => node >= zoom.first)) {
          const scale = view.to > view.from ? view.width / (view.to - view.from) : 0;
          const under = items.filter((item) => tree.parent[item.node] === node);
          const missing = (tree.total[node]! - tree.self[node]!) * scale - sum(under.map(({ width }) => width));
          expect(missing).toBeGreaterThan(-1e-6);
          // Between two wide boxes there may be too little for a strip.
          expect(missing).toBeLessThan((under.length + 1) * minWidth + 1e-6);
        }
      }),
    );
  });
});

test('a million nodes are laid out without recursion, and a view costs what is drawn', () => {
  const large = largeTree(100, 5000, 5000);
  expect(large.frame.length).toBe(1_000_001);
  let reads = 0;
  const total = new Proxy(large.total, {
    get: (column, index) => {
      reads++;
      return Reflect.get(column, index) as unknown;
    },
  });
  const plan = { ...planOf(large), tree: { ...large, total } };
  const view = { from: 0, to: large.total[0]!, width: 1000, minWidth: 0.5 };
  const items = itemsInSight(plan, view, { first: 0, last: 20 }, 5000);
  expect(items.length).toBe(1 + 100 * 20);
  expect(reads).toBeLessThan(10 * items.length);
  // The leaves at the end of each chain are a strip.
  expect(rowsInSight(planOf(large), view)).toBe(5002);
});
