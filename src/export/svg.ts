import { headLines, wholeOf } from '../flamegraph/facts.ts';
import { guessCharWidth } from '../flamegraph/guessed-widths.ts';
import { type Hatch, hatches } from '../flamegraph/hatches.ts';
import { fitLabel, fontSize } from '../flamegraph/labels.ts';
import { appStyle, liveStyle } from '../flamegraph/live-style.ts';
import { type PackableGraph, packGraph } from '../flamegraph/pack.ts';
import { planOf } from '../flamegraph/view.ts';
import { type Xml, xmlElement, xmlText, xmlVerbatim } from '../flamegraph/xml.ts';
import runtime from '../runtime/file.ts?iife';
import { fileApp } from './app.ts';
import { drawStill } from './still.ts';

export interface ExportOptions {
  /** Pixels of the still drawing; the live one takes the width of its window. */
  readonly width?: number;
  /** Pixels, or a share of the root's time; narrower boxes are left out of the still drawing. The live graph reaches all boxes. */
  readonly minWidth?: number | { readonly share: number };
  /** Boxes in the still drawing; when there are more, the narrow ones stand in strips. */
  readonly mostBoxes?: number;
}

const margin = 10;
const titleSize = 16;
const hatchId = 'flambe-hatch';
/** Of hatchings, where style sheets are unknown. */
const emptyColors = { fill: '#f4f4f5', stroke: '#d3d5d9' };
const stripColors = { fill: '#e6e8eb', stroke: '#c5c8cd' };
/** Base lines of the title and of the first line below it, and from each of those lines to the next or to the graph. */
const heading = { title: 24, facts: 43, line: 15 } as const;

/**
 * A call tree as one self-contained SVG file: a still drawing that any viewer shows, the tree's columns, and the code
 * that makes the graph live where scripts may run. It loads nothing, and its bytes depend on the arguments only.
 */
export function exportSvg(graph: PackableGraph, options: ExportOptions = {}): string {
  const { tree, start, whole, facts, caption } = graph;
  const { width = 1200, minWidth = 0.1, mostBoxes = 900 } = options;
  const plan = planOf(tree, { whole, of: wholeOf(facts), start });
  const room = width - 2 * margin;
  const narrowest = typeof minWidth === 'number' ? minWidth : minWidth.share * room;
  const view = { from: 0, to: tree.total[0]!, width: room, minWidth: narrowest };
  const hatch = { empty: `url(#${hatchId})`, strip: `url(#${hatchId}-strip)` };
  const { rows, height: graphHeight } = drawStill(plan, view, mostBoxes, graph, hatch);
  const words = headLines(tree, facts, caption);
  const [head, ...lines] = words;
  const graphTop = heading.facts + lines.length * heading.line;
  const height = graphTop + graphHeight + margin;
  const line = (y: number, size: number, text: string, className: string) =>
    xmlElement(
      'text',
      { class: className, x: margin, y, 'font-size': size },
      xmlText(fitLabel(text, (room * fontSize) / size, guessCharWidth)),
    );
  const still = xmlElement(
    'g',
    { class: 'flambe-still', 'font-family': 'sans-serif', 'font-size': fontSize },
    line(heading.title, titleSize, head!, 'title'),
    ...lines.map((text, index) => line(heading.facts + index * heading.line, fontSize, text, 'facts')),
    xmlElement(
      'g',
      { class: 'flambe-graph', transform: `translate(${margin} ${graphTop})` },
      xmlElement(
        'defs',
        {},
        hatchPattern(hatchId, hatches.empty, emptyColors),
        hatchPattern(`${hatchId}-strip`, hatches.strip, stripColors),
      ),
      ...rows,
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
    xmlElement('title', {}, xmlText(`${head} – Flambe`)),
    xmlElement('style', {}, xmlVerbatim(fileStyle + liveStyle + appStyle)),
    xmlElement('metadata', {}, xmlVerbatim(packGraph(graph))),
    xmlElement('rect', { class: 'flambe-page', width: '100%', height: '100%', fill: '#ffffff' }),
    still,
    xmlElement('defs', {}, fileApp(words)),
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
  --flambe-line: light-dark(#c5c8cd, #5a5d63);
  --flambe-pressed: light-dark(#dfe7f7, #3a4357);
}
@media print { .flambe-file { color-scheme: light; } }
.flambe-page { fill: var(--flambe-page); }
.flambe-still { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.flambe-still .title { fill: var(--flambe-text); font-weight: 600; }
.flambe-still .facts { fill: var(--flambe-quiet); }
`;

function hatchPattern(
  id: string,
  { className, size, line }: Hatch,
  { fill, stroke }: { readonly fill: string; readonly stroke: string },
): Xml {
  return xmlElement(
    'pattern',
    { id, class: className, width: size, height: size, patternUnits: 'userSpaceOnUse' },
    xmlElement('rect', { width: size, height: size, fill }),
    xmlElement('path', { d: line, stroke }),
  );
}
