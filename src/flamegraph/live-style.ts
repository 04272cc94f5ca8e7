import { graphStyle } from './style.ts';

/** The style sheet that a document with a live graph needs. */
export const liveStyle = `${graphStyle}
.flambe-graph { height: 100%; overflow: hidden auto; scrollbar-gutter: stable; scrollbar-width: thin; }
.flambe-graph svg { display: block; user-select: none; }
.flambe-graph .hover, .flambe-graph .focus { fill: none; pointer-events: none; shape-rendering: auto; }
.flambe-graph .hover { stroke: var(--hover); stroke-width: 1px; }
.flambe-graph .focus { stroke: var(--focus); stroke-width: 3px; filter: drop-shadow(0 0 1px var(--halo)); }
.flambe-tooltip { position: fixed; z-index: 1; max-width: min(420px, calc(100vw - 8px)); box-sizing: border-box; padding: 4px 7px;
  border: 1px solid var(--tip-line); background: var(--tip-fill); color: var(--tip-text); pointer-events: none;
  font: 12px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere;
  --tip-fill: light-dark(#ffffff, #202124); --tip-text: light-dark(#1f1f1f, #e3e3e3); --tip-line: light-dark(#9aa0a6, #6b6f76); }
.flambe-tooltip[hidden] { display: none; }
`;

/** The style sheet of what stands around the graph in an exported file that lives. */
export const appStyle = `
.flambe-app { box-sizing: border-box; display: flex; flex-direction: column; height: 100%; padding: 8px 10px;
  color: var(--flambe-text); font: 12px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.flambe-app h1 { margin: 0; font-size: 16px; font-weight: 600; overflow-wrap: anywhere; }
.flambe-app p { margin: 0; overflow-wrap: anywhere; }
.flambe-app .facts, .flambe-app output { color: var(--flambe-quiet); }
.flambe-app .bar { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; min-height: 24px; margin: 8px 0; }
.flambe-app output { flex: 1; min-width: 90px; padding: 0 4px; }
.flambe-app input { flex: 0 1 220px; min-width: 120px; height: 24px; box-sizing: border-box; font: inherit; }
.flambe-app input::placeholder { color: var(--flambe-quiet); opacity: 1; }
.flambe-app button { font: inherit; height: 24px; min-width: 24px; padding: 0 6px; border: 1px solid var(--flambe-line);
  border-radius: 4px; background: none; color: inherit; }
.flambe-app button:hover { border-color: currentColor; }
.flambe-app button[aria-pressed=true], .flambe-app button[aria-expanded=true] { background: var(--flambe-pressed);
  border-color: currentColor; }
.flambe-app .host { flex: 1; min-height: 0; }
.flambe-app .details { min-height: 1.4em; padding-top: 6px; }
.flambe-app dl { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0 0 8px; }
.flambe-app dl[hidden] { display: none; }
.flambe-app dl div { display: flex; gap: 6px; }
.flambe-app dt { font-weight: 600; }
.flambe-app dd { margin: 0; color: var(--flambe-quiet); }
@media (forced-colors: active) { .flambe-app button[aria-pressed=true] { background: Highlight; color: HighlightText;
  forced-color-adjust: none; } }
.paper { height: auto; padding: 0; }
.paper .bar, .paper dl, .paper .details, .paper .hover, .paper .focus, .paper .flambe-tooltip { display: none; }
.paper .host { flex: none; margin-top: 8px; }
.paper .flambe-graph { overflow: hidden; scrollbar-gutter: auto; }
.paper rect { print-color-adjust: exact; }
`;
