import { describe, detailsLine } from '../flamegraph/describe.ts';
import { type GraphFacts, measureLine, originLine } from '../flamegraph/facts.ts';
import { harmless } from '../flamegraph/names.ts';
import { unpackGraph } from '../flamegraph/pack.ts';
import { formatMatches } from '../flamegraph/search.ts';
import type { CallTree, NodeIndex } from '../profile/model.ts';
import { htmlElement, setAttributes, svgElement } from './dom.ts';
import { createFlameGraph } from './graph.ts';

/**
 * Brings an exported file to life: in place of the still drawing, the live graph drawn from the columns that the file
 * carries, with its controls, as wide as the window. When anything is missing for that, the still drawing stays.
 */
export function enliven(root: SVGSVGElement): void {
  const document = root.ownerDocument;
  const { tree, facts } = unpackGraph(root.querySelector('metadata')!.textContent!);
  const { app, host, searchBox, matched, reset, details } = createApp(document, tree, facts);
  const stage = svgElement(document, 'foreignObject', { width: '100%', height: '100%' });
  stage.append(app);
  root.querySelector('.flambe-still')!.replaceWith(stage);
  root.removeAttribute('viewBox');
  // In a page of somebody else's, the file keeps the height that it came with.
  setAttributes(root, root.parentNode === document ? { width: '100%', height: '100%' } : { width: '100%' });

  let hovered: NodeIndex | null = null;
  let selected: NodeIndex = 0;
  const tell = () => {
    details.textContent = detailsLine(describe(tree, hovered ?? selected, graph.viewRoot));
  };
  const graph = createFlameGraph(host, {
    onHover: (node) => {
      hovered = node;
      tell();
    },
    onSelect: (node) => {
      selected = node;
      tell();
    },
    onZoom: (zoomedTo, isZoomed) => {
      selected = zoomedTo;
      reset.hidden = !isZoomed;
      tell();
    },
    onMatch: (result) => {
      matched.textContent = result ? formatMatches(result) : '';
      matched.title = result?.error ?? '';
    },
  });
  graph.show(tree);

  searchBox.addEventListener('input', () => graph.search(searchBox.value));
  reset.addEventListener('click', () => {
    graph.resetZoom();
    graph.focus();
  });
  root.addEventListener('keydown', (event) => {
    const wantsSearch = event.key === '/' || (event.key === 'f' && (event.ctrlKey || event.metaKey));
    // A second Ctrl+F, from within our search box, is for the browser's own.
    if (!wantsSearch || event.target === searchBox) return;
    event.preventDefault();
    searchBox.select();
  });
}

/** The elements around the graph; they do nothing yet. */
function createApp(document: Document, tree: CallTree, facts: GraphFacts) {
  const element = <Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    attributes: Readonly<Record<string, string>> = {},
    ...content: readonly (Node | string)[]
  ) => {
    const made = htmlElement(document, name, attributes);
    made.append(...content);
    return made;
  };
  const searchBox = element('input', {
    type: 'search',
    'aria-label': 'Search frames',
    placeholder: 'Search frames',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const matched = element('output', { role: 'status' });
  const reset = element('button', { type: 'button', hidden: '' }, 'Reset zoom');
  const host = element('div', { class: 'host' });
  const details = element('p', { class: 'details' });
  const app = element(
    'main',
    { class: 'flambe-app' },
    element('style', {}, appStyle),
    element('h1', {}, harmless(facts.target)),
    element('p', { class: 'facts' }, measureLine(tree, facts)),
    element('p', { class: 'facts' }, originLine(facts)),
    element('div', { class: 'bar' }, searchBox, matched, reset),
    host,
    details,
  );
  return { app, host, searchBox, matched, reset, details };
}

const appStyle = `
.flambe-app { box-sizing: border-box; display: flex; flex-direction: column; height: 100%; padding: 8px 10px;
  color: var(--flambe-text); font: 12px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.flambe-app h1 { margin: 0; font-size: 16px; font-weight: 600; overflow-wrap: anywhere; }
.flambe-app p { margin: 0; overflow-wrap: anywhere; }
.flambe-app .facts, .flambe-app output { color: var(--flambe-quiet); }
.flambe-app .bar { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; min-height: 24px; margin: 8px 0; }
.flambe-app input { flex: 0 1 220px; min-width: 0; height: 24px; box-sizing: border-box; font: inherit; }
.flambe-app input::placeholder { color: var(--flambe-quiet); opacity: 1; }
.flambe-app button { font: inherit; height: 24px; }
.flambe-app .host { flex: 1; min-height: 0; }
.flambe-app .details { min-height: 1.4em; padding-top: 6px; }
`;
