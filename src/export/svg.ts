import { itemDescription, itemName } from '../flamegraph/describe.ts';
import { drawItem, type Pen, rowHeight, rowTop } from '../flamegraph/drawing.ts';
import { measureLine, originLine } from '../flamegraph/facts.ts';
import { fitLabel, fontSize, guessCharWidth } from '../flamegraph/labels.ts';
import { appStyle, liveStyle } from '../flamegraph/live-style.ts';
import { harmless } from '../flamegraph/names.ts';
import { type PackableGraph, packGraph } from '../flamegraph/pack.ts';
import { type Hatch, hatches } from '../flamegraph/style.ts';
import { itemsInSight, planOf, rowsInSight } from '../flamegraph/view.ts';
import { type Xml, xmlElement, xmlText, xmlVerbatim } from '../flamegraph/xml.ts';
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
const hatchId = 'flambe-hatch';
/** Base lines of the title and of the two lines of facts, and where the graph begins. */
const heading = { title: 24, measures: 43, origin: 58, height: 72 } as const;

/**
 * A call tree as one self-contained SVG file: a still drawing that any viewer shows, the tree's columns, and the code
 * that makes the graph live where scripts may run. It loads nothing, and its bytes depend on the arguments only.
 */
export function exportSvg(graph: PackableGraph, options: ExportOptions = {}): string {
  const { tree, whole, facts, orientation, paint } = graph;
  const { width = 1200, minWidth = 0.1, mostBoxes = 10_000 } = options;
  const plan = planOf(tree, { whole });
  const view = { from: 0, to: tree.total[0]!, width: width - 2 * margin, minWidth };
  const rows = rowsInSight(plan, view);
  const height = heading.height + rows * rowHeight + margin;
  const pen: Pen = {
    charWidth: guessCharWidth,
    hatch: { empty: `url(#${hatchId})`, strip: `url(#${hatchId}-strip)` },
    paint,
    top: rowTop(orientation, rows),
  };

  const drawn = itemsInSight(plan, view, { first: 0, last: rows }, mostBoxes).map((item) => {
    const { fill, label, labelX, labelY, tone, ...place } = drawItem(plan, item, pen);
    const words = xmlText(`${itemName(plan, item)}\n${itemDescription(plan, item)}`);
    return xmlElement(
      'g',
      {},
      xmlElement('title', {}, words),
      xmlElement('rect', { ...place, fill }),
      ...(label === ''
        ? []
        : [xmlElement('text', { class: tone === 'pale' ? undefined : tone, x: labelX, y: labelY }, xmlText(label))]),
    );
  });
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
      xmlElement('defs', {}, hatchPattern(hatchId, hatches.empty), hatchPattern(`${hatchId}-strip`, hatches.strip)),
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
    xmlElement('style', {}, xmlVerbatim(fileStyle + liveStyle + appStyle)),
    xmlElement('metadata', {}, xmlText(packGraph(graph))),
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

function hatchPattern(id: string, { className, size, line, fill, stroke }: Hatch): Xml {
  return xmlElement(
    'pattern',
    { id, class: className, width: size, height: size, patternUnits: 'userSpaceOnUse' },
    xmlElement('rect', { width: size, height: size, fill }),
    xmlElement('path', { d: line, stroke }),
  );
}
