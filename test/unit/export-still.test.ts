import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prepare } from '../../src/export/prepared.ts';
import { drawStill, type StillOptions } from '../../src/export/still.ts';
import { Writer } from '../../src/export/writer.ts';
import { itemDescription, itemName } from '../../src/flamegraph/describe.ts';
import { drawItem, type Orientation, rowHeight, rowTop } from '../../src/flamegraph/drawing.ts';
import { guessCharWidth } from '../../src/flamegraph/guessed-widths.ts';
import { type PaletteName, paintBy, palettes } from '../../src/flamegraph/palette.ts';
import { type Item, itemsInSight, planOf, rowsInSight } from '../../src/flamegraph/view.ts';
import type { CallTree } from '../../src/profile/model.ts';
import { graphOf } from './facts.ts';
import { buildTree, largeTree, treeOf } from './pictures.ts';
import { anyTree, hostileNames } from './trees.ts';
import { all, parse } from './xml-parts.ts';

const hatch = { empty: 'url(#empty)', strip: 'url(#strip)' };
const orientation: Orientation = 'flame';

interface Choice {
  readonly width: number;
  readonly minWidth: number;
  readonly mostBoxes: number;
  readonly palette: PaletteName;
}

const anyChoice: fc.Arbitrary<Choice> = fc.record({
  width: fc.constantFrom(1180, 333, 20),
  minWidth: fc.constantFrom(0, 0.1, 5),
  mostBoxes: fc.constantFrom(3, 900, Number.POSITIVE_INFINITY),
  palette: fc.constantFrom(...palettes),
});

/** The rows of the still drawing as they are read back, and its height. */
function drawn(tree: CallTree, { palette, ...options }: Omit<StillOptions, 'hatch'> & { palette: PaletteName }) {
  const writer = new Writer(tree);
  const graph = { ...graphOf(tree), whole: wholeFor(tree), orientation, paint: paintBy(palette) };
  const still = drawStill(writer, prepare(writer, graph), { ...options, hatch });
  writer.open();
  still.write();
  return { rows: parse(`<g>${new TextDecoder().decode(writer.bytes())}</g>`).parts, height: still.height };
}

/** More than the tree's time. */
const wholeFor = (tree: CallTree) => tree.total[0]! * 1.5;

/** The still drawing as it is read back, row by row, and as the live graph's own functions say it is. */
function readAndSaid(tree: CallTree, { width, minWidth, mostBoxes, palette }: Choice) {
  const plan = planOf(tree, { whole: wholeFor(tree) });
  const view = { from: 0, to: tree.total[0]!, width, minWidth };
  const paint = paintBy(palette);
  const still = drawn(tree, { width, minWidth, mostBoxes, palette });
  const read = still.rows.map(({ attributes, parts }) => {
    const drawn = parts.map(({ name, attributes, parts: [title], text }) => ({
      name,
      ...attributes,
      text,
      title: title?.text,
    }));
    return { at: attributes.transform, drawn };
  });

  const rows = rowsInSight(plan, view);
  const top = rowTop(orientation, rows);
  const pen = { charWidth: guessCharWidth, hatch, paint, top: () => 0 };
  const elements = (item: Item) => {
    const { x, width, height, fill, label, labelX, labelY, tone } = drawItem(plan, item, pen);
    const place = { x: `${x}`, width: `${width}`, height: `${height}`, fill };
    const title = `${itemName(plan, item)}\n${itemDescription(plan, item)}`;
    const text = { name: 'text', ...(tone !== 'pale' && { class: tone }), x: `${labelX}`, y: `${labelY}`, text: label };
    return [{ name: 'rect', ...place, text: '', title }, ...(label === '' ? [] : [{ ...text, title: undefined }])];
  };
  const items = itemsInSight(plan, view, { first: 0, last: rows }, Math.max(mostBoxes, rows));
  const said = Array.from({ length: rows }, (_, row) => ({
    at: `translate(0 ${top(row)})`,
    drawn: items.filter(({ node }) => tree.depth[node] === row).flatMap(elements),
  }));
  expect(still.height).toBe(rows * rowHeight);
  return { read, said };
}

describe('the still drawing', () => {
  test('shows each box where the live graph does, and says the same of it, whatever the names', () => {
    fc.assert(
      fc.property(anyTree, anyChoice, (tree, choice) => {
        const { read, said } = readAndSaid(tree, choice);
        expect(read).toEqual(said);
      }),
      { numRuns: 200 },
    );
  });

  test.each(hostileNames.map((name, index) => [index, name] as const))(
    'is well-formed with name %d',
    (_index, name) => {
      const tree = buildTree({ name: `a.${name}`, self: 10, url: name, children: [{ name, self: 5, url: '' }] });
      const { read, said } = readAndSaid(tree, { width: 1180, minWidth: 0, mostBoxes: 900, palette: 'source' });
      expect(read).toEqual(said);
    },
  );

  test('cuts names as the live graph does, whatever they are made of', () => {
    const part = fc.constantFrom('app', 'store', 'größe', 'ɏɐ', '名前', '😀', '<b>&"', "it's", '#x', '[0]', '…', 'W');
    const separator = fc.constantFrom('.', '/', ' › ', '-', '');
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        separator,
        fc.integer({ min: 10, max: 260 }),
        (parts, between, width) => {
          const tree = buildTree({ name: parts.join(between), self: 10, url: '' });
          const { read, said } = readAndSaid(tree, { width, minWidth: 0, mostBoxes: 900, palette: 'source' });
          expect(read).toEqual(said);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is that of a large tree, too, with all of its boxes and with strips', () => {
    const tree = largeTree(400, 2, 3);
    for (const mostBoxes of [50, 700, Number.POSITIVE_INFINITY])
      for (const minWidth of [0, 1]) {
        const { read, said } = readAndSaid(tree, { width: 1180, minWidth, mostBoxes, palette: 'source' });
        expect(read).toEqual(said);
      }
  });

  test('escapes the least of shares', () => {
    const tree = treeOf(`
      main 1000000
        part 1
    `);
    const { rows } = drawn(tree, { width: 1000, minWidth: 0, mostBoxes: 900, palette: 'source' });
    expect(all(rows[1]!, 'title')[0]!.text).toContain('part, 1 µs, <0.1 % of call');
  });
});
