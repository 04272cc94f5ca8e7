import { detailsLines } from '../flamegraph/describe.ts';
import { type GraphFacts, measureLine, originLine } from '../flamegraph/facts.ts';
import { harmless } from '../flamegraph/names.ts';
import { unpackGraph } from '../flamegraph/pack.ts';
import { formatMatches } from '../flamegraph/search.ts';
import { type Item, planOf } from '../flamegraph/view.ts';
import type { CallTree } from '../profile/model.ts';
import { htmlElement, setAttributes, svgElement } from './dom.ts';
import { createFlameGraph } from './graph.ts';

/**
 * Brings an exported file to life: in place of the still drawing, the live graph drawn from the columns that the file
 * carries, with its controls, as wide as the window. When anything is missing for that, the still drawing stays.
 */
export function enliven(root: SVGSVGElement): void {
  const document = root.ownerDocument;
  const { tree, whole, facts, orientation, paint } = unpackGraph(root.querySelector('metadata')!.textContent!);
  const { app, host, searchBox, matched, reset, details } = createApp(document, tree, facts);
  const stage = svgElement(document, 'foreignObject', { width: '100%', height: '100%' });
  stage.append(app);
  root.querySelector('.flambe-still')!.replaceWith(stage);
  root.removeAttribute('viewBox');
  // In a page of somebody else's, the file keeps the height that it came with.
  setAttributes(root, root.parentNode === document ? { width: '100%', height: '100%' } : { width: '100%' });

  const plan = planOf(tree, { whole });
  let hovered: Item | null = null;
  let selected: Item | null = null;
  let viewed = plan.whole;
  const tell = () => {
    const item = hovered ?? selected;
    details.textContent = item && detailsLines(plan, item, viewed).join(' · ');
  };
  const graph = createFlameGraph(
    host,
    { orientation, paint },
    {
      onHover: (item) => {
        hovered = item;
        tell();
      },
      onSelect: (item) => {
        selected = item;
        tell();
      },
      onZoom: (_, isZoomed, time) => {
        viewed = time;
        reset.hidden = !isZoomed;
        tell();
      },
      onMatch: (result) => {
        matched.textContent = result ? formatMatches(result) : '';
        matched.title = result?.error ?? '';
      },
    },
  );
  graph.show(plan);

  searchBox.addEventListener('input', () =>
    graph.search({ terms: [searchBox.value], isRegex: true, isCaseSensitive: false }),
  );
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
    element('h1', {}, harmless(facts.target)),
    element('p', { class: 'facts' }, measureLine(tree, facts)),
    element('p', { class: 'facts' }, originLine(facts)),
    element('div', { class: 'bar' }, searchBox, matched, reset),
    host,
    details,
  );
  return { app, host, searchBox, matched, reset, details };
}
