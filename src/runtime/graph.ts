import type { Paint } from '../flamegraph/color.ts';
import { detailsLines } from '../flamegraph/describe.ts';
import type { Orientation } from '../flamegraph/drawing.ts';
import {
  countMatches,
  type Matches,
  matchFrames,
  nextMatch,
  type Query,
  type SearchResult,
} from '../flamegraph/search.ts';
import {
  boxOf,
  type Item,
  isAbove,
  isInSight,
  isStrip,
  itemsInSight,
  itemsUnder,
  type Plan,
  rowsInSight,
  stretchOf,
  type View,
  type Zoom,
  zoomOn,
} from '../flamegraph/view.ts';
import type { Microseconds, NodeIndex } from '../profile/model.ts';
import { nearestAt, pathOf } from '../profile/paths.ts';
import { Glide, type Stretch } from './glide.ts';
import { moveByKey } from './keys.ts';
import { type Scene, Stage } from './stage.ts';
import { Tooltip } from './tooltip.ts';

/** Pixels; narrower boxes exist only when zoomed to. */
const minWidth = 1;
/** Items in the document at a time, each with a label or without: 5,000 elements at the most. */
const mostItems = 2400;

export interface FlameGraphOptions {
  /** The graph's accessible name. */
  readonly name?: string;
  /** The item under the pointer; null when there is none. */
  readonly onHover?: (item: Item | null) => void;
  /** The item that the keyboard or a click went to. */
  readonly onSelect?: (item: Item) => void;
  /** After every change of what is zoomed to, with its time. */
  readonly onZoom?: (zoom: Zoom, isZoomed: boolean, viewed: Microseconds) => void;
  /** After every change of what the search matched: a new query, another zoom, another tree. Null without a query. */
  readonly onMatch?: (result: SearchResult | null) => void;
  /** A double click on a box, or Ctrl+Enter (⌘ on a Mac): its source is wanted. */
  readonly onOpen?: (node: NodeIndex) => void;
  /** A right click on a box, or the keyboard's own way to its menu; the place is in CSS pixels of the window. */
  readonly onMenu?: (node: NodeIndex, place: { readonly x: number; readonly y: number }) => void;
}

export interface Look {
  readonly orientation: Orientation;
  readonly paint: Paint;
}

/**
 * A flame graph in a host element, which it fills; the host has a height of its own, the graph scrolls in it. Colours
 * follow the `color-scheme` of the host (see `graphStyle`). Each box is a treeitem of the tree.
 *
 * Mouse: a click zooms to a box, a click on a faded ancestor zooms out to it. Keys, on a focused box: arrows, Home and
 * End move (see `moveByKey`), Enter and Space zoom, Escape takes back one zoom, n, N and F3 step through what the search
 * matched. None of these keys reaches the document, for DevTools opens its drawer on an Escape that does.
 */
export interface FlameGraph {
  /**
   * Shows a tree from its root; the same tree with other names, as it is being looked at. Where it keeps its place, frames are
   * numbered as in the tree before, and zoom and keys go to where the same frames lead. A search goes on in it.
   */
  show(plan: Plan, options?: { readonly keepsPlace?: boolean }): void;
  setLook(look: Look): void;
  /** Draws at the size that the host has now; else a change of it is followed as soon as the browser tells. */
  resize(): void;
  /** Shows the subtree of a node over the whole width. */
  zoomTo(node: NodeIndex): void;
  /** Takes back one zoom; false where there is none. */
  back(): boolean;
  resetZoom(): void;
  readonly isZoomed: boolean;
  /** Highlights boxes whose name or source matches a term. */
  search(query: Query): SearchResult | null;
  /** Goes to the next box that the search matched, or to the one before; zooms to one that is too small to be drawn. */
  step(direction: 1 | -1): void;
  /** Highlights boxes of these frames (1 for each) as long as nothing is searched; null ends it. */
  highlight(frames: Uint8Array | null): void;
  /** Moves the focus into the graph, to the given node (or as near to it as the view allows) or where it was last. */
  focus(node?: NodeIndex): void;
  destroy(): void;
}

export function createFlameGraph(host: Element, look: Look, options: FlameGraphOptions = {}): FlameGraph {
  return new LiveGraph(host, look, options);
}

const nothing: Query = { terms: [], isRegex: true, isCaseSensitive: false };

class LiveGraph implements FlameGraph {
  readonly #options: FlameGraphOptions;
  readonly #stage: Stage;
  readonly #tooltip: Tooltip;
  readonly #listeners = new AbortController();
  readonly #glide: Glide;
  #look: Look;
  #scene: Scene | null = null;
  /** What was zoomed to before. */
  #history: Zoom[] = [];
  #query = nothing;
  #matches: Matches | null = null;
  #highlighted: Uint8Array | null = null;
  /** The node whose item Tab leads to and keys start from. */
  #current: NodeIndex = 0;
  #hovered: Item | null = null;
  #frame = 0;

  constructor(host: Element, look: Look, options: FlameGraphOptions) {
    this.#look = look;
    this.#options = options;
    this.#stage = new Stage(host, options.name ?? 'Flame graph', () => this.#drawSoon());
    const { scroller } = this.#stage;
    this.#tooltip = new Tooltip(scroller);
    this.#glide = new Glide(scroller, () => this.#draw());
    const { signal } = this.#listeners;
    const on = <Name extends keyof HTMLElementEventMap>(name: Name, hear: (event: HTMLElementEventMap[Name]) => void) =>
      scroller.addEventListener(name, hear, { signal });
    on('click', (event) => this.#onClick(event));
    on('dblclick', (event) => this.#onOpen(this.#stage.itemAt(event.target)));
    on('contextmenu', (event) => this.#onMenu(event));
    on('keydown', (event) => this.#onKey(event));
    on('pointermove', (event) => this.#onPointer(event));
    on('pointerleave', () => this.#hover(null));
    on('focusin', (event) => this.#onFocus(event));
    on('focusout', () => this.#stage.outline('focus', null));
  }

  get isZoomed(): boolean {
    return (this.#scene?.zoom.first ?? 0) !== 0;
  }

  show(plan: Plan, { keepsPlace = false } = {}): void {
    const before = this.#scene;
    if (before?.plan.tree.frame === plan.tree.frame) {
      this.#scene = { ...before, plan };
      this.#find();
      return;
    }
    const hadFocus = this.#stage.scroller.matches(':focus-within');
    const placeOf = (node: NodeIndex) =>
      keepsPlace && before ? nearestAt(plan.tree, pathOf(before.plan.tree, node)) : 0;
    const root = placeOf(before?.zoom.first ?? 0);
    this.#current = placeOf(this.#current);
    this.#stage.clear();
    this.#glide.end();
    this.#history = root > 0 ? [zoomOn(plan.tree, 0)] : [];
    this.#hover(null);
    this.#scene = { ...this.#look, plan, zoom: zoomOn(plan.tree, root), width: 0, rows: 1, termOf: null };
    this.#countRows();
    this.#current = this.#itemOf(this.#current).node;
    this.#stage.setSize(this.#scene);
    this.#stage.scrollToRow(plan.tree.depth[this.#current]!, this.#scene);
    this.#find();
    this.#reportZoom();
    if (hadFocus) this.focus();
  }

  setLook(look: Look): void {
    this.#look = look;
    if (!this.#scene) return;
    this.#scene = { ...this.#scene, ...look };
    this.#stage.scrollToRow(this.#scene.plan.tree.depth[this.#current]!, this.#scene);
    this.#draw();
  }

  resize(): void {
    this.#stage.measure();
    this.#draw();
  }

  zoomTo(node: NodeIndex): void {
    if (this.#scene) this.#zoomIn(zoomOn(this.#scene.plan.tree, node));
  }

  back(): boolean {
    const zoom = this.#history.pop();
    if (zoom) this.#goTo(zoom);
    return zoom !== undefined;
  }

  resetZoom(): void {
    this.#history = [];
    if (this.#scene && this.isZoomed) this.#goTo(zoomOn(this.#scene.plan.tree, 0));
  }

  search(query: Query): SearchResult | null {
    if (query !== this.#query) {
      this.#query = query;
      this.#find();
    }
    return this.#countMatches();
  }

  step(direction: 1 | -1): void {
    if (!this.#scene || !this.#matches) return;
    const { plan, zoom } = this.#scene;
    const node = nextMatch(plan.tree, this.#matches, this.#current, direction);
    if (node === null) return;
    const isOutside = node < zoom.first || node >= zoom.end;
    if (isOutside) this.resetZoom();
    if (!isInSight(plan, this.#view(), node)) this.zoomTo(node);
    this.focus(node);
  }

  highlight(frames: Uint8Array | null): void {
    if (frames === this.#highlighted) return;
    this.#highlighted = frames;
    this.#mark();
  }

  focus(node: NodeIndex = this.#current): void {
    if (!this.#scene) return;
    const item = this.#itemOf(node);
    this.#current = item.node;
    this.#stage.scrollToRow(this.#scene.plan.tree.depth[item.node]!, this.#scene);
    this.#draw();
    this.#stage.elementOf(item)?.focus({ preventScroll: true });
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#glide.end();
    this.#listeners.abort();
    this.#stage.destroy();
  }

  #zoomIn(zoom: Zoom): void {
    if (!this.#scene || zoom.first === this.#scene.zoom.first) return;
    this.#history.push(this.#scene.zoom);
    this.#goTo(zoom);
  }

  #goTo(zoom: Zoom): void {
    this.#tooltip.hide();
    const before = this.#stretch();
    this.#scene = { ...this.#scene!, zoom };
    this.#countRows();
    const { plan } = this.#scene;
    const isFocused = this.#stage.scroller.matches(':focus-within');
    this.#current = this.#itemOf(this.#current).node;
    this.#stage.setSize(this.#scene);
    this.#stage.scrollToRow(plan.tree.depth[this.#current]!, this.#scene);
    this.#glide.begin(before, stretchOf(plan, zoom));
    this.#draw();
    if (isFocused) this.#stage.elementOf(this.#itemOf(this.#current))?.focus({ preventScroll: true });
    this.#reportZoom();
    this.#options.onMatch?.(this.#countMatches());
  }

  /** What the width shows at this moment. */
  #stretch(): Stretch {
    return this.#glide.now ?? stretchOf(this.#scene!.plan, this.#scene!.zoom);
  }

  /** Where the zoom leads, which is where keys move and names are found. */
  #view(): View {
    const { plan, zoom } = this.#scene!;
    return { ...stretchOf(plan, zoom), width: this.#stage.width, minWidth };
  }

  #countRows(): void {
    const { width } = this.#stage;
    this.#scene = { ...this.#scene!, width, rows: width === 0 ? 1 : rowsInSight(this.#scene!.plan, this.#view()) };
  }

  /**
   * The box of a node; where it is too narrow for one the strip that it is in, or the nearest box above it; what is zoomed
   * to where the node is no part of it.
   */
  #itemOf(node: NodeIndex): Item {
    const { plan, zoom } = this.#scene!;
    const { tree } = plan;
    const view = this.#view();
    const isThere = (node >= zoom.first && node < zoom.end) || isAbove(tree, node, zoom);
    for (let at = isThere ? node : zoom.first; at > 0; at = tree.parent[at]!) {
      if (isInSight(plan, view, at)) return boxOf(plan, view, at);
      const parent = tree.parent[at]!;
      const strip = isInSight(plan, view, parent)
        ? itemsUnder(plan, view, parent).find((item) => isStrip(item) && item.node <= at && at < item.end)
        : undefined;
      if (strip) return strip;
    }
    return boxOf(plan, view, 0);
  }

  #find(): void {
    if (!this.#scene) return;
    this.#matches = matchFrames(this.#scene.plan.tree.frames, this.#query);
    this.#mark();
    this.#options.onMatch?.(this.#countMatches());
  }

  #mark(): void {
    if (!this.#scene) return;
    this.#scene = { ...this.#scene, termOf: this.#matches?.termOf ?? this.#highlighted };
    this.#draw();
  }

  #countMatches(): SearchResult | null {
    const { plan, zoom } = this.#scene ?? {};
    return plan && zoom && this.#matches ? countMatches(plan.tree, this.#matches, zoom) : null;
  }

  #reportZoom(): void {
    const { plan, zoom } = this.#scene!;
    const { from, to } = stretchOf(plan, zoom);
    this.#options.onZoom?.(zoom, this.isZoomed, to - from);
  }

  #drawSoon(): void {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const width = this.#stage.width;
    if (!this.#scene || width === 0) return;
    if (width !== this.#scene.width) this.#countRows();
    this.#stage.setSize(this.#scene);
    const { plan } = this.#scene;
    const items = itemsInSight(
      plan,
      { ...this.#stretch(), width, minWidth },
      this.#stage.rowsInSight(this.#scene),
      mostItems - 1,
    );
    // The current item stays in the document, or Tab and the keys would have nowhere to begin.
    const current = this.#itemOf(this.#current);
    const place = items.findLastIndex(({ node }) => node <= current.node);
    if (items[place]?.node !== current.node) items.splice(place + 1, 0, current);
    this.#stage.draw(this.#scene, items);
    this.#stage.setTabStop(current);
    this.#outlineFocus();
    if (this.#hovered && !this.#stage.elementOf(this.#hovered)) this.#hover(null);
    this.#stage.outline('hover', this.#hovered);
  }
  #outlineFocus(): void {
    const item = this.#itemOf(this.#current);
    const isFocused = this.#stage.elementOf(item)?.matches(':focus-visible') ?? false;
    this.#stage.outline('focus', isFocused ? item : null);
  }

  #hover(item: Item | null): void {
    if (!item) this.#tooltip.hide();
    if (item?.node === this.#hovered?.node) return;
    this.#hovered = item;
    this.#stage.outline('hover', item);
    this.#options.onHover?.(item);
  }

  #onPointer({ target, clientX, clientY }: PointerEvent): void {
    const item = this.#stage.itemAt(target);
    this.#hover(item);
    if (!item || !this.#scene) return;
    const { from, to } = this.#view();
    this.#tooltip.show(detailsLines(this.#scene.plan, item, to - from), { x: clientX, y: clientY });
  }

  #onFocus(event: FocusEvent): void {
    const item = this.#stage.itemAt(event.target);
    if (!item) return;
    this.#current = item.node;
    this.#stage.setTabStop(item);
    this.#outlineFocus();
    this.#options.onSelect?.(item);
  }

  #onClick(event: MouseEvent): void {
    const item = this.#stage.itemAt(event.target);
    if (item) this.#open(item);
  }

  #onOpen(item: Item | null): void {
    if (item && !isStrip(item)) this.#options.onOpen?.(item.node);
  }

  #onMenu(event: MouseEvent): void {
    const item = this.#stage.itemAt(event.target);
    if (!item || isStrip(item) || !this.#options.onMenu) return;
    event.preventDefault();
    this.#tooltip.hide();
    this.#options.onMenu(item.node, { x: event.clientX, y: event.clientY });
  }

  #onMenuKey(item: Item): void {
    const rect = this.#stage.elementOf(item)?.getBoundingClientRect();
    if (rect && !isStrip(item)) this.#options.onMenu?.(item.node, { x: rect.left, y: rect.bottom });
  }

  #open(item: Item): void {
    this.#zoomIn(isStrip(item) ? { first: item.node, end: item.end } : zoomOn(this.#scene!.plan.tree, item.node));
  }

  #onKey(event: KeyboardEvent): void {
    const from = this.#stage.itemAt(event.target);
    if (!from || !this.#scene || event.altKey) return;
    if (this.#press(event, from)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** Does what a key asks for; false for keys that ask for nothing here. */
  #press({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent, from: Item): boolean {
    if (ctrlKey || metaKey) {
      if (key === 'Enter') this.#onOpen(from);
      return key === 'Enter';
    }
    const { plan, orientation } = this.#scene!;
    const to = moveByKey(orientation === 'icicle' ? key : (upsideDown[key] ?? key), plan, this.#view(), from);
    if (to) this.focus(to.node);
    else if (key === 'Enter' || key === ' ') this.#open(from);
    else if (key === 'Escape') this.back();
    else if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) this.#onMenuKey(from);
    else if (key === 'n' || (key === 'F3' && !shiftKey)) this.step(1);
    else if (key === 'N' || key === 'F3') this.step(-1);
    else return false;
    return true;
  }
}

const upsideDown: Readonly<Record<string, string>> = { ArrowUp: 'ArrowDown', ArrowDown: 'ArrowUp' };
