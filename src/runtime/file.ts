import { describe, detailsLine } from '../flamegraph/describe.ts';
import { measureLine, originLine } from '../flamegraph/facts.ts';
import { harmless } from '../flamegraph/names.ts';
import { unpackGraph } from '../flamegraph/pack.ts';
import { formatMatches } from '../flamegraph/search.ts';
import type { NodeIndex } from '../profile/model.ts';
import { htmlElement, setAttributes, svgElement } from './dom.ts';
import { createFlameGraph } from './graph.ts';

/**
 * Brings an exported file to life: in place of the still drawing, the live graph drawn from the columns that the file
 * carries, with its controls, as wide as the window. When anything is missing for that, the still drawing stays.
 */
export function enliven(root: SVGSVGElement): void {
  const document = root.ownerDocument;
  const { tree, facts } = unpackGraph(root.querySelector('metadata')!.textContent!);
  const stage = svgElement(document, 'foreignObject', { width: '100%', height: '100%' });
  const app = htmlElement(document, 'main', { class: 'flambe-app' });
  const style = htmlElement(document, 'style');
  style.textContent = appStyle;
  const paragraph = (className: string, text: string) => {
    const element = htmlElement(document, 'p', { class: className });
    element.textContent = text;
    return element;
  };

  const title = htmlElement(document, 'h1');
  title.textContent = harmless(facts.target);
  const head = htmlElement(document, 'header');
  head.append(title, paragraph('facts', measureLine(tree, facts)), paragraph('facts', originLine(facts)));

  const searchBox = htmlElement(document, 'input', {
    type: 'search',
    'aria-label': 'Search frames',
    placeholder: 'Search frames',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const matched = htmlElement(document, 'output', { role: 'status' });
  const reset = htmlElement(document, 'button', { type: 'button' });
  reset.textContent = 'Reset zoom';
  reset.hidden = true;
  const bar = htmlElement(document, 'div', { class: 'bar' });
  bar.append(searchBox, matched, reset);

  const host = htmlElement(document, 'div', { class: 'host' });
  const details = paragraph('details', '');
  app.append(style, head, bar, host, details);
  stage.append(app);

  const still = root.querySelector('.flambe-still')!;
  still.replaceWith(stage);
  root.removeAttribute('viewBox');
  // In a page of somebody else's, the file keeps the height that it came with.
  setAttributes(root, root.parentNode === document ? { width: '100%', height: '100%' } : { width: '100%' });

  let hovered: NodeIndex | null = null;
  let selected: NodeIndex | null = null;
  const tell = () => {
    details.textContent = detailsLine(describe(tree, hovered ?? selected ?? graph.viewRoot, graph.viewRoot));
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

const appStyle = `
.flambe-app { box-sizing: border-box; display: flex; flex-direction: column; height: 100%; padding: 8px 10px;
  color: var(--flambe-text); font: 12px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.flambe-app h1 { margin: 0; font-size: 16px; font-weight: 600; overflow-wrap: anywhere; }
.flambe-app p { margin: 0; overflow-wrap: anywhere; }
.flambe-app .facts, .flambe-app output { color: var(--flambe-quiet); }
.flambe-app .bar { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; min-height: 24px; margin: 8px 0; }
.flambe-app input { flex: 0 1 220px; min-width: 0; height: 24px; box-sizing: border-box; font: inherit; }
.flambe-app button { font: inherit; height: 24px; }
.flambe-app .host { flex: 1; min-height: 0; }
.flambe-app .details { min-height: 1.4em; padding-top: 6px; }
`;
