import { boxesInSight, boxOf, isInSight, layOut, rowsInSight } from '../flamegraph/layout.ts';
import { countMatches, createMatcher, matchFrames, type SearchResult } from '../flamegraph/search.ts';
import type { CallTree, NodeIndex } from '../profile/model.ts';
import { moveByKey } from './keys.ts';
import { type Scene, Stage } from './stage.ts';

/** Pixels; narrower boxes exist only when zoomed to. */
const minWidth = 0.5;
/** Elements in the document at a time. */
const mostBoxes = 5000;

export interface FlameGraphOptions {
  /** The box under the pointer; null when there is none. */
  readonly onHover?: (node: NodeIndex | null) => void;
  /** The box that the keyboard or a click went to. */
  readonly onSelect?: (node: NodeIndex) => void;
  /** After every change of what is zoomed to. `root` is the box over the whole width. */
  readonly onZoom?: (root: NodeIndex, isZoomed: boolean) => void;
  /** After every change of what the search matched: a new term, another zoom, another tree. Null without a term. */
  readonly onMatch?: (result: SearchResult | null) => void;
}

/**
 * A flame graph in a host element, which it fills; the host has a height of its own, the graph scrolls in it. Colours
 * follow the `color-scheme` of the host (see `graphStyle`). Each box is a treeitem of the tree "Flame graph".
 *
 * Mouse: a click zooms to a box, a click on a faded ancestor zooms out to it. Keys, on a focused box: arrows, Home and
 * End move (see `moveByKey`), Enter and Space zoom, Escape takes back one zoom. None of these keys reaches the
 * document, for DevTools opens its drawer on an Escape that does.
 */
export interface FlameGraph {
  /** Shows a tree from its root; the same tree with other names, as it is being looked at. A search goes on in it. */
  show(tree: CallTree): void;
  /** Shows the subtree of a node over the whole width. */
  zoomTo(node: NodeIndex): void;
  /** Takes back one zoom. */
  back(): void;
  resetZoom(): void;
  readonly isZoomed: boolean;
  /** The node that fills the width: 0 unless zoomed. */
  readonly viewRoot: NodeIndex;
  /** Highlights boxes whose name or source address matches the term, a regular expression; an empty term ends it. */
  search(term: string): SearchResult | null;
  /** Moves the focus into the graph, to the given box (or as near to it as the view allows) or where it was last. */
  focus(node?: NodeIndex): void;
  destroy(): void;
}

export function createFlameGraph(host: Element, options: FlameGraphOptions = {}): FlameGraph {
  return new LiveGraph(host, options);
}

class LiveGraph implements FlameGraph {
  readonly #options: FlameGraphOptions;
  readonly #stage: Stage;
  readonly #resizes: ResizeObserver;
  readonly #listeners = new AbortController();
  #scene: Scene | null = null;
  /** Roots of the views before this one. */
  #history: NodeIndex[] = [];
  #term = '';
  #error: string | undefined;
  /** The box that Tab leads to and keys start from. */
  #current: NodeIndex = 0;
  #hovered: NodeIndex | null = null;
  #frame = 0;

  constructor(host: Element, options: FlameGraphOptions) {
    this.#options = options;
    this.#stage = new Stage(host);
    const { scroller } = this.#stage;
    this.#resizes = new ResizeObserver(() => this.#drawSoon());
    this.#resizes.observe(scroller);
    const { signal } = this.#listeners;
    scroller.addEventListener('scroll', () => this.#drawSoon(), { signal, passive: true });
    scroller.addEventListener('click', (event) => this.#onClick(event), { signal });
    scroller.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    scroller.addEventListener('pointerover', (event) => this.#hover(this.#stage.nodeAt(event.target)), { signal });
    scroller.addEventListener('pointerleave', () => this.#hover(null), { signal });
    scroller.addEventListener('focusin', (event) => this.#onFocus(event), { signal });
    scroller.addEventListener('focusout', () => this.#stage.outline('focus', null), { signal });
  }

  get isZoomed(): boolean {
    return this.viewRoot !== 0;
  }

  get viewRoot(): NodeIndex {
    return this.#scene?.view.root ?? 0;
  }

  show(tree: CallTree): void {
    if (this.#scene?.tree.frame === tree.frame) {
      this.#scene = { ...this.#scene, tree };
      this.search(this.#term);
      return;
    }
    this.#stage.clear();
    this.#history = [];
    this.#current = 0;
    this.#hover(null);
    this.#scene = { tree, layout: layOut(tree), ...this.#look(tree, 0), matched: null };
    this.#stage.scroller.scrollTop = 0;
    this.search(this.#term);
    this.#options.onZoom?.(0, false);
  }

  zoomTo(node: NodeIndex): void {
    if (node === this.viewRoot) return;
    this.#history.push(this.viewRoot);
    this.#goTo(node);
  }

  back(): void {
    const root = this.#history.pop();
    if (root !== undefined) this.#goTo(root);
  }

  resetZoom(): void {
    this.#history = [];
    if (this.isZoomed) this.#goTo(0);
  }

  search(term: string): SearchResult | null {
    this.#term = term;
    const matcher = term === '' ? null : createMatcher(term);
    this.#error = matcher?.error;
    if (!this.#scene) return null;
    this.#scene = { ...this.#scene, matched: matcher && matchFrames(this.#scene.tree.frames, matcher) };
    this.#draw();
    return this.#reportMatches();
  }

  focus(node: NodeIndex = this.#current): void {
    if (!this.#scene) return;
    this.#current = this.#nearestInSight(node);
    this.#stage.scrollToRow(this.#scene.tree.depth[this.#current]!);
    this.#draw();
    this.#stage.itemOf(this.#current)?.focus({ preventScroll: true });
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#listeners.abort();
    this.#resizes.disconnect();
    this.#stage.destroy();
  }

  #look(tree: CallTree, root: NodeIndex): Pick<Scene, 'view' | 'rows'> {
    const view = { root, width: this.#stage.width, minWidth };
    return { view, rows: rowsInSight(tree, view) };
  }

  #goTo(root: NodeIndex): void {
    if (!this.#scene) return;
    this.#scene = { ...this.#scene, ...this.#look(this.#scene.tree, root) };
    this.#current = this.#nearestInSight(this.#current);
    const isFocused = this.#stage.scroller.matches(':focus-within');
    this.#stage.setSize(this.#scene);
    this.#stage.scrollToRow(this.#scene.tree.depth[this.#current]!);
    this.#draw();
    if (isFocused) this.#stage.itemOf(this.#current)?.focus({ preventScroll: true });
    this.#options.onZoom?.(root, this.isZoomed);
    this.#reportMatches();
  }

  /** The node itself, an ancestor that is wide enough, or the view's root when the view does not hold it. */
  #nearestInSight(node: NodeIndex): NodeIndex {
    const { tree, view } = this.#scene!;
    const isBelow = node >= view.root && node < view.root + tree.subtreeSize[view.root]!;
    let there = node;
    while (isBelow && !isInSight(tree, view, there)) there = tree.parent[there]!;
    return isInSight(tree, view, there) ? there : view.root;
  }

  #reportMatches(): SearchResult | null {
    const { tree, view, matched } = this.#scene!;
    const error = this.#error;
    const result = matched && { ...countMatches(tree, matched, view.root), ...(error !== undefined && { error }) };
    this.#options.onMatch?.(result);
    return result;
  }

  #drawSoon(): void {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const width = this.#stage.width;
    if (!this.#scene || width === 0) return;
    if (width !== this.#scene.view.width)
      this.#scene = { ...this.#scene, ...this.#look(this.#scene.tree, this.viewRoot) };
    const { tree, layout, view } = this.#scene;
    this.#stage.setSize(this.#scene);
    const sight = boxesInSight(tree, layout, view, this.#stage.rows, mostBoxes - 1);
    // The current box stays in the document, or Tab and the keys would have nowhere to begin.
    const place = sight.boxes.findLastIndex(({ node }) => node <= this.#current);
    if (sight.boxes[place]?.node !== this.#current)
      sight.boxes.splice(place + 1, 0, boxOf(tree, layout, view, this.#current));
    this.#stage.draw(this.#scene, sight);
    this.#stage.setTabStop(this.#current);
    this.#outlineFocus();
    if (this.#hovered !== null && !this.#stage.itemOf(this.#hovered)) this.#hover(null);
    this.#stage.outline('hover', this.#hovered);
  }

  #outlineFocus(): void {
    const isFocused = this.#stage.itemOf(this.#current)?.matches(':focus-visible') ?? false;
    this.#stage.outline('focus', isFocused ? this.#current : null);
  }

  #hover(node: NodeIndex | null): void {
    if (node === this.#hovered) return;
    this.#hovered = node;
    this.#stage.outline('hover', node);
    this.#options.onHover?.(node);
  }

  #onFocus(event: FocusEvent): void {
    const node = this.#stage.nodeAt(event.target);
    if (node === null) return;
    this.#current = node;
    this.#stage.setTabStop(node);
    this.#outlineFocus();
    this.#options.onSelect?.(node);
  }

  #onClick(event: MouseEvent): void {
    const node = this.#stage.nodeAt(event.target);
    if (node !== null) this.zoomTo(node);
  }

  #onKey(event: KeyboardEvent): void {
    const from = this.#stage.nodeAt(event.target);
    if (from === null || !this.#scene || event.ctrlKey || event.altKey || event.metaKey) return;
    const to = moveByKey(event.key, this.#scene.tree, this.#scene.view, from);
    if (to !== null) this.focus(to);
    else if (event.key === 'Enter' || event.key === ' ') this.zoomTo(from);
    else if (event.key === 'Escape') this.back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
