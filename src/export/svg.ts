import { describe, itemDescription, itemName } from '../flamegraph/describe.ts';
import { drawBox, isNotSampled, type Pen, rowHeight, stripsPath, stripsTitle } from '../flamegraph/drawing.ts';
import { type GraphFacts, measureLine, originLine } from '../flamegraph/facts.ts';
import { fitLabel, fontSize, guessCharWidth } from '../flamegraph/labels.ts';
import { boxesInSight, layOut, rowsInSight } from '../flamegraph/layout.ts';
import { harmless } from '../flamegraph/names.ts';
import { packGraph } from '../flamegraph/pack.ts';
import { stripColor } from '../flamegraph/palette.ts';
import { graphStyle, hatch } from '../flamegraph/style.ts';
import { type Xml, xmlElement, xmlText, xmlVerbatim } from '../flamegraph/xml.ts';
import type { CallTree } from '../profile/model.ts';
import runtime from '../runtime/file.ts?iife';

export interface ExportOptions {
  /** Pixels of the still drawing; the live one takes the width of its window. */
  readonly width?: number;
  /** Pixels; narrower boxes are left out of the still drawing. The live graph reaches all boxes. */
  readonly minWidth?: number;
  /** Boxes in the still drawing; when there are more, the narrow ones are left out. */
  readonly mostBoxes?: number;
}

const margin = 10;
const titleSize = 16;
/** Base lines of the title and of the two lines of facts, and where the graph begins. */
const heading = { title: 24, measures: 43, origin: 58, height: 72 } as const;

/**
 * A call tree as one self-contained SVG file: a still drawing that any viewer shows, the tree's columns, and the code
 * that makes the graph live where scripts may run. It loads nothing, and its bytes depend on the arguments only.
 */
export function exportSvg(tree: CallTree, facts: GraphFacts, options: ExportOptions = {}): string {
  const { width = 1200, minWidth = 0.1, mostBoxes = 10_000 } = options;
  const view = { root: 0, width: width - 2 * margin, minWidth };
  const layout = layOut(tree);
  const rows = rowsInSight(tree, view);
  const { boxes, strips } = boxesInSight(tree, layout, view, { first: 0, last: rows }, mostBoxes);
  const height = heading.height + rows * rowHeight + margin;
  const pen: Pen = { charWidth: guessCharWidth, hatch: 'url(#flambe-hatch)' };

  const drawn = boxes.map((box) => {
    const { fill, label, labelX, labelY, ...place } = drawBox(tree, box, pen);
    const details = describe(tree, box.node, 0);
    return xmlElement(
      'g',
      isNotSampled(tree, box) ? { class: 'empty' } : {},
      xmlElement('title', {}, xmlText(`${itemName(details)}\n${itemDescription(details)}`)),
      xmlElement('rect', { ...place, fill }),
      ...(label === '' ? [] : [xmlElement('text', { x: labelX, y: labelY }, xmlText(label))]),
    );
  });
  const narrow = xmlElement(
    'path',
    { class: 'strips', d: stripsPath(strips), fill: stripColor },
    xmlElement('title', {}, xmlText(stripsTitle)),
  );
  const line = (y: number, size: number, text: string, className: string) =>
    xmlElement(
      'text',
      { class: className, x: margin, y, 'font-size': size },
      xmlText(fitLabel(text, (view.width * fontSize) / size, guessCharWidth)),
    );
  const still = xmlElement(
    'g',
    { class: 'flambe-still', 'font-family': 'sans-serif', 'font-size': fontSize },
    line(heading.title, titleSize, harmless(facts.target), 'title'),
    line(heading.measures, fontSize, measureLine(tree, facts), 'facts'),
    line(heading.origin, fontSize, originLine(facts), 'facts'),
    xmlElement(
      'g',
      { class: 'flambe-graph', transform: `translate(${margin} ${heading.height})` },
      hatchPattern(),
      narrow,
      ...drawn,
    ),
  );
  const file = xmlElement(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'flambe-file',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    },
    xmlElement('title', {}, xmlText(`${harmless(facts.target)} – Flambe`)),
    xmlElement('style', {}, xmlVerbatim(fileStyle + graphStyle)),
    xmlElement('metadata', {}, xmlText(packGraph(tree, facts))),
    xmlElement('rect', { class: 'flambe-page', width: '100%', height: '100%', fill: '#ffffff' }),
    still,
    xmlElement('script', {}, xmlVerbatim(`(${runtime}).enliven(document.currentScript.parentNode)`)),
  );
  return `${file}\n`;
}

const fileStyle = `
.flambe-file {
  color-scheme: light dark;
  --flambe-page: light-dark(#ffffff, #202124);
  --flambe-text: light-dark(#1f1f23, #e8eaed);
  --flambe-quiet: light-dark(#55585e, #b4b8be);
}
.flambe-page { fill: var(--flambe-page); }
.flambe-still { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.flambe-still .title { fill: var(--flambe-text); font-weight: 600; }
.flambe-still .facts { fill: var(--flambe-quiet); }
`;

function hatchPattern(): Xml {
  const { size, line, fill, stroke } = hatch;
  return xmlElement(
    'defs',
    {},
    xmlElement(
      'pattern',
      { id: 'flambe-hatch', class: 'hatch', width: size, height: size, patternUnits: 'userSpaceOnUse' },
      xmlElement('rect', { width: size, height: size, fill }),
      xmlElement('path', { d: line, stroke }),
    ),
  );
}
