import { dimOpacity, labelColor, matchColors } from './color.ts';
import { fontSize } from './labels.ts';

const matches = matchColors
  .map((color, term) => `.flambe-graph .match-${term + 1} { fill: var(--flambe-match-${term + 1}, ${color}); }`)
  .join('\n');

/**
 * The look of a graph, in the panel and in exported files. The theme is that of the CSS property `color-scheme`, so
 * whoever holds a graph sets that one property; each colour can be replaced by setting its custom property.
 */
export const graphStyle = `
.flambe-graph {
  --ground-label: var(--flambe-ground-label, light-dark(#55585e, #b4b8be));
  --empty-fill: var(--flambe-empty-fill, light-dark(#f4f4f5, #2b2c30));
  --empty-line: var(--flambe-empty-line, light-dark(#d3d5d9, #4a4c52));
  --strip-fill: var(--flambe-strip-fill, light-dark(#e6e8eb, #3a3c41));
  --strip-line: var(--flambe-strip-line, light-dark(#c5c8cd, #5a5d63));
  --dim-label: var(--flambe-dim-label, light-dark(${labelColor}, #ffffff));
  --hover: var(--flambe-hover, light-dark(#1c1c20, #ffffff));
  --focus: var(--flambe-focus, light-dark(#0b57d0, #ffffff));
  --halo: var(--flambe-halo, light-dark(#ffffff, #000000));
  font: ${fontSize}px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  direction: ltr;
}
.flambe-graph [role=treeitem] { cursor: pointer; outline: none; }
.flambe-graph rect { shape-rendering: crispEdges; }
.flambe-graph text { fill: ${labelColor}; pointer-events: none; white-space: pre; }
.flambe-graph .strong { fill: #ffffff; }
.flambe-graph .hatched { fill: var(--ground-label); }
.flambe-graph .hatch rect { fill: var(--empty-fill); }
.flambe-graph .hatch path { stroke: var(--empty-line); }
.flambe-graph .strip-hatch rect { fill: var(--strip-fill); }
.flambe-graph .strip-hatch path { stroke: var(--strip-line); }
.flambe-graph rect.dim { fill-opacity: ${dimOpacity}; }
.flambe-graph text.dim { fill: var(--dim-label); }
${matches}
.flambe-graph text[class*=match] { fill: ${labelColor}; }
@media (forced-colors: active) {
  .flambe-graph { --ground-label: CanvasText; --empty-fill: Canvas; --empty-line: GrayText; --strip-fill: Canvas;
    --strip-line: CanvasText; --dim-label: GrayText; --hover: Highlight; --focus: Highlight; --halo: Canvas; }
  .flambe-graph [role=treeitem]:not([fill^=url]) { fill: Canvas; fill-opacity: 1; stroke: CanvasText; }
  .flambe-graph [role=treeitem].dim { stroke: GrayText; }
  .flambe-graph text { fill: CanvasText; }
  .flambe-graph [role=treeitem][class*=match] { fill: Highlight; }
  .flambe-graph text[class*=match] { fill: HighlightText; }
}
`;
