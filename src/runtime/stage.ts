import type { Paint } from '../flamegraph/color.ts';
import { itemDescription, itemName } from '../flamegraph/describe.ts';
import {
  boxHeight,
  type Drawing,
  drawItem,
  type Orientation,
  type Pen,
  rowHeight,
  rowTop,
} from '../flamegraph/drawing.ts';
import { type Hatch, hatches } from '../flamegraph/hatches.ts';
import type { CharWidth } from '../flamegraph/labels.ts';
import { type Item, isAbove, isStrip, type Plan, type RowRange, type Zoom } from '../flamegraph/view.ts';
import type { NodeIndex } from '../profile/model.ts';
import { type Attributes, htmlElement, setAttributes, svgElement } from './dom.ts';
import type { Stretch } from './glide.ts';
import { measureIn } from './measure.ts';

/** What is drawn, wherever in it one looks. A new object for whatever changes the look of items already drawn. */
export interface Scene {
  readonly plan: Plan;
  readonly zoom: Zoom;
  /** Pixels, and the rows that the view then fills. */
  readonly width: number;
  readonly rows: number;
  readonly orientation: Orientation;
  readonly paint: Paint;
}

/** For each frame the number of the search term that it matched, 0 for none; null without a search. */
export type Terms = Uint8Array | null;

interface DrawnItem {
  item: Item;
  readonly rect: SVGRectElement;
  /** There where something of the name fits. */
  label: SVGTextElement | null;
  scene: Scene | null;
  /** Its class, which says what a search or a zoom makes of it; null for one that was never drawn. */
  mark: string | null;
  drawing: Drawing | null;
  isNamed: boolean;
  /** What was set of the two elements. */
  rectSet: Attributes;
  labelSet: Attributes;
}

/** Rows drawn above and below those in sight, so that scrolling by a little shows no blank. */
const overscan = 4;

let stages = 0;

/**
 * The elements of a graph: a scroller, in it an `<svg>` as high as the graph, in it the items in sight. Keeps the
 * elements of items that stay, so that focus stays too; their order is that of the tree.
 */
export class Stage {
  readonly scroller: HTMLElement;
  readonly #svg: SVGSVGElement;
  readonly #boxes: SVGGElement;
  readonly #labels: SVGGElement;
  readonly #hover: SVGRectElement;
  readonly #focus: SVGRectElement;
  readonly #charWidth: CharWidth;
  readonly #hatch: Pen['hatch'];
  readonly #drawnByKey = new Map<number, DrawnItem>();
  readonly #drawnByRect = new WeakMap<Element, DrawnItem>();
  readonly #emptyRect: SVGRectElement;
  readonly #emptyLabel: SVGTextElement;
  readonly #resizes: ResizeObserver;
  /** CSS pixels. Asked of the document only when they have changed: each question makes it lay out what was drawn. */
  #size = { width: 0, height: 0 };
  #scrollTop = 0;
  /** Of what is drawn. */
  #rootTop = 0;
  #tabStop: SVGRectElement | undefined;
  #svgSet: Attributes = {};
  /** That there is room for. */
  #rows = 0;

  /** `name` is the tree's accessible name. `onChange` hears that another part of it is in sight. */
  constructor(host: Element, name: string, onChange: () => void) {
    const document = host.ownerDocument;
    const id = `flambe-hatch-${++stages}`;
    this.scroller = htmlElement(document, 'div', { class: 'flambe-graph' });
    this.#svg = svgElement(document, 'svg', { role: 'tree', 'aria-label': name });
    this.#boxes = svgElement(document, 'g', { role: 'none' });
    this.#labels = svgElement(document, 'g', { 'aria-hidden': 'true' });
    this.#hover = svgElement(document, 'rect', { class: 'hover', role: 'none' });
    this.#focus = svgElement(document, 'rect', { class: 'focus', role: 'none' });
    const defs = svgElement(document, 'defs');
    defs.append(hatchPattern(document, id, hatches.empty), hatchPattern(document, `${id}-strip`, hatches.strip));
    this.#svg.append(defs, this.#boxes, this.#labels, this.#hover, this.#focus);
    this.scroller.append(this.#svg);
    host.append(this.scroller);
    this.#charWidth = measureIn(this.scroller);
    this.#emptyRect = svgElement(document, 'rect', { role: 'treeitem', tabindex: -1, height: boxHeight });
    this.#emptyLabel = svgElement(document, 'text');
    this.measure();
    this.#resizes = new ResizeObserver(() => {
      this.measure();
      onChange();
    });
    this.#resizes.observe(this.scroller);
    this.scroller.addEventListener('scroll', () => {
      this.#scrollTop = this.scroller.scrollTop;
      onChange();
    });
    this.#hatch = { empty: `url(#${id})`, strip: `url(#${id}-strip)` };
  }

  /** Pixels that a graph can be wide. */
  get width(): number {
    return this.#size.width;
  }

  /** The rows worth drawing. */
  rowsInSight({ orientation, rows }: Scene): RowRange {
    const first = Math.floor(this.#scrollTop / rowHeight) - overscan;
    const last = Math.ceil((this.#scrollTop + this.#size.height) / rowHeight) + overscan;
    return orientation === 'icicle' ? { first, last } : { first: rows - 1 - last, last: rows - 1 - first };
  }

  /** Draws what is in sight of a scene, and nothing else. Names can wait, which take most of the time; that of the tab stop does not. */
  draw(scene: Scene, terms: Terms, items: readonly Item[], namesWait: boolean): void {
    const wanted = new Set(items.map(keyOf));
    for (const [key, drawn] of this.#drawnByKey) if (!wanted.has(key)) this.#remove(key, drawn);
    this.#setSize(scene);
    const { paint, orientation, rows } = scene;
    const pen: Pen = { charWidth: this.#charWidth, hatch: this.#hatch, paint, top: rowTop(orientation, rows) };
    this.#rootTop = pen.top(0);
    this.#boxes.removeAttribute('transform');
    let place = this.#boxes.firstElementChild;
    for (const item of items) {
      const drawn = this.#drawnByKey.get(keyOf(item)) ?? this.#create(item);
      this.#paint(drawn, scene, terms, item, pen);
      if (!namesWait) name(drawn);
      if (drawn.rect === place) place = place.nextElementSibling;
      else this.#boxes.insertBefore(drawn.rect, place);
    }
  }

  get hasFocus(): boolean {
    return this.scroller.matches(':focus-within');
  }

  /** Moves the boxes as they are from one stretch to another, until a scene is drawn. */
  stretch(from: Stretch, to: Stretch, { orientation }: Scene): void {
    const pixels = this.width / (to.to - to.from);
    const scale = ((from.to - from.from) * pixels) / this.width;
    const down = rowTop(orientation, this.#rows)(0) - this.#rootTop;
    setAttributes(this.#boxes, { transform: `matrix(${scale} 0 0 1 ${(from.from - to.from) * pixels} ${down})` });
  }

  /** Forgets all items: the nodes will be those of another tree. */
  clear(): void {
    for (const [key, drawn] of this.#drawnByKey) this.#remove(key, drawn);
  }

  elementOf(item: Item): SVGRectElement | undefined {
    return this.#drawnByKey.get(keyOf(item))?.rect;
  }

  /** The item that an event hit. */
  itemAt(target: EventTarget | null): Item | null {
    return (target instanceof Element && this.#drawnByRect.get(target)?.item) || null;
  }

  /** The one item that Tab leads to. */
  setTabStop(item: Item): void {
    const drawn = this.#drawnByKey.get(keyOf(item));
    if (drawn) name(drawn);
    if (drawn?.rect === this.#tabStop) return;
    this.#tabStop?.setAttribute('tabindex', '-1');
    this.#tabStop = drawn?.rect;
    this.#tabStop?.setAttribute('tabindex', '0');
  }

  outline(which: 'hover' | 'focus', item: Item | null): void {
    const outline = which === 'hover' ? this.#hover : this.#focus;
    const drawing = item && this.#drawnByKey.get(keyOf(item))?.drawing;
    outline.style.display = drawing ? '' : 'none';
    if (drawing) setAttributes(outline, inset(drawing));
  }

  /** Scrolls as little as brings a row into sight. */
  scrollToRow(row: number, scene: Scene): void {
    const { orientation, rows } = scene;
    const top = rowTop(orientation, rows)(row);
    const most = Math.max(rows * rowHeight - this.#size.height, 0);
    const lowest = top + rowHeight - this.#size.height;
    const wanted = Math.min(Math.max(Math.min(this.#scrollTop, top), lowest), most);
    if (wanted === this.#scrollTop) return;
    this.#setSize(scene);
    this.#scrollTop = wanted;
    this.scroller.scrollTop = wanted;
  }

  destroy(): void {
    this.#resizes.disconnect();
    this.scroller.remove();
  }

  /** Takes its size as it is now. What grows upwards stands on its ground, also when there is less room above. */
  measure(): void {
    const { clientWidth: width, clientHeight: height } = this.scroller;
    if (this.#rootTop > 0) this.scroller.scrollTop += this.#size.height - height;
    this.#size = { width, height };
  }

  #setSize({ rows }: Scene): void {
    this.#rows = rows;
    this.#svgSet = setChanged(this.#svg, this.#svgSet, { width: this.width, height: rows * rowHeight });
  }

  #create(item: Item): DrawnItem {
    const rect = this.#emptyRect.cloneNode() as SVGRectElement;
    const drawn: DrawnItem = {
      item,
      rect,
      label: null,
      scene: null,
      mark: null,
      drawing: null,
      isNamed: false,
      rectSet: { class: '' },
      labelSet: {},
    };
    this.#drawnByKey.set(keyOf(item), drawn);
    this.#drawnByRect.set(rect, drawn);
    return drawn;
  }

  #remove(key: number, { rect, label }: DrawnItem): void {
    rect.remove();
    label?.remove();
    this.#drawnByKey.delete(key);
  }

  #paint(drawn: DrawnItem, scene: Scene, terms: Terms, item: Item, pen: Pen): void {
    const { scene: before, item: last } = drawn;
    const isPlaced = before === scene && last.x === item.x && last.width === item.width;
    const { plan, zoom } = scene;
    const isFaded = isAbove(plan.tree, item.node, zoom);
    const term = isFaded || isStrip(item) ? 0 : (terms?.[plan.tree.frame[item.node]!] ?? 0);
    const mark = term > 0 ? `match-${term}` : isFaded || terms ? 'dim' : '';
    if (isPlaced && drawn.mark === mark) return;
    // Names stay the same in all views of a plan.
    if (before?.plan !== plan || isStrip(item)) drawn.isNamed = false;
    const drawing = (isPlaced && drawn.drawing) || drawItem(plan, item, pen);
    drawn.drawing = drawing;
    drawn.scene = scene;
    drawn.mark = mark;
    drawn.item = item;
    const { x, y, width, fill, label, labelX, labelY, tone } = drawing;
    drawn.rectSet = setChanged(drawn.rect, drawn.rectSet, { x, y, width, fill, class: mark });
    if (label === '') {
      drawn.label?.remove();
      drawn.label = null;
      return;
    }
    if (!drawn.label) {
      drawn.label = this.#emptyLabel.cloneNode() as SVGTextElement;
      drawn.labelSet = {};
      this.#labels.append(drawn.label);
    }
    drawn.labelSet = setChanged(drawn.label, drawn.labelSet, { x: labelX, y: labelY, class: `${mark} ${tone}` });
    if (drawn.label.textContent !== label) drawn.label.textContent = label;
  }
}

/** Sets what differs from what was set before: attributes are what drawing costs most. Gives what is set now. */
function setChanged(element: Element, before: Attributes, after: Attributes): Attributes {
  for (const name in after) if (after[name] !== before[name]) element.setAttribute(name, String(after[name]));
  return after;
}

/** Writes what a screen reader says of an item, if that is not there. */
function name(drawn: DrawnItem): void {
  if (drawn.isNamed) return;
  drawn.isNamed = true;
  setAttributes(drawn.rect, accessibleFacts(drawn.scene!.plan, drawn.item));
}

/** A strip and the box of its first node are two things. */
function keyOf(item: Item): number {
  return isStrip(item) ? -1 - item.node : item.node;
}

function accessibleFacts(plan: Plan, item: Item): Readonly<Record<string, string | number>> {
  const { tree, layout } = plan;
  const parent: NodeIndex = tree.parent[item.node]!;
  return {
    'aria-label': itemName(plan, item),
    'aria-description': itemDescription(plan, item),
    'aria-level': tree.depth[item.node]! + 1,
    'aria-posinset': layout.position[item.node]!,
    'aria-setsize': parent < 0 ? 1 : layout.childCount[parent]!,
  };
}

/** Where an outline runs: half a pixel inside the box, so that a thin one is crisp and a thick one leaves room for the label. */
function inset({ x, y, width, height }: Drawing): Attributes {
  return { x: x + 0.5, y: y + 0.5, width: Math.max(width - 1, 0.5), height: height - 1 };
}

function hatchPattern(document: Document, id: string, { className, size, line }: Hatch): SVGPatternElement {
  const pattern = svgElement(document, 'pattern', {
    id,
    class: className,
    width: size,
    height: size,
    patternUnits: 'userSpaceOnUse',
  });
  pattern.append(
    svgElement(document, 'rect', { width: size, height: size }),
    svgElement(document, 'path', { d: line }),
  );
  return pattern;
}
