import { headLines } from '../flamegraph/facts.ts';
import { guessCharWidth } from '../flamegraph/guessed-widths.ts';
import { type Hatch, hatches } from '../flamegraph/hatches.ts';
import { fitLabel, fontSize } from '../flamegraph/labels.ts';
import { appStyle, liveStyle } from '../flamegraph/live-style.ts';
import type { PackableGraph } from '../flamegraph/pack.ts';
import { type Xml, xmlElement, xmlOpen, xmlText, xmlVerbatim } from '../flamegraph/xml.ts';
import runtime from '../runtime/file.ts?iife';
import { fileApp } from './app.ts';
import { packGraph } from './pack.ts';
import { prepare } from './prepared.ts';
import { drawStill } from './still.ts';
import { Writer } from './writer.ts';

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
 * A call tree as one self-contained SVG file, in UTF-8: a still drawing that any viewer shows, the tree's columns, and the
 * code that makes the graph live where scripts may run. It loads nothing, and its bytes depend on the arguments only.
 */
export function exportSvg(graph: PackableGraph, options: ExportOptions = {}): Uint8Array<ArrayBuffer> {
  const { tree, start, facts, caption } = graph;
  const { width = 1200, minWidth = 0.1, mostBoxes = 900 } = options;
  const room = width - 2 * margin;
  const writer = new Writer(tree, start);
  const prepared = prepare(writer, graph);
  const writePacked = packGraph(writer, prepared);
  const still = drawStill(writer, prepared, {
    width: room,
    minWidth: typeof minWidth === 'number' ? minWidth : minWidth.share * room,
    mostBoxes,
    hatch: { empty: `url(#${hatchId})`, strip: `url(#${hatchId}-strip)` },
  });
  const words = headLines(tree, facts, caption);
  const [head, ...lines] = words;
  const graphTop = heading.facts + lines.length * heading.line;
  const height = graphTop + still.height + margin;
  const line = (y: number, size: number, text: string, className: string) =>
    xmlElement(
      'text',
      { class: className, x: margin, y, 'font-size': size },
      xmlText(fitLabel(text, (room * fontSize) / size, guessCharWidth)),
    );
  writer.open();
  writer.write(
    xmlOpen('svg', {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'flambe-file',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
    }),
  );
  writer.write(xmlElement('title', {}, xmlText(`${head} – Flambe`)));
  writer.write(xmlElement('style', {}, xmlVerbatim(fileStyle + liveStyle + appStyle)));
  writer.write('<metadata><![CDATA[');
  writePacked();
  writer.write(']]></metadata>');
  writer.write(xmlElement('rect', { class: 'flambe-page', width: '100%', height: '100%', fill: '#ffffff' }));
  writer.write(xmlOpen('g', { class: 'flambe-still', 'font-family': 'sans-serif', 'font-size': fontSize }));
  writer.write(line(heading.title, titleSize, head!, 'title'));
  lines.forEach((text, index) => {
    writer.write(line(heading.facts + index * heading.line, fontSize, text, 'facts'));
  });
  writer.write(xmlOpen('g', { class: 'flambe-graph', transform: `translate(${margin} ${graphTop})` }));
  writer.write(
    xmlElement(
      'defs',
      {},
      hatchPattern(hatchId, hatches.empty, emptyColors),
      hatchPattern(`${hatchId}-strip`, hatches.strip, stripColors),
    ),
  );
  still.write();
  writer.write('</g></g>');
  writer.write(xmlElement('defs', {}, fileApp(words)));
  writer.write(xmlElement('script', {}, xmlVerbatim(`(${runtime}).enliven(document.currentScript.parentNode)`)));
  writer.write('</svg>\n');
  return writer.bytes();
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
