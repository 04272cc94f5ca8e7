import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Edit, editTree } from '../../src/profile/edits.ts';
import type { CallTree } from '../../src/profile/model.ts';
import { nodeAt, pathOf } from '../../src/profile/paths.ts';
import { reorder } from '../../src/profile/tree.ts';
import { drawTree, picture } from './pictures-capture.ts';
import { extended, groups, plainEdit, pruned } from './profile-plain-edits.ts';
import {
  anyPlainTree,
  chains,
  columnsOf,
  factsOf,
  factsOfPlain,
  frameOf,
  type PlainNode,
  plainOf,
  someFrames,
} from './profile-trees.ts';

const frame = fc.nat(someFrames.name.length - 1);
/** A path that leads somewhere more often than not. */
const path = fc.array(frame, { maxLength: 2 }).map((frames) => [0, ...frames]);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('focus' as const), path }),
  fc.record({ kind: fc.constant('focus function' as const), frame }),
  fc.record({ kind: fc.constant('hide function' as const), frame }),
  fc.record({ kind: fc.constant('drop' as const), path }),
  fc.constant({ kind: 'collapse recursion' as const }),
  fc.record({ kind: fc.constant('collapse group' as const), group: fc.constantFrom('x', 'y', 'empty', 'unknown') }),
  fc.constant({ kind: 'only mine' as const }),
  fc.constant({ kind: 'merge native' as const }),
);

describe('whatever the tree and the edits,', () => {
  const given = fc.tuple(anyPlainTree.map(columnsOf), fc.array(edit, { maxLength: 4 }));

  test('the result is what the same edits make of a plain tree', () => {
    fc.assert(
      fc.property(given, ([tree, edits]) => {
        const plain = edits.reduce((node, each) => pruned(plainEdit(node, each)), plainOf(tree));
        expect(factsOf(editTree(tree, edits, groups).tree)).toEqual(factsOfPlain(plain, extended));
      }),
      { numRuns: 2000 },
    );
  });

  test('each node’s time is where the result says it went, and no time is lost but that of nodes that are gone', () => {
    fc.assert(
      fc.property(given, ([tree, edits]) => {
        const edited = editTree(tree, edits, groups);
        const self = new Float64Array(edited.tree.frame.length);
        let gone = 0;
        for (const [node, place] of edited.placeOf.entries())
          if (place < 0) gone += tree.self[node]!;
          else self[place]! += tree.self[node]!;
        expect(edited.tree.self).toEqual(self);
        expect(edited.tree.total[0]).toBe(tree.total[0]! - gone);
      }),
    );
  });

  test('an edit that did not apply could as well not have been there', () => {
    fc.assert(
      fc.property(given, ([tree, edits]) => {
        const edited = editTree(tree, edits, groups);
        const effective = edits.filter((_, i) => edited.applied[i]);
        expect(editTree(tree, effective, groups)).toEqual({ ...edited, applied: effective.map(() => true) });
        if (effective.length === 0) expect(edited.tree).toEqual(reorder(tree, 'time').tree);
      }),
    );
  });

  test('nothing that was given is changed', () => {
    fc.assert(
      fc.property(given, ([tree, edits]) => {
        const before = structuredClone(tree);
        editTree(tree, edits, groups, 'name');
        expect(tree).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  test('all but focusing and dropping keep the root and all the time', () => {
    fc.assert(
      fc.property(given, ([tree, edits]) => {
        const keeping = edits.filter(({ kind }) => !kind.startsWith('focus') && kind !== 'drop');
        const edited = editTree(tree, keeping, groups).tree;
        expect([edited.total[0], edited.samples[0], edited.frame[0]]).toEqual([tree.total[0], tree.samples[0], 0]);
      }),
    );
  });
});

/** A tree from lines of a name of {@link someFrames} and self time. */
function tree(text: string): CallTree {
  const path: PlainNode[] = [];
  for (const line of picture(text).split('\n')) {
    const depth = /^ */.exec(line)![0].length / 2;
    const [, name, self] = /^(.*) (\d+)$/.exec(line.trim())!;
    const node: PlainNode = { frame: frameOf(name!), self: Number(self), samples: 0, children: [] };
    path.length = depth;
    path.at(-1)?.children.push(node);
    path.push(node);
  }
  return columnsOf(path[0]!);
}

const draw = (text: string, ...edits: Edit[]) => drawTree(editTree(tree(text), edits, groups).tree);

describe('an example of', () => {
  const sample = `
    root 10
      b 5
        c 20
          d 30
          b 40
            sort 8
      c 7
        b 2`;

  test('a function everywhere: its outermost places, in which it may stand again', () => {
    expect(draw(sample, { kind: 'focus function', frame: frameOf('b') })).toBe(
      picture(`
        b 7/105
          c 20/98
            b 40/48
              sort 8
            d 30`),
    );
  });

  test('a hidden function: its callers have its time, and what it called', () => {
    expect(draw(sample, { kind: 'hide function', frame: frameOf('c') })).toBe(
      picture(`
        root 17/122
          b 27/105
            b 40/48
              sort 8
            d 30`),
    );
  });

  test('mutual recursion: each function stands once', () => {
    expect(draw(sample, { kind: 'collapse recursion' })).toBe(
      picture(`
        root 10/122
          b 45/103
            c 20/50
              d 30
            sort 8
          c 7/9
            b 2`),
    );
  });

  test('a library in one box: what it calls elsewhere stays', () => {
    expect(draw(sample, { kind: 'collapse group', group: 'x' })).toBe(
      picture(`
        root 10/122
          b 5/103
            x 20/98
              b 40/48
                sort 8
              d 30
          x 7/9
            b 2`),
    );
  });

  test('mine alone, and of what no sample covers as much as before', () => {
    const text = `
      root 1
        c 2
          b 3
            sort 4
          Layout 5
        (not sampled) 6`;
    expect(draw(text, { kind: 'only mine' })).toBe(
      picture(`
        root 8/21
          b 7
          (not sampled) 6`),
    );
    expect(draw(text, { kind: 'hide function', frame: frameOf('(not sampled)') })).toBe(drawTree(tree(text)));
  });

  test('boxes that come to stand on each other: they are one', () => {
    expect(
      draw(
        'root 1\n  c 2\n    b 3\n      c 4',
        { kind: 'collapse group', group: 'x' },
        { kind: 'hide function', frame: frameOf('b') },
        { kind: 'collapse group', group: 'x' },
      ),
    ).toBe(
      picture(`
        root 1/10
          x 9`),
    );
  });

  test('a dropped subtree: its callers have so much less', () => {
    const path = ['root', 'b', 'c'].map(frameOf);
    expect(draw(sample, { kind: 'drop', path })).toBe(
      picture(`
        root 10/24
          c 7/9
            b 2
          b 5`),
    );
  });
});

test('a path leads to its node and back, and none to a node that is not there', () => {
  fc.assert(
    fc.property(anyPlainTree.map(columnsOf), path, (tree, other) => {
      for (const node of tree.frame.keys()) expect(nodeAt(tree, pathOf(tree, node))).toBe(node);
      const node = nodeAt(tree, other);
      if (node >= 0) expect(pathOf(tree, node)).toEqual(other);
      else for (const each of tree.frame.keys()) expect(pathOf(tree, each)).not.toEqual(other);
    }),
  );
});

describe('trees as large as they come:', { timeout: 60_000 }, () => {
  const all: Edit[] = [
    { kind: 'hide function', frame: frameOf('d') },
    { kind: 'collapse group', group: 'x' },
    { kind: 'focus function', frame: frameOf('b') },
    { kind: 'merge native' },
    { kind: 'only mine' },
  ];

  test('mutual recursion 10,000 deep becomes one place of each function', () => {
    const deep = chains(1, 10_000, ['a', 'b', 'c'].map(frameOf));
    const { tree } = editTree(deep, [{ kind: 'collapse recursion' }], groups);
    expect(tree.frame.length).toBe(4);
    expect([...tree.self].sort((a, b) => a - b)).toEqual([1, 3333, 3333, 3334]);
    expect(editTree(deep, all, groups).tree.total[0]).toBeLessThanOrEqual(deep.total[0]!);
  });

  test('a million nodes keep their time', () => {
    const large = chains(100, 10_000, ['a', 'b', 'c', 'd', 'sort'].map(frameOf));
    for (const edit of [...all, { kind: 'collapse recursion' } as const]) {
      const edited = editTree(large, [edit], groups);
      expect(edited.applied).toEqual([true]);
      if (edit.kind !== 'focus function') expect(edited.tree.total[0]).toBe(large.total[0]);
    }
  });
});
