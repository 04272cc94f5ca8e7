import type { Paint } from '../flamegraph/color.ts';
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
  type Item,
  isInSight,
  isStrip,
  itemOf,
  itemsInSight,
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
import { Hands, type HandsOptions, type Moves } from './hands.ts';
import { type Scene, Stage } from './stage.ts';

/** Pixels; narrower boxes exist only when zoomed to. */
const minWidth = 1;
/** The same on the way from one zoom to another, where nobody looks at slivers. */
const minWidthOnTheWay = 3;
/** Items in the document at a time, each with a label or without: where there are more, they are slivers. */
const mostItems = 1000;
/** Of more, names are written after the first frame. */
const fewItems = 100;

export interface FlameGraphOptions extends HandsOptions {
  /** The graph's accessible name. */
  readonly name?: string;
  /** The item that the keyboard or a click went to. */
  readonly onSelect?: (item: Item) => void;
  /** After every change of what is zoomed to, with its time. */
  readonly onZoom?: (zoom: Zoom, isZoomed: boolean, viewed: Microseconds) => void;
  /** After every change of what the search matched: a new query, another zoom, another tree. Null without a query. */
  readonly onMatch?: (result: SearchResult | null) => void;
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
  /** Highlights boxes of these frames (1 for each) in place of what the search matched; null ends it. */
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
  readonly #hands: Hands;
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
  #frame = 0;
  /** What the items that are drawn follow from. */
  #sight: readonly unknown[] = [];

  constructor(host: Element, look: Look, options: FlameGraphOptions) {
    this.#look = look;
    this.#options = options;
    this.#stage = new Stage(host, options.name ?? 'Flame graph', () => this.#drawSoon());
    this.#glide = new Glide(() => this.#draw());
    this.#hands = new Hands(this.#stage, this.#moves, options);
  }

  get isZoomed(): boolean {
    return !!this.#scene?.zoom.first;
  }

  show(plan: Plan, { keepsPlace = false } = {}): void {
    const before = this.#scene;
    if (before?.plan.tree.frame === plan.tree.frame) {
      this.#scene = { ...before, plan };
      this.#find();
      return;
    }
    const { hasFocus } = this.#stage;
    const placeOf = (node: NodeIndex) =>
      keepsPlace && before ? nearestAt(plan.tree, pathOf(before.plan.tree, node)) : 0;
    const root = placeOf(before?.zoom.first ?? 0);
    this.#current = placeOf(this.#current);
    this.#stage.clear();
    this.#history = root > 0 ? [zoomOn(plan.tree, 0)] : [];
    this.#hands.point(null);
    this.#scene = { ...this.#look, plan, zoom: zoomOn(plan.tree, root), width: 0, rows: 1 };
    this.#place();
    this.#glide.begin(stretchOf(plan, this.#scene.zoom));
    this.#find();
    this.#reportZoom();
    if (hasFocus) this.focus();
  }

  setLook(look: Look): void {
    this.#look = look;
    if (!this.#scene) return;
    this.#scene = { ...this.#scene, ...look };
    this.#scrollToCurrent();
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
    this.#highlighted = frames;
    this.#draw();
  }

  focus(node: NodeIndex = this.#current): void {
    if (!this.#scene) return;
    const item = this.#itemOf(node);
    this.#current = item.node;
    this.#scrollToCurrent();
    this.#draw();
    this.#stage.elementOf(item)?.focus({ preventScroll: true });
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#glide.end();
    this.#hands.destroy();
    this.#stage.destroy();
  }

  #zoomIn(zoom: Zoom): void {
    if (!this.#scene || zoom.first === this.#scene.zoom.first) return;
    this.#history.push(this.#scene.zoom);
    this.#goTo(zoom);
  }

  #goTo(zoom: Zoom): void {
    this.#hands.point(null);
    const before = this.#stretch();
    this.#scene = { ...this.#scene!, zoom };
    this.#place();
    this.#glide.begin(before, stretchOf(this.#scene.plan, zoom));
    const { now } = this.#glide;
    // The way into what is drawn begins with that, which is there long before it could be drawn anew.
    if (now && now.from >= before.from && now.to <= before.to) this.#stage.stretch(before, now, this.#scene);
    else this.#draw();
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

  /** Where another zoom has the current item, and its row in sight. */
  #place(): void {
    this.#countRows();
    this.#current = this.#itemOf(this.#current).node;
    this.#scrollToCurrent();
  }

  #scrollToCurrent(): void {
    this.#stage.scrollToRow(this.#scene!.plan.tree.depth[this.#current]!, this.#scene!);
  }

  #itemOf(node: NodeIndex): Item {
    const { plan, zoom } = this.#scene!;
    return itemOf(plan, this.#view(), zoom, node);
  }

  #find(): void {
    if (!this.#scene) return;
    this.#matches = matchFrames(this.#scene.plan.tree.frames, this.#query);
    this.#draw();
    this.#options.onMatch?.(this.#countMatches());
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
    const { hasFocus } = this.#stage;
    const current = this.#itemOf(this.#current);
    const isOnTheWay = this.#glide.now !== null;
    const { from, to } = this.#stretch();
    const rows = this.#stage.rowsInSight(this.#scene);
    const terms = this.#highlighted ?? this.#matches?.termOf ?? null;
    const sight = [this.#scene, terms, isOnTheWay, from, to, rows.first, rows.last];
    if (!this.#stage.elementOf(current) || sight.some((part, index) => part !== this.#sight[index])) {
      this.#sight = sight;
      const view = { from, to, width, minWidth: isOnTheWay ? minWidthOnTheWay : minWidth };
      const items = itemsInSight(this.#scene.plan, view, rows, mostItems - 1);
      // The current item stays in the document, or Tab and the keys would have nowhere to begin.
      const place = items.findLastIndex(({ node }) => node <= current.node);
      if (items[place]?.node !== current.node) items.splice(place + 1, 0, current);
      this.#stage.draw(this.#scene, terms, items, isOnTheWay && items.length > fewItems);
    }
    this.#stage.setTabStop(current);
    if (hasFocus) this.#stage.elementOf(current)?.focus({ preventScroll: true });
    this.#outlineFocus();
    this.#hands.drawn();
  }

  #outlineFocus(): void {
    const item = this.#itemOf(this.#current);
    const isFocused = this.#stage.elementOf(item)?.matches(':focus-visible') ?? false;
    this.#stage.outline('focus', isFocused ? item : null);
  }

  readonly #moves: Moves = {
    look: () => {
      if (!this.#scene) return null;
      const { plan, orientation } = this.#scene;
      return { plan, orientation, view: this.#view() };
    },
    focus: (item) => this.focus(item.node),
    open: (item) =>
      this.#zoomIn(isStrip(item) ? { first: item.node, end: item.end } : zoomOn(this.#scene!.plan.tree, item.node)),
    back: () => void this.back(),
    step: (direction) => this.step(direction),
    select: (item) => {
      if (item) {
        this.#current = item.node;
        this.#stage.setTabStop(item);
        this.#options.onSelect?.(item);
      }
      this.#outlineFocus();
    },
  };
}
