import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldedText, stackText } from '../../panel/copies.ts';
import { frameGroups } from '../../panel/frame-groups.ts';
import { firstLook, readLook } from '../../panel/look.ts';
import { functionColumns, functionRows, tsvOf } from '../../panel/rows.ts';
import { viewTree } from '../../panel/tree-views.ts';
import { FrameKind } from '../../src/profile/model.ts';
import { functionsOfTree } from '../../src/profile/tree-functions.ts';
import { treeOf } from './pictures.ts';
import { anyTree, pick } from './trees.ts';

const shop = treeOf(`
  dispatch 1000 https://example.org/store.js:88
    reduce 3000 https://example.org/store.js:12
      clone 2000 https://cdn.jsdelivr.net/npm/clone@2/clone.js:40
        keys 500 native
    notify 2500 https://example.org/store.js:120
      render 500 chrome-extension://abc/inject.js:9
`);
const nodeOf = (name: string) => shop.frame.findIndex((frame) => shop.frames.name[frame] === name);

describe('a saved look', () => {
  test.each([undefined, null, 7, 'icicle', {}, { view: 'pie', order: 1, palette: {} }])(
    'of %j is the first one',
    (saved) => expect(readLook(saved)).toEqual(firstLook),
  );

  test('keeps what this version knows', () => {
    expect(readLook({ view: 'bottom-up', order: 'name', palette: 'hot', more: 1 })).toEqual({
      view: 'bottom-up',
      order: 'name',
      palette: 'hot',
    });
    expect(readLook({ view: 'bottom-up', palette: 'neon' })).toEqual({ ...firstLook, view: 'bottom-up' });
  });
});

describe('what is copied', () => {
  test('of a stack is a frame a line, the box first', () => {
    expect(stackText(shop, nodeOf('clone'))).toBe(
      '    at clone (clone.js:40)\n    at reduce (store.js:12)\n    at dispatch (store.js:88)\n',
    );
  });

  test('of a subtree is its folded stacks from the root on', () => {
    expect(foldedText(shop, nodeOf('reduce'))).toBe(
      'dispatch;reduce 3000\ndispatch;reduce;clone 2000\ndispatch;reduce;clone;keys 500\n',
    );
  });

  test('as folded stacks adds up to the time of the box, whatever the names', () => {
    fc.assert(
      fc.property(anyTree, fc.nat(), (tree, seed) => {
        const node = pick(tree, seed);
        const lines = foldedText(tree, node).split('\n').slice(0, -1);
        const times = lines.map((line) => Number(/ (\d+)$/.exec(line)![1]));
        expect(times.reduce((a, b) => a + b, 0)).toBe(tree.total[node]);
        for (const line of lines) expect(line.split(';').length).toBeGreaterThan(tree.depth[node]!);
      }),
    );
  });

  test('of the table is tab-separated, numbers in full, and no name makes a cell of its own', () => {
    const tree = treeOf('f 1234 app.js:7');
    const frames = { ...tree.frames, name: ['a\tb\nc'] };
    expect(tsvOf(functionRows(functionsOfTree({ ...tree, frames }), frames), functionColumns)).toBe(
      'Function\tSelf (µs)\tTotal (µs)\tSamples\tSource\na\ufffdb\ufffdc\t1234\t1234\t0\tapp.js:7\n',
    );
  });
});

test('groups are packages and scripts; what comes from elsewhere is not mine', () => {
  const { names, groupByFrame, isMine } = frameGroups(shop.frames);
  const byName = Object.fromEntries(
    shop.frames.name.map((name, frame) => [name, [names[groupByFrame[frame]!] ?? null, isMine[frame]]]),
  );
  expect(byName).toEqual({
    dispatch: ['store.js', 1],
    reduce: ['store.js', 1],
    clone: ['clone', 0],
    keys: [null, 0],
    notify: ['store.js', 1],
    render: ['inject.js', 0],
  });
  expect(frameGroups(shop.frames)).toBe(frameGroups(shop.frames));
});

describe('a view', () => {
  const subject = { tree: shop, groups: frameGroups(shop.frames), timeline: null };
  const wish = { edits: [], order: 'time', frame: shop.frame[nodeOf('clone')]! } as const;

  test('is the tree after its edits, and says which applied', () => {
    const edits = [{ kind: 'only mine' }, { kind: 'drop', path: [0, 99] }] as const;
    const { trees, applied } = viewTree(subject, { ...wish, kind: 'merged', edits });
    expect([...trees[0]!.tree.frame].map((frame) => shop.frames.name[frame])).toEqual(['dispatch', 'reduce', 'notify']);
    expect(trees[0]!.tree.total[0]).toBe(shop.total[0]);
    expect(applied).toEqual([true, false]);
  });

  test('as sandwich is the callers and the callees, with one root', () => {
    const { trees } = viewTree(subject, { ...wish, kind: 'sandwich' });
    const names = trees.map(({ tree }) => [...tree.frame].map((frame) => tree.frames.name[frame]).join(' '));
    expect(names).toEqual(['clone reduce dispatch', 'clone keys']);
    expect(trees.map(({ tree }) => tree.total[0])).toEqual([2500, 2500]);
  });

  test('as sandwich of a function that the edits left out is none', () => {
    const edits = [{ kind: 'hide function', frame: wish.frame }] as const;
    expect(viewTree(subject, { ...wish, kind: 'sandwich', edits }).trees).toEqual([]);
  });

  test('from the bottom up has a root of all functions', () => {
    const { tree } = viewTree(subject, { ...wish, kind: 'bottom-up' }).trees[0]!;
    expect(tree.frames.kind[tree.frame[0]!]).toBe(FrameKind.group);
    expect(tree.total[0]).toBe(shop.total[0]);
  });
});
