import { detailsLines } from '../flamegraph/describe.ts';
import type { Orientation } from '../flamegraph/drawing.ts';
import { type Item, isStrip, type Plan, type View } from '../flamegraph/view.ts';
import type { NodeIndex } from '../profile/model.ts';
import { moveByKey } from './keys.ts';
import type { Stage } from './stage.ts';
import { Tooltip } from './tooltip.ts';

/** What mouse and keyboard ask of a graph. */
export interface Moves {
  /** What is looked at; null as long as there is nothing. */
  look(): { readonly plan: Plan; readonly orientation: Orientation; readonly view: View } | null;
  /** Moves the focus to an item. */
  focus(item: Item): void;
  /** Zooms to an item. */
  open(item: Item): void;
  /** Takes back one zoom. */
  back(): void;
  step(direction: 1 | -1): void;
  /** Hears where the focus is; null when it leaves. */
  select(item: Item | null): void;
}

export interface HandsOptions {
  /** The item under the pointer; null when there is none. */
  readonly onHover?: (item: Item | null) => void;
  /** A double click on a box, or Ctrl+Enter (⌘ on a Mac): its source is wanted. */
  readonly onOpen?: (node: NodeIndex) => void;
  /** A right click on a box, or the keyboard's own way to its menu; the place is in CSS pixels of the window. */
  readonly onMenu?: (node: NodeIndex, place: { readonly x: number; readonly y: number }) => void;
}

const upsideDown: Readonly<Record<string, string>> = { ArrowUp: 'ArrowDown', ArrowDown: 'ArrowUp' };

/** Mouse and keyboard on a graph's stage. */
export class Hands {
  readonly #stage: Stage;
  readonly #moves: Moves;
  readonly #options: HandsOptions;
  readonly #tooltip: Tooltip;
  readonly #listeners = new AbortController();
  #hovered: Item | null = null;

  constructor(stage: Stage, moves: Moves, options: HandsOptions) {
    this.#stage = stage;
    this.#moves = moves;
    this.#options = options;
    this.#tooltip = new Tooltip(stage.scroller);
    const { signal } = this.#listeners;
    const on = <Name extends keyof HTMLElementEventMap>(name: Name, hear: (event: HTMLElementEventMap[Name]) => void) =>
      stage.scroller.addEventListener(name, hear, { signal });
    on('click', ({ target }) => this.#with(target, (item) => moves.open(item)));
    on('dblclick', ({ target }) => this.#with(target, (item) => this.#openSource(item)));
    on('contextmenu', (event) => this.#onMenu(event));
    on('keydown', (event) => this.#onKey(event));
    on('pointermove', (event) => this.#onPointer(event));
    on('pointerleave', () => this.point(null));
    on('focusin', ({ target }) => this.#with(target, (item) => moves.select(item)));
    on('focusout', () => moves.select(null));
  }

  /** Points at an item, or at none. */
  point(item: Item | null): void {
    if (!item) this.#tooltip.hide();
    if (item?.node === this.#hovered?.node) return;
    this.#hovered = item;
    this.#stage.outline('hover', item);
    this.#options.onHover?.(item);
  }

  /** To be told whenever items were drawn: what was pointed at may be elsewhere, or gone. */
  drawn(): void {
    if (this.#hovered && !this.#stage.elementOf(this.#hovered)) this.point(null);
    this.#stage.outline('hover', this.#hovered);
  }

  destroy(): void {
    this.#listeners.abort();
  }

  #with(target: EventTarget | null, does: (item: Item) => void): void {
    const item = this.#stage.itemAt(target);
    if (item) does(item);
  }

  #onPointer({ target, clientX, clientY }: PointerEvent): void {
    const item = this.#stage.itemAt(target);
    this.point(item);
    const look = this.#moves.look();
    if (!item || !look) return;
    const { from, to } = look.view;
    this.#tooltip.show(detailsLines(look.plan, item, to - from), { x: clientX, y: clientY });
  }

  #openSource(item: Item): void {
    if (!isStrip(item)) this.#options.onOpen?.(item.node);
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

  #onKey(event: KeyboardEvent): void {
    const from = this.#stage.itemAt(event.target);
    if (!from || event.altKey || !this.#press(event, from)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Does what a key asks for; false for keys that ask for nothing here. */
  #press({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent, from: Item): boolean {
    if (ctrlKey || metaKey) {
      if (key === 'Enter') this.#openSource(from);
      return key === 'Enter';
    }
    const moves = this.#moves;
    const look = moves.look();
    if (!look) return false;
    const asDrawn = look.orientation === 'icicle' ? key : (upsideDown[key] ?? key);
    const to = moveByKey(asDrawn, look.plan, look.view, from);
    if (to) moves.focus(to);
    else if (key === 'Enter' || key === ' ') moves.open(from);
    else if (key === 'Escape') moves.back();
    else if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) this.#onMenuKey(from);
    else if (key === 'n' || (key === 'F3' && !shiftKey)) moves.step(1);
    else if (key === 'N' || key === 'F3') moves.step(-1);
    else return false;
    return true;
  }
}
