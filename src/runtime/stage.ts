import { describe, itemDescription, itemName } from '../flamegraph/describe.ts';
import { drawBox, isNotSampled, type Pen, rowHeight, stripsPath, stripsTitle } from '../flamegraph/drawing.ts';
import type { Box, Layout, RowRange, Sight, View } from '../flamegraph/layout.ts';
import { graphStyle, hatch } from '../flamegraph/style.ts';
import type { CallTree, NodeIndex } from '../profile/model.ts';
import { htmlElement, setAttributes, svgElement } from './dom.ts';
import { measureIn } from './measure.ts';

/** What is drawn. A new object for whatever changes the look of boxes already drawn. */
export interface Scene {
  readonly tree: CallTree;
  readonly layout: Layout;
  readonly view: View;
  /** Rows that the view fills. */
  readonly rows: number;
  /** 1 for each frame that the search matched; null without a search. */
  readonly matched: Uint8Array | null;
}

interface DrawnBox {
  readonly node: NodeIndex;
  readonly item: SVGGElement;
  readonly rect: SVGRectElement;
  readonly text: SVGTextElement;
  scene: Scene | null;
}

/** Rows drawn above and below those in sight, so that scrolling by a little shows no blank. */
const overscan = 4;

let stages = 0;

/**
 * The elements of a graph: a scroller, in it an `<svg>` as high as the graph, in it the boxes in sight. Keeps the
 * elements of boxes that stay, so that focus stays too; their order is that of the tree.
 */
export class Stage {
  readonly scroller: HTMLElement;
  readonly #svg: SVGSVGElement;
  readonly #strips: SVGPathElement;
  readonly #boxes: SVGGElement;
  readonly #hover: SVGRectElement;
  readonly #focus: SVGRectElement;
  readonly #pen: Pen;
  readonly #drawnByNode = new Map<NodeIndex, DrawnBox>();
  readonly #nodeByItem = new WeakMap<Element, NodeIndex>();
  #tabStop: SVGGElement | undefined;

  constructor(host: Element) {
    const document = host.ownerDocument;
    const hatchId = `flambe-hatch-${++stages}`;
    this.scroller = htmlElement(document, 'div', { class: 'flambe-graph' });
    const style = htmlElement(document, 'style');
    style.textContent = graphStyle + liveStyle;
    this.#svg = svgElement(document, 'svg', { role: 'tree', 'aria-label': 'Flame graph' });
    this.#strips = svgElement(document, 'path', { class: 'strips', role: 'none' });
    const stripsHint = svgElement(document, 'title');
    stripsHint.textContent = stripsTitle;
    this.#strips.append(stripsHint);
    this.#boxes = svgElement(document, 'g', { role: 'none' });
    this.#hover = svgElement(document, 'rect', { class: 'hover', role: 'none' });
    this.#focus = svgElement(document, 'rect', { class: 'focus', role: 'none' });
    this.#svg.append(hatchPattern(document, hatchId), this.#strips, this.#boxes, this.#hover, this.#focus);
    this.scroller.append(style, this.#svg);
    host.append(this.scroller);
    this.#pen = { charWidth: measureIn(this.scroller), hatch: `url(#${hatchId})` };
  }

  /** Pixels that a graph can be wide. */
  get width(): number {
    return this.scroller.clientWidth;
  }

  /** The rows worth drawing. */
  get rows(): RowRange {
    const { scrollTop, clientHeight } = this.scroller;
    return {
      first: Math.floor(scrollTop / rowHeight) - overscan,
      last: Math.ceil((scrollTop + clientHeight) / rowHeight) + overscan,
    };
  }

  /** Makes room for a scene; a second step draws it, when the place to scroll to is settled. */
  setSize({ view, rows }: Scene): void {
    setAttributes(this.#svg, { width: view.width, height: rows * rowHeight });
  }

  /** Draws what is in sight of a scene, and nothing else. */
  draw(scene: Scene, { boxes, strips }: Sight): void {
    const wanted = new Set(boxes.map(({ node }) => node));
    for (const [node, { item }] of this.#drawnByNode) if (!wanted.has(node)) this.#remove(node, item);
    this.#svg.classList.toggle('searching', scene.matched !== null);
    this.#strips.setAttribute('d', stripsPath(strips));
    let place = this.#boxes.firstElementChild;
    for (const box of boxes) {
      const drawn = this.#drawnByNode.get(box.node) ?? this.#create(box.node);
      if (drawn.scene !== scene) this.#paint(drawn, scene, box);
      if (drawn.item === place) place = place.nextElementSibling;
      else this.#boxes.insertBefore(drawn.item, place);
    }
  }

  /** Forgets all boxes: the nodes will be those of another tree. */
  clear(): void {
    for (const [node, { item }] of this.#drawnByNode) this.#remove(node, item);
  }

  itemOf(node: NodeIndex): SVGGElement | undefined {
    return this.#drawnByNode.get(node)?.item;
  }

  /** The node whose box an event hit. */
  nodeAt(target: EventTarget | null): NodeIndex | null {
    const item = target instanceof Element ? target.closest('[role=treeitem]') : null;
    return (item && this.#nodeByItem.get(item)) ?? null;
  }

  /** The one box that Tab leads to. */
  setTabStop(node: NodeIndex): void {
    const item = this.itemOf(node);
    if (item === this.#tabStop) return;
    this.#tabStop?.setAttribute('tabindex', '-1');
    item?.setAttribute('tabindex', '0');
    this.#tabStop = item;
  }

  outline(which: 'hover' | 'focus', node: NodeIndex | null): void {
    const outline = which === 'hover' ? this.#hover : this.#focus;
    const drawn = node === null ? undefined : this.#drawnByNode.get(node);
    outline.style.display = drawn ? '' : 'none';
    if (drawn) setAttributes(outline, inset(drawn.rect));
  }

  scrollToRow(row: number): void {
    const { scrollTop, clientHeight } = this.scroller;
    const top = row * rowHeight;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight) this.scroller.scrollTop = top + rowHeight - clientHeight;
  }

  destroy(): void {
    this.scroller.remove();
  }

  #create(node: NodeIndex): DrawnBox {
    const document = this.#svg.ownerDocument;
    const item = svgElement(document, 'g', { role: 'treeitem', tabindex: -1 });
    const rect = svgElement(document, 'rect');
    const text = svgElement(document, 'text');
    item.append(rect, text);
    const drawn = { node, item, rect, text, scene: null };
    this.#drawnByNode.set(node, drawn);
    this.#nodeByItem.set(item, node);
    return drawn;
  }

  #remove(node: NodeIndex, item: Element): void {
    item.remove();
    this.#drawnByNode.delete(node);
  }

  #paint(drawn: DrawnBox, scene: Scene, box: Box): void {
    const { tree, layout, view, matched } = scene;
    const { node } = box;
    const { x, y, width, height, fill, label, labelX, labelY } = drawBox(tree, box, this.#pen);
    const details = describe(tree, node, view.root);
    const parent = tree.parent[node]!;
    const faded = node < view.root;
    drawn.scene = scene;
    drawn.item.classList.toggle('faded', faded);
    drawn.item.classList.toggle('empty', isNotSampled(tree, box));
    drawn.item.classList.toggle('match', !faded && matched?.[tree.frame[node]!] === 1);
    setAttributes(drawn.item, {
      'aria-label': itemName(details),
      'aria-description': itemDescription(details),
      'aria-level': tree.depth[node]! + 1,
      'aria-posinset': layout.position[node]!,
      'aria-setsize': parent < 0 ? 1 : layout.childCount[parent]!,
    });
    setAttributes(drawn.rect, { x, y, width, height, fill });
    setAttributes(drawn.text, { x: labelX, y: labelY });
    drawn.text.textContent = label;
  }
}

/** Where an outline runs: half a pixel inside the box, so that a thin one is crisp and a thick one leaves room for the label. */
function inset(rect: SVGRectElement): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = rect.getBBox();
  return { x: x + 0.5, y: y + 0.5, width: Math.max(width - 1, 0.5), height: height - 1 };
}

const liveStyle = `
.flambe-graph { height: 100%; overflow: hidden auto; scrollbar-gutter: stable; scrollbar-width: thin; }
.flambe-graph svg { display: block; }
.flambe-graph .hover, .flambe-graph .focus { fill: none; pointer-events: none; shape-rendering: auto; }
.flambe-graph .hover { stroke: var(--hover); stroke-width: 1px; }
.flambe-graph .focus { stroke: var(--focus); stroke-width: 3px; filter: drop-shadow(0 0 1px var(--halo)); }
`;

function hatchPattern(document: Document, id: string): SVGDefsElement {
  const { size, line } = hatch;
  const defs = svgElement(document, 'defs');
  const pattern = svgElement(document, 'pattern', {
    id,
    class: 'hatch',
    width: size,
    height: size,
    patternUnits: 'userSpaceOnUse',
  });
  pattern.append(
    svgElement(document, 'rect', { width: size, height: size }),
    svgElement(document, 'path', { d: line }),
  );
  defs.append(pattern);
  return defs;
}
