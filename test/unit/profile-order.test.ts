import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallTree } from '../../src/profile/model.ts';
import { orderTree, reorder, type SiblingOrder } from '../../src/profile/tree.ts';
import {
  anyPlainTree,
  chains,
  columnsOf,
  factsOf,
  factsOfPlain,
  frameOf,
  looseOf,
  someFrames,
} from './profile-trees.ts';

const orders: SiblingOrder[] = ['time', 'name', 'source'];

/** The names of the root's children as they stand. */
function children(tree: CallTree): string[] {
  const names: string[] = [];
  for (let node = 1; node < tree.frame.length; node += tree.subtreeSize[node]!)
    names.push(`${tree.frames.name[tree.frame[node]!]} ${tree.frames.url[tree.frame[node]!]}`.trim());
  return names;
}

describe('siblings stand', () => {
  const tree = columnsOf({
    frame: frameOf('root'),
    self: 0,
    samples: 0,
    children: [
      { frame: frameOf('sort'), self: 5, samples: 0, children: [] },
      { frame: frameOf('twin'), self: 7, samples: 0, children: [] },
      { frame: 5, self: 5, samples: 0, children: [] },
      { frame: frameOf('a'), self: 5, samples: 0, children: [] },
      { frame: frameOf('b'), self: 3, samples: 0, children: [] },
    ],
  });

  test('by falling total, equal ones by name, then place', () => {
    expect(children(tree)).toEqual(['twin app.js', 'a app.js', 'a lib/x.js', 'sort', 'b app.js']);
  });

  test('by name, then place', () => {
    expect(children(reorder(tree, 'name').tree)).toEqual(['a app.js', 'a lib/x.js', 'b app.js', 'sort', 'twin app.js']);
  });

  test('by place in the source: line 9 before line 10', () => {
    expect(children(reorder(tree, 'source').tree)).toEqual([
      'sort',
      'b app.js',
      'a app.js',
      'twin app.js',
      'a lib/x.js',
    ]);
  });
});

describe('in any order, any tree', () => {
  test('has all that it had, and says where each node went', () => {
    fc.assert(
      fc.property(anyPlainTree, fc.constantFrom(...orders, null), (plain, order) => {
        const loose = looseOf(plain);
        const { tree, placeOf } = orderTree(someFrames, loose, order);
        expect(factsOf(tree)).toEqual(factsOfPlain(plain));
        const places = placeOf.filter((place) => place >= 0);
        expect([...places].sort((a, b) => a - b)).toEqual([...tree.frame.keys()]);
        for (const [node, place] of placeOf.entries()) {
          if (place < 0) continue;
          expect([tree.frame[place], tree.self[place]]).toEqual([loose.frame[node], loose.self[node]]);
          expect(tree.parent[place]).toBe(node === 0 ? -1 : placeOf[loose.parent[node]!]);
        }
      }),
    );
  });

  test('is the same when it is put in that order again, and after any other order', () => {
    fc.assert(
      fc.property(anyPlainTree, fc.constantFrom(...orders), fc.constantFrom(...orders), (plain, order, other) => {
        const { tree } = orderTree(someFrames, looseOf(plain), order);
        expect(reorder(tree, order)).toEqual({ tree, placeOf: Int32Array.from(tree.frame.keys()) });
        expect(reorder(reorder(tree, other).tree, order).tree).toEqual(tree);
      }),
    );
  });

  test('has each pair of siblings in that order', () => {
    fc.assert(
      fc.property(anyPlainTree, fc.constantFrom(...orders), (plain, order) => {
        const { tree } = orderTree(someFrames, looseOf(plain), order);
        const key = (node: number) => {
          const frame = tree.frame[node]!;
          const { name, url, line, column } = tree.frames;
          const place = [url[frame]!, line[frame]!, column[frame]!];
          if (order === 'source') return [...place, name[frame]!];
          return order === 'name' ? [name[frame]!, ...place] : [-tree.total[node]!, name[frame]!, ...place];
        };
        for (let node = 1; node < tree.frame.length; node++) {
          const next = node + tree.subtreeSize[node]!;
          if (next >= tree.frame.length || tree.parent[next] !== tree.parent[node]) continue;
          const [a, b] = [key(node), key(next)];
          const differs = a.findIndex((part, i) => part !== b[i]);
          if (differs >= 0) expect(a[differs]! < b[differs]!).toBe(true);
        }
      }),
    );
  });
});

test('a million nodes and stacks of 10,000 frames are put in order', { timeout: 60_000 }, () => {
  for (const tree of [chains(100, 10_000, [1, 2, 3]), chains(1, 10_000, [1, 2])])
    for (const order of orders) {
      const ordered = reorder(tree, order).tree;
      expect([ordered.total[0], ordered.frame.length]).toEqual([tree.total[0], tree.frame.length]);
    }
});
