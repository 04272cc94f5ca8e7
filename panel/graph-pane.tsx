import { batch, type Signal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { SeenCalls } from '../src/capture/recorded.ts';
import { callTimeline } from '../src/capture/trees.ts';
import { rowHeight } from '../src/flamegraph/drawing.ts';
import type { Caption } from '../src/flamegraph/facts.ts';
import { liveStyle } from '../src/flamegraph/live-style.ts';
import { displayName } from '../src/flamegraph/names.ts';
import { paintBy } from '../src/flamegraph/palette.ts';
import { formatMatches, type Query, type SearchResult } from '../src/flamegraph/search.ts';
import { type Item, isStrip, type Plan, type Zoom } from '../src/flamegraph/view.ts';
import type { CallTree, FrameIndex, Microseconds, NodeIndex } from '../src/profile/model.ts';
import { functionByFrame } from '../src/profile/moments.ts';
import type { FlameGraph } from '../src/runtime/graph.ts';
import { BoxMenu } from './box-menu.tsx';
import { CallList } from './call-list.tsx';
import type { Controller } from './controller.ts';
import { Details } from './details.tsx';
import { download, fileName } from './download.ts';
import { ExportButtons } from './export-buttons.tsx';
import type { ExportChoices } from './export-choices.ts';
import { FunctionsTable } from './functions-table.tsx';
import { actionsOn } from './graph-actions.ts';
import { GraphHost } from './graph-host.tsx';
import { pressed } from './graph-keys.ts';
import type { GraphViews } from './graph-views.ts';
import { useHighlight } from './highlight.ts';
import { HotLines } from './hot-lines.tsx';
import { HelpIcon, MoreIcon, TableIcon, ZoomOutIcon } from './icons.tsx';
import { KeyHelp } from './key-help.tsx';
import { LegendList } from './legend-list.tsx';
import { orientationOf } from './look.ts';
import { useMedia } from './media.ts';
import type { OriginalNames } from './original-names.ts';
import { OriginalNamesToggle } from './original-names-toggle.tsx';
import { ResultRow } from './result-row.tsx';
import { isSampled } from './samples.ts';
import { SearchBox } from './search-box.tsx';
import { factsOf } from './shown.ts';
import type { OpenedProfile } from './state.ts';
import { Trail } from './trail.tsx';
import { ViewOptions } from './view-options.tsx';
import { OrderButton, ViewSwitch } from './view-switch.tsx';

interface GraphPaneProps {
  readonly controller: Controller;
  readonly views: GraphViews;
  readonly capture: SeenCalls | OpenedProfile;
  /** How files are exported, as it was saved. */
  readonly exporting: Signal<unknown>;
  /** As it was captured. */
  readonly tree: CallTree;
  readonly names: OriginalNames;
}

/** A box and the graph that it is in. */
interface Spot {
  readonly plan: Plan;
  readonly item: Item;
}

const noQuery: Query = { terms: [''], isRegex: true, isCaseSensitive: false };

/** The calls of a capture, their graph, and what can be done with it. */
export function GraphPane({ controller, views, capture, exporting, tree, names }: GraphPaneProps) {
  const pane = useRef<HTMLElement>(null);
  /** Those of a sandwich are two. */
  const graphs = useRef<(FlameGraph | null)[]>([]);
  const hovered = useSignal<Spot | null>(null);
  const selected = useSignal<Spot | null>(null);
  const zoom = useSignal<{ plan: Plan; range: Zoom; isZoomed: boolean; viewed: Microseconds } | null>(null);
  const match = useSignal<SearchResult | null>(null);
  const query = useSignal(noQuery);
  /** The function whose row in the table is the current one: that of the box selected last, or the other way round. */
  const current = useSignal<FrameIndex | null>(null);
  const menu = useSignal<{ spot: Spot; x: number; y: number } | null>(null);
  const showsKeys = useSignal(false);
  const { call, recorded, running } = controller.state.value;
  const frames = names.shown(tree.frames);
  const named = useMemo(() => ({ ...tree, frames }), [tree, frames]);
  const hasTable = recorded !== null && running === null;

  /** Null for what a file holds, which has no samples. */
  const seen = 'graph' in capture ? null : capture;
  const areRuns = seen !== null && isSampled(seen.calls);
  useLayoutEffect(() => {
    views.see({
      capture,
      tree: named,
      whole: 'graph' in capture ? capture.graph.whole : named.total[0]!,
      timeline: seen && (() => ({ ...callTimeline(seen, call), tree: named })),
    });
  }, [views, capture, call, named]);

  // What is still there of another capture has frames of its own.
  const shown = views.shown.value?.sight.capture === capture ? views.shown.value : null;
  const look = shown?.look ?? views.look.value;
  const plans = shown?.plans ?? [];
  const main = plans.at(-1);
  const graphLook = useMemo(
    () => ({ orientation: orientationOf(look.view), paint: paintBy(look.palette) }),
    [look.view, look.palette],
  );
  const callersLook = useMemo(() => ({ ...graphLook, orientation: 'flame' as const }), [graphLook]);
  const spot =
    drawnSpot(plans, hovered.value) ??
    drawnSpot(plans, selected.value) ??
    (main && { plan: main, item: { node: 0, x: 0, width: 0 } });

  const { highlight, legend, highlighted } = useHighlight(main, zoom.value, look, graphLook);
  useLayoutEffect(() => {
    // Frames of another capture have other numbers.
    highlight.value = null;
    current.value = null;
  }, [capture]);
  const legendList = <LegendList palette={look.palette} legend={legend} highlight={highlight} />;
  const isBeside = useMedia('(min-width: 1200px)') && look.view === 'functions';
  const highlightFunction = (frame: FrameIndex) => {
    highlight.value = { kind: 'function', frame };
  };
  const showInGraph = (frame: FrameIndex) => {
    highlightFunction(frame);
    if (!isBeside) views.change({ view: 'icicle' });
  };
  const select = (plan: Plan, item: Item) => {
    selected.value = { plan, item };
    if (isStrip(item)) return;
    const own = functionByFrame(plan.tree)[plan.tree.frame[item.node]!]!;
    current.value = own;
    // Beside the table there is one selection.
    if (views.look.peek().view === 'functions' && highlight.peek()?.kind === 'function') highlightFunction(own);
  };

  /** Of two the one that is zoomed, or the lower one. */
  const graphOf = () => graphs.current.find((graph) => graph?.isZoomed) ?? graphs.current.findLast(Boolean) ?? null;
  const resetZoom = () => {
    graphOf()?.resetZoom();
    graphOf()?.focus();
  };
  const openSource = (plan: Plan, node: NodeIndex) => {
    const { url, line, column } = plan.tree.frames;
    const frame = plan.tree.frame[node]!;
    if (url[frame]) controller.page.openSource?.(url[frame], Math.max(line[frame]!, 1), Math.max(column[frame]!, 1));
  };
  const actions = ({ plan, item }: Spot) =>
    actionsOn({ tree: plan.tree, node: item.node, captured: named }, views, controller);

  const facts = 'graph' in capture ? capture.graph.facts : factsOf(capture, call, frames);
  const saveSvg = async (choices: ExportChoices, caption: Caption) => {
    if (!shown || !main) return;
    // Loaded when it is needed first: it carries the whole graph's script as text.
    const { exportedFile } = await import('./exporting.ts');
    const { svg, target } = exportedFile({ plan: main, shown, facts }, choices, caption);
    download(fileName(target, facts.startedAt, 'svg'), 'image/svg+xml', svg);
  };

  // Before the graph hears of them.
  const onKeyDown = (event: KeyboardEvent) => {
    // What is open over the graph has keys of its own.
    if (menu.value || showsKeys.value) return;
    if (event.target instanceof HTMLInputElement && event.target.type !== 'radio') return;
    if (event.target instanceof HTMLSelectElement) return;
    const does = pressed(event, {
      views,
      actions: spot ? actions(spot).flat() : [],
      isZoomed: zoom.value?.isZoomed ?? false,
      showTable: hasTable ? () => controller.showTable() : null,
      endHighlight: highlight.value ? () => (highlight.value = null) : null,
      search: () => pane.current!.querySelector<HTMLInputElement>('input[type=search]')?.select(),
      help: () => {
        showsKeys.value = true;
      },
    });
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  };
  useEffect(() => {
    // What had the focus may be gone with its view.
    if (document.activeElement === document.body) graphOf()?.focus();
  }, [plans]);

  const graph = (plan: Plan, index: number, name: string, graphLookHere: typeof graphLook) => (
    <GraphHost
      key={name}
      plan={plan}
      look={graphLookHere}
      query={query.value}
      highlighted={highlighted}
      onGraph={(created) => {
        graphs.current[index] = created;
      }}
      options={{
        name,
        onHover: (item) => {
          hovered.value = item && { plan: views.shown.peek()!.plans[index]!, item };
        },
        onSelect: (item) => select(views.shown.peek()!.plans[index]!, item),
        onZoom: (range, isZoomed, viewed) =>
          batch(() => {
            const plan = views.shown.peek()!.plans[index]!;
            if (!isWithin(range, plan, selected.peek()))
              selected.value = { plan, item: { node: range.first, x: 0, width: 0 } };
            zoom.value = { plan, range, isZoomed, viewed };
          }),
        onMatch: (result) => {
          match.value = result;
        },
        onOpen: (node) => openSource(views.shown.peek()!.plans[index]!, node),
        onMenu: (node, place) => {
          menu.value = { spot: { plan: views.shown.peek()!.plans[index]!, item: { node, x: 0, width: 0 } }, ...place };
        },
      }}
    />
  );

  return (
    <section
      ref={pane}
      class="graph-pane"
      aria-label={areRuns ? 'Recorded function' : 'Captured calls'}
      onKeyDownCapture={onKeyDown}
    >
      <style>{liveStyle}</style>
      <div class="row graph-bar">
        {hasTable && (
          <button
            type="button"
            class="to-table"
            title="Back to the functions of the recording (Esc)"
            onClick={() => controller.showTable()}
          >
            <TableIcon /> Functions
          </button>
        )}
        {seen && <CallList capture={seen} chosen={call} onChoose={(choice) => controller.chooseCall(choice)} />}
        <div class="tools">
          {zoom.value?.isZoomed && (
            <button
              type="button"
              class="reset-zoom"
              title="Show the whole graph again (Esc in the graph takes back one zoom)"
              onClick={resetZoom}
            >
              <ZoomOutIcon /> <span class="label">Reset zoom</span>
            </button>
          )}
          <OriginalNamesToggle names={names} frames={tree.frames} />
          <ViewSwitch views={views} />
          <OrderButton views={views} />
          <ViewOptions views={views}>{legendList}</ViewOptions>
          <SearchBox query={query} match={match.value} onStep={(direction) => graphOf()?.step(direction)} />
          <ExportButtons key={facts.startedAt} saved={exporting} onExport={saveSvg} />
          <button
            type="button"
            class="icon-only"
            aria-label="Keys"
            title="All keys (?)"
            onClick={() => {
              showsKeys.value = true;
            }}
          >
            <HelpIcon />
          </button>
        </div>
      </div>
      {seen?.results && <ResultRow results={seen.results} call={call} />}
      {shown && <Trail views={views} shown={shown} />}
      {views.problem.value !== null && (
        <p role="alert" class="row">
          The view could not be made: {views.problem.value} Choose another one, or take changes back.
        </p>
      )}
      {look.view === 'functions' && main ? (
        <div class="beside">
          <FunctionsTable
            controller={controller}
            tree={main.tree}
            captured={tree.frames}
            query={query.value}
            active={current}
            onSelect={isBeside ? highlightFunction : null}
            onPick={showInGraph}
          />
          {isBeside && graph(main, 0, 'Flame graph', graphLook)}
        </div>
      ) : plans.length === 2 ? (
        <div class="sandwich">
          <h2>Callers of {displayName(main!.tree.frames, main!.tree.frame[0]!)}</h2>
          <div class="callers" style={{ flexBasis: `${heightOf(plans[0]!)}px` }}>
            {graph(plans[0]!, 0, 'Callers', callersLook)}
          </div>
          <h2>What it calls</h2>
          {graph(plans[1]!, 1, 'Callees', graphLook)}
        </div>
      ) : main ? (
        graph(main, 0, 'Flame graph', graphLook)
      ) : (
        shown && (
          <p class="empty">
            {look.view === 'flame chart' && !seen ? (
              'A flame chart needs the samples, which an exported file does not have: choose another view.'
            ) : (
              <>
                Nothing is left of this call{look.view === 'sandwich' && ', or it has no such function'}: take changes
                back, or choose another view.
              </>
            )}
          </p>
        )
      )}
      {legendList}
      <div class="row details">
        {spot && (
          <>
            <Details
              controller={controller}
              tree={tree}
              names={names}
              plan={spot.plan}
              item={spot.item}
              viewed={
                zoom.value && isSameTree(zoom.value.plan, spot.plan) ? zoom.value.viewed : spot.plan.tree.total[0]!
              }
              isSampled={areRuns}
            />
            {seen && (
              <HotLines
                page={controller.page}
                capture={seen}
                call={call}
                tree={tree}
                names={names}
                frame={isStrip(spot.item) ? null : spot.plan.tree.frame[spot.item.node]!}
              />
            )}
            {!isStrip(spot.item) && (
              <button
                type="button"
                class="icon-only"
                aria-label="Actions"
                aria-haspopup="menu"
                title="What can be done with this box (right click on it)"
                onClick={(event) => {
                  const { left: x, top: y } = event.currentTarget.getBoundingClientRect();
                  menu.value = { spot, x, y };
                }}
              >
                <MoreIcon />
              </button>
            )}
          </>
        )}
        <span role="status" class="matched" title={match.value?.error}>
          {match.value && formatMatches(match.value)}
        </span>
      </div>
      {menu.value && (
        <BoxMenu
          groups={actions(menu.value.spot)}
          at={menu.value}
          onClose={() => {
            menu.value = null;
            graphOf()?.focus();
          }}
        />
      )}
      {showsKeys.value && (
        <KeyHelp
          onClose={() => {
            showsKeys.value = false;
          }}
        />
      )}
    </section>
  );
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

/** CSS pixels that all rows of a graph take. */
function heightOf({ tree }: Plan): number {
  return (1 + tree.depth.reduce((a, b) => Math.max(a, b), 0)) * rowHeight;
}
