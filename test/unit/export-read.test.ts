import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readExported } from '../../src/export/read.ts';
import { readGraph } from '../../src/flamegraph/check-pack.ts';
import type { PackableGraph } from '../../src/flamegraph/pack.ts';
import { planOf } from '../../src/flamegraph/view.ts';
import type { CallTree } from '../../src/profile/model.ts';
import { packedText, svgOf } from './exported.ts';
import { facts, graphOf } from './facts.ts';
import { largeTree, treeOf } from './pictures.ts';
import { anyTree } from './trees.ts';

const shop = treeOf(`
  dispatch 100 store.js:88
    reduce 300 store.js:12
      clone 200 clone.js:40
    notify 50 store.js:120
`);
/** Where boxes of the shop begin when 10 µs pass before each child. */
const apart = Float64Array.of(0, 10, 20, 530);
const caption = { title: 'A title', subtitle: 'below it', note: '<i>a note</i> -->' };

test('an exported file reads back as what was exported, whatever the names', () => {
  fc.assert(
    fc.property(anyTree, fc.string({ unit: 'binary' }), (tree, target) => {
      const given: PackableGraph = { ...graphOf(tree, { ...facts, target }), caption, orientation: 'flame' };
      const { paint, ...read } = readExported(svgOf(given));
      const { paint: given_, ...rest } = given;
      expect(read).toEqual(rest);
      for (const node of tree.frame.keys()) expect(paint(given, node)).toEqual(given_(given, node));
    }),
    { numRuns: 60 },
  );
});

test('boxes that stand apart do so again', () => {
  expect(readExported(svgOf({ ...graphOf(shop), start: apart })).start).toEqual(apart);
  expect(readExported(svgOf(graphOf(shop))).start).toBe(undefined);
});

test.each([
  ['nothing', ''],
  ['another SVG', '<svg xmlns="http://www.w3.org/2000/svg"><metadata>{}</metadata><script>alert(1)</script></svg>'],
  ['a source map', '{"version":3,"mappings":""}'],
  ['an open end', svgOf(graphOf(shop)).replace('</metadata>', '')],
  ['much of a beginning', '<metadata><![CDATA[{"format":"flambe-graph",'.repeat(20_000)],
])('%s has no profile in it', (_, text) => {
  expect(() => readExported(text)).toThrow('it has no profile in it');
});

interface Changed {
  [field: string]: Changed;
}

describe('a changed file is refused, and says why', () => {
  const change = (does: (packed: Changed) => void) => {
    const packed = JSON.parse(packedText({ ...graphOf(shop), start: apart }));
    does(packed);
    return JSON.stringify(packed);
  };
  const set =
    (path: string, value: unknown) =>
    (packed: Changed): void => {
      const steps = path.split('.');
      const last = steps.pop()!;
      const place = steps.reduce((at, step) => at[step]!, packed);
      Object.assign(place, { [last]: value });
    };

  test.each<[string, unknown, RegExp]>([
    ['format', 'other', /its format is "other" 3/],
    ['version', 2, /"flambe-graph" 2, and not flambe-graph 3/],
    ['facts', [], /facts is no object/],
    ['facts.target', 7, /facts\.target is no text/],
    ['facts.startedAt', 1e300, /facts\.startedAt is 1e\+300/],
    ['facts.achievedInterval', null, /facts\.achievedInterval is null/],
    ['caption.note', undefined, /caption\.note is no text/],
    ['whole', -1, /whole is -1/],
    ['orientation', 'up', /orientation is "up", and not icicle or flame/],
    ['urls.0', 3, /urls\[0\] is no text/],
    ['frames.name', ['dispatch'], /frames\.url has 4 entries, and not 1/],
    ['frames.kind.0', 6, /frames\.kind\[0\] is 6/],
    ['frames.line.0', 2 ** 31, /frames\.line\[0\] is 2147483648/],
    ['frames.url.0', 9, /frames\.url\[0\] is 9/],
    ['nodes.frame', [], /it has no nodes/],
    ['nodes.frame.1', 4, /nodes\.frame\[1\] is 4/],
    ['nodes.self.1', 0.5, /nodes\.self\[1\] is 0\.5, and not whole/],
    ['nodes.self.1', -3, /nodes\.self\[1\] is -3/],
    ['nodes.self.1', 'NaN', /nodes\.self\[1\] is "NaN"/],
    ['nodes.self.2', 0, /node 2 has no time/],
    ['nodes.self.2', Number.MAX_SAFE_INTEGER, /too long to be added up/],
    ['nodes.self', [1, 2], /nodes\.self has 2 entries, and not 4/],
    ['nodes.up.0', 1, /first node is no root/],
    ['nodes.up.1', 1, /node 1 is no descendant of the root/],
    ['nodes.up.3', 4, /node 3 is no descendant of the root/],
    ['nodes.samples.0', null, /nodes\.samples\[0\] is null/],
    ['nodes.gap.0', 1, /root does not begin at 0/],
    ['nodes.gap.3', 200, /reaches out of its parent/],
    ['colors.of', 'page', /colors\.of is "page"/],
    ['colors.fills.0', 'url(https://example.org)', /no colour such as/],
    ['colors.fills.0', '#FFF', /no colour such as/],
    ['colors.fill.0', 99, /colors\.fill\[0\] is 99/],
  ])('%s = %j', (path, value, words) => {
    expect(() => readGraph(change(set(path, value)))).toThrow(words);
  });

  test('no JSON, and other JSON', () => {
    expect(() => readGraph('{"format":"flambe-graph",')).toThrow('it is no JSON');
    for (const text of ['null', '[]', '7', '"text"']) expect(() => readGraph(text)).toThrow('it is no object');
  });

  test('a message never grows with the file', () => {
    try {
      readGraph(change(set('orientation', 'x'.repeat(1_000_000))));
    } catch (error) {
      expect((error as Error).message.length).toBeLessThan(100);
    }
    expect.assertions(1);
  });
});

test('a file changed at random is refused in words, or is a tree that keeps the invariants', () => {
  let refused = 0;
  const value = fc.oneof(
    fc.integer({ min: -2, max: 9 }),
    fc.double(),
    fc.constantFrom(2 ** 31, 2 ** 53, null, true, '', '0', [], {}, '__proto__'),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(anyTree, fc.array(fc.tuple(fc.nat(), value), { minLength: 1, maxLength: 4 }), (tree, changes) => {
      const packed = JSON.parse(packedText({ ...graphOf(tree), start: planOf(tree).layout.start }));
      for (const [at, value] of changes) put(packed, at, value);
      let read: PackableGraph;
      try {
        read = readGraph(JSON.stringify(packed));
      } catch (error) {
        refused++;
        expect(error).toBeInstanceOf(Error);
        expect((error as Error).message).toMatch(
          /^(it|its|facts|caption|whole|urls|frames|nodes|colors|orientation|node|a node)\b/,
        );
        return;
      }
      keepsInvariants(read);
      expect(svgOf(read)).toContain('</svg>');
    }),
    { numRuns: 400 },
  );
  expect(refused).toBeGreaterThan(50);
});

/** Puts a value in the place of one of all values in it, at whatever depth. */
function put(packed: object, at: number, value: unknown): void {
  const places: [object, string][] = [];
  const look = (within: object) => {
    for (const [key, inner] of Object.entries(within)) {
      places.push([within, key]);
      if (typeof inner === 'object' && inner !== null) look(inner);
    }
  };
  look(packed);
  if (places.length === 0) return;
  const [within, key] = places[at % places.length]!;
  Object.assign(within, { [key]: value });
}

function keepsInvariants({ tree, start, paint, whole }: PackableGraph): void {
  const { frames, frame, parent, depth, subtreeSize, self, total, samples } = tree satisfies CallTree;
  const count = frame.length;
  for (const column of [parent, depth, subtreeSize, self, total, samples]) expect(column.length).toBe(count);
  const rows = frames.name.length;
  for (const column of [frames.url, frames.line, frames.column, frames.kind]) expect(column.length).toBe(rows);
  const sums = Float64Array.from(self);
  for (let node = count - 1; node > 0; node--) {
    const above = parent[node]!;
    expect(above >= 0 && above < node && node < above + subtreeSize[above]!).toBe(true);
    expect(depth[node]).toBe(depth[above]! + 1);
    expect(total[node]).toBeGreaterThan(0);
    sums[above]! += sums[node]!;
    if (start)
      expect(start[node]! >= start[above]! && start[node]! + total[node]! <= start[above]! + total[above]!).toBe(true);
  }
  expect(total).toEqual(sums);
  for (let node = 0; node < count; node++) {
    expect(frame[node]! >= 0 && frame[node]! < rows).toBe(true);
    expect(Number.isInteger(self[node]) && self[node]! >= 0 && samples[node]! >= 0).toBe(true);
    expect(paint({ tree, whole }, node).fill).toMatch(/^#[0-9a-f]{6}$/);
  }
}

test('a tree of many rows is read without recursion', () => {
  const tree = largeTree(1, 20_000, 20_000);
  expect(readGraph(packedText({ ...graphOf(tree), start: planOf(tree).layout.start })).tree).toEqual(tree);
});
