import { fontSize } from './labels.ts';
import { dimOpacity, labelColor, matchColor, stripColor } from './palette.ts';

/**
 * The look of a graph, in the panel and in exported files. The theme is that of the CSS property `color-scheme`, so
 * whoever holds a graph sets that one property; each colour can be replaced by setting its custom property.
 */
export const graphStyle = `
.flambe-graph {
  --box-label: var(--flambe-box-label, ${labelColor});
  --box-match: var(--flambe-box-match, ${matchColor});
  --empty-label: var(--flambe-empty-label, light-dark(#55585e, #b4b8be));
  --empty-fill: var(--flambe-empty-fill, light-dark(#f4f4f5, #2b2c30));
  --empty-line: var(--flambe-empty-line, light-dark(#d3d5d9, #4a4c52));
  --dim-label: var(--flambe-dim-label, light-dark(${labelColor}, #ffffff));
  --strip: var(--flambe-strip, light-dark(${stripColor}, #46484e));
  --hover: var(--flambe-hover, light-dark(#1c1c20, #ffffff));
  --focus: var(--flambe-focus, light-dark(#0b57d0, #ffffff));
  --halo: var(--flambe-halo, light-dark(#ffffff, #000000));
  font: ${fontSize}px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  direction: ltr;
}
.flambe-graph [role=treeitem] { cursor: pointer; outline: none; }
.flambe-graph rect { shape-rendering: crispEdges; }
.flambe-graph text { fill: var(--box-label); pointer-events: none; white-space: pre; user-select: none; }
.flambe-graph .empty text { fill: var(--empty-label); }
.flambe-graph .hatch rect { fill: var(--empty-fill); }
.flambe-graph .hatch path { stroke: var(--empty-line); }
.flambe-graph .strips { fill: var(--strip); shape-rendering: crispEdges; }
.flambe-graph .faded rect, .flambe-graph .searching rect { fill-opacity: ${dimOpacity}; }
.flambe-graph .faded text, .flambe-graph .searching text { fill: var(--dim-label); }
.flambe-graph .searching .match rect { fill: var(--box-match); fill-opacity: 1; }
.flambe-graph .searching .match text { fill: var(--box-label); }
`;

/** Hatching of time that no sample covers: a tile and the line on it, with their colours where style sheets are unknown. */
export const hatch = {
  size: 6,
  line: 'M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2',
  fill: '#f4f4f5',
  stroke: '#d3d5d9',
} as const;
