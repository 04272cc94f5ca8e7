import { describe, expect, test } from 'vitest';
import { acceptedFiles, isNamedAsProfile } from '../../panel/openable.ts';
import { readOpenable } from '../../panel/readers.ts';
import { headLines } from '../../src/flamegraph/facts.ts';
import { svgOf } from './exported.ts';
import { facts, graphOf } from './facts.ts';
import { treeOf } from './pictures.ts';

const open = (name: string, text: string) => readOpenable({ name, bytes: new TextEncoder().encode(text) });
const profile = JSON.stringify({
  nodes: [{ id: 1, callFrame: { functionName: '(root)' } }],
  startTime: 0,
  endTime: 300,
  samples: [1, 1, 1],
  timeDeltas: [50, 100, 100],
});
const svg = svgOf(graphOf(treeOf('dispatch 100 store.js:88')));

describe('a file is read by what is in it, whatever its name', () => {
  test('a .cpuprofile, of which only that is said which is known', () => {
    for (const text of [profile, `\ufeff\n\t ${profile}\r\n`]) {
      const graph = open('x.svg', text);
      expect(headLines(graph.tree, graph.facts, graph.caption)).toEqual([
        'x.svg',
        'V8 profile · 250 µs · 3 samples · one sample every 100 µs',
      ]);
      expect(graph.whole).toBe(250);
      expect([...graph.timeline!.end]).toEqual([100, 200, 250]);
    }
  });

  test('an exported flame chart, of which the call tree is made again', () => {
    const chart = treeOf(`
      work 10 app.js:1
        read 40 app.js:2
        draw 30 app.js:3
        read 20 app.js:2
    `);
    const graph = open('x.svg', svgOf({ ...graphOf(chart), start: Float64Array.of(0, 0, 50, 80) }));
    const { tree, start, end, node } = graph.timeline!;
    const nameOf = (at: number) => tree.frames.name[tree.frame[at]!];
    expect(Array.from(tree.frame, (_, at) => [nameOf(at), tree.total[at]])).toEqual([
      ['work', 100],
      ['read', 60],
      ['draw', 30],
    ]);
    expect(Array.from(node, (at, i) => [nameOf(at), start[i], end[i]])).toEqual([
      ['read', 0, 40],
      ['work', 40, 50],
      ['draw', 50, 80],
      ['read', 80, 100],
    ]);
    expect(graph.tree).toBe(tree);
  });

  test('an exported file of another view, which has no order of time', () => {
    const graph = open('x.cpuprofile', svg);
    expect(graph.facts).toEqual(facts);
    expect(graph.timeline).toBe(null);
  });

  test.each([
    ['', 'there is nothing in it'],
    [' \n', 'there is nothing in it'],
    ['hello', 'it has no profile in it'],
    ['[]', 'it has no profile in it'],
    ['<svg/>', 'it has no profile in it'],
    ['{"version":3}', 'it has no nodes (at byte 13)'],
  ])('%j is none', (text, problem) => {
    expect(() => open('x.cpuprofile', text)).toThrow(new Error(problem));
  });
});

test('how far it is, is told on the way', () => {
  const bytes = new TextEncoder().encode(profile.replace('{', `{"x":[${'[0],'.repeat(1_000_000)}0],`));
  const told: number[] = [];
  readOpenable({ name: 'x', bytes }, (at) => told.push(at));
  expect(told.length).toBeGreaterThan(2);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBeLessThanOrEqual(bytes.length);
});

test('files are known by the ends of their names', () => {
  const named = ['a.svg', 'A.SVG', 'a.b.cpuprofile', 'a.cpuprofile.gz'];
  expect(named.map(isNamedAsProfile)).toEqual([true, true, true, true]);
  expect(['main.js.map', 'svg', 'a.gz', 'cpuprofile.js'].map(isNamedAsProfile)).toEqual([false, false, false, false]);
  expect(acceptedFiles).toBe('.cpuprofile,.cpuprofile.gz,.svg,.gz');
});
