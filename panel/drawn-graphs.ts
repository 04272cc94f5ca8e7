import { signal } from '@preact/signals';
import type { SearchResult } from '../src/flamegraph/search.ts';
import { type Item, isStrip, type Plan, type Zoom } from '../src/flamegraph/view.ts';
import type { Microseconds } from '../src/profile/model.ts';
import type { FlameGraph } from '../src/runtime/graph.ts';

/** A box and the graph that it is in. */
export interface Spot {
  readonly plan: Plan;
  readonly item: Item;
}

export interface Zoomed {
  readonly plan: Plan;
  readonly range: Zoom;
  readonly isZoomed: boolean;
  /** The time that fills the width. */
  readonly viewed: Microseconds;
}

/** The graphs that are drawn, and what of them is pointed at, chosen, zoomed to and found. */
export class DrawnGraphs {
  readonly hovered = signal<Spot | null>(null);
  readonly selected = signal<Spot | null>(null);
  readonly zoom = signal<Zoomed | null>(null);
  readonly match = signal<SearchResult | null>(null);
  /** Those of a sandwich are two. */
  readonly #graphs: (FlameGraph | null)[] = [];

  set(index: number, graph: FlameGraph | null): void {
    this.#graphs[index] = graph;
  }

  /** Of two the one that is zoomed, or the lower one. */
  get front(): FlameGraph | null {
    return this.#graphs.find((graph) => graph?.isZoomed) ?? this.#graphs.findLast(Boolean) ?? null;
  }

  resetZoom(): void {
    this.front?.resetZoom();
    this.front?.focus();
  }

  /** A chosen box that leaves the sight gives way to what is zoomed to. */
  zoomed(zoom: Zoomed): void {
    const { plan, range } = zoom;
    if (!isWithin(range, plan, this.selected.peek()))
      this.selected.value = { plan, item: { node: range.first, x: 0, width: 0 } };
    this.zoom.value = zoom;
  }

  /** What there is to tell about: what is pointed at, or what was chosen last, or all. Null where nothing is drawn. */
  spotIn(plans: readonly Plan[]): Spot | null {
    const main = plans.at(-1);
    return (
      drawnSpot(plans, this.hovered.value) ??
      drawnSpot(plans, this.selected.value) ??
      (main ? { plan: main, item: { node: 0, x: 0, width: 0 } } : null)
    );
  }

  /** The time that fills the width of that graph. */
  viewedIn(plan: Plan): Microseconds {
    const zoom = this.zoom.value;
    return zoom && isSameTree(zoom.plan, plan) ? zoom.viewed : plan.tree.total[0]!;
  }
}

/** A spot of what is drawn now: of the same tree, whose names may have come since. */
function drawnSpot(plans: readonly Plan[], spot: Spot | null): Spot | null {
  const plan = spot && plans.find((each) => isSameTree(each, spot.plan));
  return plan ? { plan, item: spot.item } : null;
}

function isSameTree(a: Plan, b: Plan): boolean {
  return a.tree.frame === b.tree.frame;
}

/** Whether that box stays in sight, and so stays what keys are about. */
function isWithin({ first, end }: Zoom, plan: Plan, spot: Spot | null): boolean {
  return spot?.plan === plan && !isStrip(spot.item) && spot.item.node >= first && spot.item.node < end;
}
