import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExportOptions } from '../../src/export/svg.ts';
import { rowHeight } from '../../src/flamegraph/drawing.ts';
import { displayName } from '../../src/flamegraph/names.ts';
import { unpackGraph } from '../../src/flamegraph/pack.ts';
import runtime from '../../src/runtime/file.ts?iife';
import { svgOf } from './exported.ts';
import { facts, graphOf } from './facts.ts';
import { buildTree, largeTree, type PictureNode, treeOf } from './pictures.ts';
import { anyTree, hostileNames } from './trees.ts';
import { all, type Part, parse } from './xml-parts.ts';

/** The boxes of the still drawing: what their titles say. */
function titles(file: Part): string[] {
  return all(file, 'rect').flatMap(({ parts }) => parts.map(({ text }) => text));
}

const shop = treeOf(`
  dispatch 100 https://example.org/store.js:88
    reduce 300 https://example.org/store.js:12
    (not sampled) 100 notSampled
`);

describe('an exported file', () => {
  test('shows each box, with all that is known of it in its title', () => {
    expect(titles(parse(svgOf(graphOf(shop))))).toEqual([
      'dispatch, 500 µs, 100 % of call\nself 100 µs · 2 children · 0 samples · store.js:88',
      'reduce, 300 µs, 60 % of call\nself 300 µs · no children · 0 samples · store.js:12',
      '(not sampled), 100 µs, 20 % of call\nself 100 µs · no children · 0 samples · no sample covers this time',
    ]);
  });

  test('says what was captured, where and how', () => {
    const file = parse(svgOf(graphOf(shop)));
    const words = all(file, 'text').map(({ text }) => text);
    expect(words.slice(0, 3)).toEqual([
      'app.store.dispatch',
      'All 3 calls · 500 µs · 0 samples · one sample every 164 µs (asked: 100 µs) · Tracing',
      'https://example.org/shop · 2026-03-01 09:30:00 UTC · Chrome/156.0.8078.79',
    ]);
    expect(all(file, 'title')[0]!.text).toBe('app.store.dispatch – Flambe');
  });

  test('is well-formed and carries the whole tree, whatever the names', () => {
    fc.assert(
      fc.property(anyTree, fc.string({ unit: 'binary' }), (tree, target) => {
        const file = parse(svgOf(graphOf(tree, { ...facts, target, pageUrl: target, scope: target, browser: target })));
        expect(unpackGraph(all(file, 'metadata')[0]!.text).tree).toEqual(tree);
        expect(all(file, 'script').length).toBe(1);
        const known = new Set([
          'svg',
          'title',
          'style',
          'metadata',
          'rect',
          'g',
          'text',
          'defs',
          'pattern',
          'path',
          'script',
          'desc',
        ]);
        for (const { name, attributes } of all(file, 'g').flatMap((part) => [part, ...part.parts])) {
          expect(known).toContain(name);
          for (const attribute of Object.keys(attributes)) expect(attribute).not.toMatch(/^on|href/);
        }
      }),
      { numRuns: 50 },
    );
  });

  test.each(hostileNames.map((name, index) => [index, name] as const))(
    'shows hostile name %d as text',
    (_index, name) => {
      const tree = buildTree({ name, self: 10, url: name });
      const [title] = titles(parse(svgOf(graphOf(tree, { ...facts, target: name }))));
      expect(title).toContain(`${displayName(tree.frames, 0)}, 10 µs`);
    },
  );

  test('names no address but that of the SVG and XHTML namespaces outside of data', () => {
    const svg = svgOf(graphOf(treeOf('f 1 native'), { ...facts, pageUrl: 'about:blank' }));
    const addresses = new Set(svg.match(/\b[a-z]+:\/\/[^"'`\s)]+/g));
    expect([...addresses].sort()).toEqual(['http://www.w3.org/1999/xhtml', 'http://www.w3.org/2000/svg']);
    expect(svg).not.toMatch(/@import|url\((?!#)|\bfetch\(|\bimport\(|XMLHttpRequest|\beval\(/);
  });

  test('draws names that begin alike once each', () => {
    const tree = treeOf(`
      main 10
        foo 40
          bar 5
        foo$1 30
        foo.bar 20
    `);
    const names = titles(parse(svgOf(graphOf(tree)))).map((title) => title.split(',')[0]);
    expect(names).toEqual(['main', 'foo', 'foo$1', 'foo.bar', 'bar']);
  });

  test('tells shares of exact times, and not of what is shown of them', () => {
    const tree = treeOf(`
      main 149000
        part 1150
    `);
    // As 150 ms and 1.1 ms the share would be 0.7 %.
    expect(titles(parse(svgOf(graphOf(tree))))[1]).toContain('part, 1.1 ms, 0.8 % of call');
  });

  test('is the same at every run', () => {
    expect(svgOf(graphOf(shop))).toBe(svgOf(graphOf(shop)));
    expect(svgOf(graphOf(shop))).not.toMatch(/Date\.now|Math\.random/);
  });

  test.each(['icicle', 'flame'] as const)('has room for its deepest row, as %s', (orientation) => {
    const file = parse(svgOf({ ...graphOf(largeTree(1, 3000, 1)), orientation }));
    const [, graph] = all(file, 'g');
    const topOf = (part: Part) => Number(/translate\(\d+ (\d+)\)/.exec(part.attributes.transform!)![1]);
    const rows = graph!.parts.filter(({ name }) => name === 'g');
    expect(rows.map(({ parts }) => parts.length > 0)).toEqual(rows.map(() => true));
    const tops = rows.map(topOf).sort((a, b) => a - b);
    expect(tops).toEqual(Array.from({ length: 3002 }, (_, row) => row * rowHeight));
    expect(Number(file.attributes.height)).toBeGreaterThan(topOf(graph!) + 3002 * rowHeight);
  });

  test('takes the width, the least width of a box and the number of boxes as options', () => {
    const wide = largeTree(1000, 1, 1);
    expect(parse(svgOf(graphOf(wide), { width: 600 })).attributes.viewBox).toMatch(/^0 0 600 /);
    const boxes = (options: ExportOptions) => titles(parse(svgOf(graphOf(wide), options))).length;
    expect(boxes({ mostBoxes: 3000 })).toBe(2001);
    expect(boxes({ mostBoxes: 3000, minWidth: 1.1 })).toBe(1001);
    // A fan is a thousandth of the time, and its leaf a little less.
    expect(boxes({ mostBoxes: 3000, minWidth: { share: 0.00095 } })).toBe(1001);
    expect(boxes({ mostBoxes: 1500 })).toBe(1001);
    expect(boxes({})).toBeLessThanOrEqual(1001);
  });

  test('ends where all of its many rows are as wide as the root', () => {
    const name = { name: 'again', self: 0, url: 'app.js' };
    let node: PictureNode = { ...name, self: 10 };
    for (let depth = 0; depth < 1500; depth++) node = { ...name, children: [node] };
    expect(titles(parse(svgOf(graphOf(buildTree(node))))).length).toBe(1501);
  });
});

test('the runtime in every exported file stays under 10 kB gzipped', () => {
  expect(gzipSync(runtime).length).toBeLessThan(10_000);
});
