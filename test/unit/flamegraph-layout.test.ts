import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxesInSight, boxOf, isInSight, layOut, rowsInSight, type Sight } from '../../src/flamegraph/layout.ts';
import type { CallTree } from '../../src/profile/model.ts';
import { largeTree, treeOf } from './pictures.ts';
import { anyTree, pick } from './trees.ts';

const everyRow = { first: 0, last: Number.POSITIVE_INFINITY };

/** What is in sight as text, a row a line: `name[left-right]`, strips as `~[left-right]`. */
function drawing(tree: CallTree, { boxes, strips }: Sight): string {
  const rows: { x: number; text: string }[][] = [];
  const put = (row: number, x: number, width: number, name: string) => {
    rows[row] ??= [];
    rows[row].push({ x, text: `${name}[${x}-${x + width}]` });
  };
  for (const { node, x, width } of boxes) put(tree.depth[node]!, x, width, tree.frames.name[tree.frame[node]!]!);
  for (const { row, x, width } of strips) put(row, x, width, '~');
  return rows.map((row) => row.map(({ text }) => text).join(' ')).join('\n');
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

describe('a view of a tree', () => {
  const layout = layOut(shop);

  test('puts children under their parent, from its left edge, the widest first', () => {
    expect(drawing(shop, boxesInSight(shop, layout, { root: 0, width: 1000, minWidth: 1 }, everyRow, 100))).toBe(
      [
        'dispatch[0-1000]',
        'reduce[0-600] notify[600-900]',
        'clone[0-200] freeze[200-290] touch[290-296] log[296-300] render[600-650]',
      ].join('\n'),
    );
  });

  test('draws siblings that are too narrow as one strip', () => {
    const view = { root: 0, width: 1000, minWidth: 7 };
    expect(drawing(shop, boxesInSight(shop, layout, view, everyRow, 100))).toContain(
      'freeze[200-290] render[600-650] ~[290-300]',
    );
  });

  test('shows the ancestors of what is zoomed to over the whole width, and nothing beside it', () => {
    const view = { root: 1, width: 600, minWidth: 5 };
    expect(drawing(shop, boxesInSight(shop, layout, view, everyRow, 100))).toBe(
      ['dispatch[0-600]', 'reduce[0-600]', 'clone[0-200] freeze[200-290] touch[290-296]'].join('\n'),
    );
  });

  test('gives only the rows asked for', () => {
    const view = { root: 0, width: 1000, minWidth: 1 };
    const middle = boxesInSight(shop, layout, view, { first: 1, last: 1 }, 100);
    expect(drawing(shop, middle).trim()).toBe('reduce[0-600] notify[600-900]');
  });

  test('counts the rows that have boxes in sight', () => {
    const tree = treeOf(`
      a 100
        b 99
          c 1
    `);
    expect(rowsInSight(tree, { root: 0, width: 200, minWidth: 0.5 })).toBe(3);
    expect(rowsInSight(tree, { root: 0, width: 200, minWidth: 2 })).toBe(2);
    expect(rowsInSight(tree, { root: 2, width: 200, minWidth: 2 })).toBe(3);
  });

  test('takes only wider boxes when there are too many', () => {
    const wide = largeTree(100, 1, 100);
    const { boxes, strips } = boxesInSight(
      wide,
      layOut(wide),
      { root: 0, width: 10_000, minWidth: 0.5 },
      everyRow,
      500,
    );
    expect(boxes.length).toBe(201 - 100);
    expect(strips.length).toBe(100);
  });

  test('shows a root that took no time', () => {
    const tree = treeOf('quick 0');
    const { boxes } = boxesInSight(tree, layOut(tree), { root: 0, width: 300, minWidth: 1 }, everyRow, 10);
    expect(boxes).toEqual([{ node: 0, x: 0, width: 300 }]);
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
        const view = { root: pick(tree, seed), width: 1000, minWidth };
        const layout = layOut(tree);
        const { boxes, strips } = boxesInSight(tree, layout, view, everyRow, 1e9);
        const expected = [...tree.frame.keys()].filter((node) => isInSight(tree, view, node));
        expect(boxes.map(({ node }) => node)).toEqual(expected);
        expect(boxes).toEqual(expected.map((node) => boxOf(tree, layout, view, node)));
        const rows = rowsInSight(tree, view);
        expect(rows).toBe(1 + Math.max(...expected.map((node) => tree.depth[node]!)));
        const scale = tree.total[view.root]! > 0 ? view.width / tree.total[view.root]! : 0;
        for (let row = tree.depth[view.root]!; row < rows; row++) {
          const above = boxes.filter(({ node }) => tree.depth[node] === row);
          const room = sum(above.map(({ node, width }) => width - tree.self[node]! * scale));
          const below = boxes.filter(({ node }) => tree.depth[node] === row + 1).map(({ width }) => width);
          const narrow = strips.filter((strip) => strip.row === row + 1).map(({ width }) => width);
          const missing = room - sum(below) - sum(narrow);
          expect(missing).toBeGreaterThan(-1e-6);
          expect(missing).toBeLessThan(tree.total[view.root]! > 0 ? above.length * minWidth + 1e-6 : view.width + 1);
        }
      }),
    );
  });
});

test('a million nodes are laid out without recursion, and a view costs what is drawn', () => {
  const large = largeTree(100, 5000, 5000);
  expect(large.frame.length).toBe(1_000_001);
  const layout = layOut(large);
  let reads = 0;
  const total = new Proxy(large.total, {
    get: (column, index) => {
      reads++;
      return Reflect.get(column, index) as unknown;
    },
  });
  const view = { root: 0, width: 1000, minWidth: 0.5 };
  const { boxes } = boxesInSight({ ...large, total }, layout, view, { first: 0, last: 20 }, 5000);
  expect(boxes.length).toBe(1 + 100 * 20);
  expect(reads).toBeLessThan(10 * boxes.length);
  expect(rowsInSight(large, view)).toBe(5001);
});
