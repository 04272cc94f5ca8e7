import { describe, expect, test } from 'vitest';
import { readConsoleProfiles, type V8Profile } from '../../src/formats/console-profiles.ts';
import { beginMark } from '../../src/formats/marks.ts';
import type { CaptureKey } from '../../src/formats/sampled.ts';
import { Folding } from '../../src/profile/fold.ts';
import { drawTree, picture } from './pictures-capture.ts';

const key: CaptureKey = {
  id: 'c0ffee',
  hookUrl: 'flambe-hook.js',
  hook: 'stand-in',
  target: { name: 'target', url: 'app.js', line: 1, column: 1 },
  askedInterval: 100,
  outcomes: new Map([
    [0, 'returned'],
    [1, 'threw'],
  ]),
};

type Node = V8Profile['nodes'][number];

/** A node as the protocol describes it: 0-based place, children by id. */
function node(
  id: number,
  name: string,
  children: number[] = [],
  place: { url: string; line: number } | null = null,
): Node {
  const { url = '', line = 0 } = place ?? {};
  return {
    id,
    callFrame: { functionName: name, scriptId: '1', url, lineNumber: line - 1, columnNumber: place ? 0 : -1 },
    ...(children.length > 0 && { children }),
  };
}
const root = (...children: number[]) => node(1, '(root)', children);
const hook = node(2, 'apply', [3], { url: 'flambe-hook.js', line: 1 });
const target = node(3, 'target', [4, 5], { url: 'app.js', line: 1 });
const a = node(4, 'a', [], { url: 'app.js', line: 2 });
const sort = node(5, 'sort');
const gc = node(6, '(garbage collector)');

const profile = (nodes: Node[], samples: number[], timeDeltas: number[]): V8Profile => ({
  nodes,
  startTime: 1000,
  endTime: 1500,
  samples,
  timeDeltas,
});

function draw(nodes: Node[], samples: number[], timeDeltas: number[]): string {
  const finished = [{ title: beginMark(key.id, 0), profile: profile(nodes, samples, timeDeltas) }];
  const { calls, profile: read } = readConsoleProfiles(finished, key);
  return drawTree(new Folding(read, calls).call(0));
}

describe('console profiles', () => {
  const expected = picture(`
    target 50/500 ×4
      sort 250 ×1
      a 100/200 ×2
        (garbage collector) 100 ×1`);

  test('give a call each, clocked by their own start and end', () => {
    expect(draw([root(2, 6), hook, target, a, sort, gc], [3, 4, 6, 5], [0, 100, 100, 100])).toBe(expected);
  });

  test('may name children before their parents', () => {
    expect(draw([gc, sort, a, target, hook, root(2, 6)], [3, 4, 6, 5], [0, 100, 100, 100])).toBe(expected);
  });

  test('leave out what beginning and ending them sampled: the hook itself', () => {
    const tree = draw([root(2), hook, target, a, sort], [2, 4, 2], [0, 250, 249]);
    expect(tree).toBe(picture('target 0/500 ×1\n  a 500 ×1'));
  });

  test('take samples that go back in time to where they belong', () => {
    const tree = draw([root(2), hook, target, a, sort], [4, 5, 3], [0, 400, -200]);
    expect(tree).toBe(
      picture(`
        target 200/500 ×3
          sort 200 ×1
          a 100 ×1`),
    );
  });

  test('without samples are calls all the same', () => {
    const finished = [{ title: beginMark(key.id, 0), profile: { nodes: [root()], startTime: 10.4, endTime: 19.6 } }];
    const { calls } = readConsoleProfiles(finished, key);
    expect([calls.intervalStart[0], calls.intervalEnd[0]]).toEqual([10, 20]);
  });

  test('have their outcomes from the hook, by number of call; one that it does not know was dropped', () => {
    const titled = (call: number, startTime: number) => ({
      title: beginMark(key.id, call),
      profile: { nodes: [root()], startTime, endTime: startTime + 5 },
    });
    const finished = [titled(1, 200), titled(0, 100), titled(2, 300)];
    expect(readConsoleProfiles(finished, key).calls.outcome).toEqual(['returned', 'threw']);
    // With the page went all that the hook knew.
    const { calls } = readConsoleProfiles(finished, { ...key, outcomes: null });
    expect(calls.outcome).toEqual(['end not seen', 'end not seen', 'end not seen']);
  });

  test('of the page itself and of other captures are not ours', () => {
    const other = profile([root(2), hook, target, a, sort], [4], [0]);
    const finished = [
      { profile: other },
      { title: 'mine', profile: other },
      { title: 'flambe:beef:0', profile: other },
    ];
    const read = readConsoleProfiles(finished, key);
    expect(read.calls.outcome).toEqual([]);
    expect(read.profile.samples.time.length).toBe(0);
  });

  test('have their nodes to themselves: the same id is another node in another profile', () => {
    const second = { ...profile([root(2), hook, target, node(4, 'b', [], { url: 'b.js', line: 1 }), sort], [4], [0]) };
    const finished = [
      { title: beginMark(key.id, 0), profile: profile([root(2), hook, target, a, sort], [4], [0]) },
      { title: beginMark(key.id, 1), profile: { ...second, startTime: 2000, endTime: 2500 } },
    ];
    const { calls, profile: read } = readConsoleProfiles(finished, key);
    const folding = new Folding(read, calls);
    expect(drawTree(folding.call(0))).toBe(picture('target 0/500 ×1\n  a 500 ×1'));
    expect(drawTree(folding.call(1))).toBe(picture('target 0/500 ×1\n  b 500 ×1'));
  });

  test.each<[string, Node[], number[], string]>([
    ['a sample on a missing node', [root()], [9], 'A sample on node 9, which is not there'],
    ['a child that is missing', [root(8)], [], 'Node 1 has a child 8, which is not there'],
    [
      'a circle beside the tree',
      [root(), node(7, 'x', [8]), node(8, 'y', [7])],
      [8],
      'A sample on node 8, which is not there',
    ],
    [
      'a circle in the tree',
      [root(7), node(7, 'x', [8]), node(8, 'y', [7])],
      [8],
      'Node 7 is a child of node 1 and of node 8',
    ],
  ])('are refused with %s', (_, nodes, samples, message) => {
    expect(() =>
      draw(
        nodes,
        samples,
        samples.map(() => 0),
      ),
    ).toThrow(new RangeError(message));
  });
});
