import type { ReadonlySignal, Signal } from '@preact/signals';
import { batch } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { rowHeight } from '../src/flamegraph/drawing.ts';
import { displayName } from '../src/flamegraph/names.ts';
import type { Query } from '../src/flamegraph/search.ts';
import { type Item, isStrip, type Plan } from '../src/flamegraph/view.ts';
import type { FrameIndex, FrameTable, NodeIndex } from '../src/profile/model.ts';
import { functionByFrame } from '../src/profile/moments.ts';
import type { Look as GraphLook } from '../src/runtime/graph.ts';
import type { Controller } from './controller.ts';
import type { DrawnGraphs, Spot } from './drawn-graphs.ts';
import { FunctionsTable } from './functions-table.tsx';
import { GraphHost } from './graph-host.tsx';
import type { GraphViews } from './graph-views.ts';
import type { Highlight } from './highlight.ts';
import type { ViewKind } from './look.ts';
import { useMedia } from './media.ts';

interface GraphBodyProps {
  readonly controller: Controller;
  readonly views: GraphViews;
  readonly drawn: DrawnGraphs;
  readonly view: ViewKind;
  readonly plans: readonly Plan[];
  readonly look: GraphLook;
  readonly query: Query;
  readonly highlight: Signal<Highlight | null>;
  /** 1 for each frame that stands out. */
  readonly highlighted: ReadonlySignal<Uint8Array | null>;
  /** As they were captured. */
  readonly captured: FrameTable;
  /** The function whose row in the table is the current one: that of the box selected last, or the other way round. */
  readonly current: Signal<FrameIndex | null>;
  readonly onOpen: (plan: Plan, node: NodeIndex) => void;
  readonly onMenu: (spot: Spot, place: { readonly x: number; readonly y: number }) => void;
}

/** What the view in force draws: one graph, the two of a sandwich, or the table. There is something to draw. */
export function GraphBody(props: GraphBodyProps) {
  const { controller, views, drawn, view, plans, look, query, highlight, highlighted, captured, current } = props;
  const main = plans.at(-1)!;
  const callersLook = useMemo(() => ({ ...look, orientation: 'flame' as const }), [look]);
  const isBeside = useMedia('(min-width: 1200px)') && view === 'functions';
  const highlightFunction = (frame: FrameIndex) => {
    highlight.value = { kind: 'function', frame };
  };
  const showInGraph = (frame: FrameIndex) => {
    highlightFunction(frame);
    if (!isBeside) views.change({ view: 'icicle' });
  };
  const select = (plan: Plan, item: Item) => {
    drawn.selected.value = { plan, item };
    if (isStrip(item)) return;
    const own = functionByFrame(plan.tree)[plan.tree.frame[item.node]!]!;
    current.value = own;
    // Beside the table there is one selection.
    if (views.look.peek().view === 'functions' && highlight.peek()?.kind === 'function') highlightFunction(own);
  };

  const graph = (index: number, name: string, graphLook: GraphLook) => {
    // A graph outlives its first plan.
    const plan = () => views.shown.peek()!.plans[index]!;
    return (
      <GraphHost
        key={name}
        plan={plans[index]!}
        look={graphLook}
        query={query}
        highlighted={highlighted}
        onGraph={(created) => drawn.set(index, created)}
        options={{
          name,
          onHover: (item) => {
            drawn.hovered.value = item && { plan: plan(), item };
          },
          onSelect: (item) => select(plan(), item),
          onZoom: (range, isZoomed, viewed) => batch(() => drawn.zoomed({ plan: plan(), range, isZoomed, viewed })),
          onMatch: (result) => {
            drawn.match.value = result;
          },
          onOpen: (node) => props.onOpen(plan(), node),
          onMenu: (node, place) => props.onMenu({ plan: plan(), item: { node, x: 0, width: 0 } }, place),
        }}
      />
    );
  };

  if (plans.length === 2)
    return (
      <div class="sandwich">
        <h2>Callers of {displayName(main.tree.frames, main.tree.frame[0]!)}</h2>
        <div class="callers" style={{ flexBasis: `${heightOf(plans[0]!)}px` }}>
          {graph(0, 'Callers', callersLook)}
        </div>
        <h2>What it calls</h2>
        {graph(1, 'Callees', look)}
      </div>
    );
  // One and the same element, so that the graph keeps its place when the table comes or goes.
  return (
    <div class="beside">
      {view === 'functions' && (
        <FunctionsTable
          controller={controller}
          tree={main.tree}
          captured={captured}
          query={query}
          active={current}
          onSelect={isBeside ? highlightFunction : null}
          onPick={showInGraph}
        />
      )}
      {(view !== 'functions' || isBeside) && graph(0, 'Flame graph', look)}
    </div>
  );
}

/** CSS pixels that all rows of a graph take. */
function heightOf({ tree }: Plan): number {
  return (1 + tree.depth.reduce((a, b) => Math.max(a, b), 0)) * rowHeight;
}
