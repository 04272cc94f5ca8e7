import { detailsLines } from '../flamegraph/describe.ts';
import type { Orientation } from '../flamegraph/drawing.ts';
import { unpackGraph } from '../flamegraph/pack.ts';
import { formatMatches } from '../flamegraph/search.ts';
import { type Item, planOf } from '../flamegraph/view.ts';
import { setAttributes, svgElement } from './dom.ts';
import { namePath, nodeAtNames } from './fragment.ts';
import { createFlameGraph } from './graph.ts';
import { printWell } from './print.ts';

/**
 * Brings an exported file to life: in place of the still drawing, the live graph drawn from the columns that the file
 * carries, with its controls, as wide as the window. When anything is missing for that, the still drawing stays.
 */
export function enliven(root: SVGSVGElement): void {
  const packed = unpackGraph(root.querySelector('metadata')!.textContent!);
  const { tree, start, whole, facts, paint } = packed;
  const part = (name: string) => root.querySelector<HTMLElement>(`[data-part=${name}]`)!;
  const searchBox = part('search') as HTMLInputElement;
  const [matchCase, pattern, flame, keys] = [part('case'), part('pattern'), part('flame'), part('keys')] as const;
  const [reset, matched, help, details] = [part('reset'), part('matched'), part('help'), part('details')] as const;
  const main = part('main');
  const stage = svgElement(root.ownerDocument, 'foreignObject', { width: '100%', height: '100%' });
  stage.append(main);
  root.querySelector('.flambe-still')!.replaceWith(stage);
  root.removeAttribute('viewBox');
  /** In a page of somebody else's, the file keeps the height that it came with, and leaves the address alone. */
  const isAlone = root.parentNode === document;
  setAttributes(root, isAlone ? { width: '100%', height: '100%' } : { width: '100%' });
  // That page has a main part of its own.
  if (!isAlone) main.removeAttribute('role');

  const plan = planOf(tree, { whole, of: facts.calls ? 'call' : 'all', start });
  let { orientation } = packed;
  let hovered: Item | null = null;
  let selected: Item | null = null;
  let viewed = plan.whole;
  let zoomed = 0;
  const tell = () => {
    const item = hovered ?? selected;
    details.textContent = item && detailsLines(plan, item, viewed).join(' · ');
  };
  const graph = createFlameGraph(
    part('host'),
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
      onZoom: ({ first, end }, isZoomed, time) => {
        // A run of narrow boxes has no name of its own: a link leads to what they are in.
        zoomed = end === first + tree.subtreeSize[first]! ? first : tree.parent[first]!;
        viewed = time;
        reset.hidden = !isZoomed;
        tell();
        writeFragment();
      },
      onMatch: (result) => {
        matched.textContent = result ? formatMatches(result) : '';
        matched.title = result?.error ?? '';
      },
    },
  );
  const turn = (wanted: Orientation) => {
    orientation = wanted;
    flame.ariaPressed = String(wanted === 'flame');
    graph.setLook({ orientation, paint });
  };
  const find = () =>
    graph.search({ terms: [searchBox.value], isRegex: isOn(pattern), isCaseSensitive: isOn(matchCase) });
  const change = () => {
    find();
    writeFragment();
  };
  const showHelp = (isShown: boolean) => {
    help.hidden = !isShown;
    keys.ariaExpanded = String(isShown);
  };

  /** `#at=reduce&at=clone&find=keys&case&plain` */
  const writeFragment = () => {
    if (!isAlone) return;
    const wanted = new URLSearchParams(namePath(tree, zoomed).map((name) => ['at', name]));
    if (searchBox.value) wanted.set('find', searchBox.value);
    if (isOn(matchCase)) wanted.set('case', '');
    if (!isOn(pattern)) wanted.set('plain', '');
    const [address] = location.href.split('#');
    try {
      history.replaceState(null, '', wanted.size ? `${address}#${wanted}` : address);
    } catch {
      // A sandbox or a blob: has no address to be changed.
    }
  };
  const readFragment = (fragment: string) => {
    const wanted = new URLSearchParams(fragment.slice(1));
    searchBox.value = wanted.get('find') ?? '';
    matchCase.ariaPressed = String(wanted.has('case'));
    pattern.ariaPressed = String(!wanted.has('plain'));
    find();
    graph.resetZoom();
    graph.zoomTo(nodeAtNames(tree, wanted.getAll('at')));
  };

  const asked = isAlone ? location.hash : '';
  graph.show(plan);
  turn(orientation);
  readFragment(asked);
  if (isAlone) {
    addEventListener('hashchange', () => readFragment(location.hash));
    printWell(root, main, part('host'), () => graph.resize());
  }

  const onClick = (button: HTMLElement, does: () => void) => button.addEventListener('click', does);
  for (const button of [matchCase, pattern])
    onClick(button, () => {
      button.ariaPressed = String(!isOn(button));
      change();
    });
  onClick(part('before'), () => graph.step(-1));
  onClick(part('next'), () => graph.step(1));
  onClick(flame, () => turn(orientation === 'flame' ? 'icicle' : 'flame'));
  onClick(keys, () => showHelp(help.hidden === true));
  onClick(reset, () => {
    graph.resetZoom();
    graph.focus();
  });
  searchBox.addEventListener('input', change);

  const byKey: Readonly<Record<string, () => void>> = {
    '/': () => searchBox.select(),
    '?': () => showHelp(help.hidden === true),
    Escape: () => showHelp(false),
    f: () => turn('flame'),
    i: () => turn('icicle'),
    n: () => graph.step(1),
    N: () => graph.step(-1),
  };
  root.addEventListener('keydown', (event) => {
    const { key, altKey, shiftKey } = event;
    const isTyping = event.target === searchBox;
    let does: (() => void) | undefined;
    if (altKey) return;
    // A second Ctrl+F, from within our search box, is for the browser's own.
    if (event.ctrlKey || event.metaKey) does = key === 'f' && !isTyping ? byKey['/'] : undefined;
    else if (key === 'F3' || (isTyping && key === 'Enter')) does = byKey[shiftKey ? 'N' : 'n'];
    else if (!isTyping) does = byKey[key];
    if (!does) return;
    event.preventDefault();
    does();
  });
}

function isOn(button: HTMLElement): boolean {
  return button.ariaPressed === 'true';
}
