import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { SeenCalls } from '../src/capture/recorded.ts';
import type { Caption } from '../src/flamegraph/facts.ts';
import { liveStyle } from '../src/flamegraph/live-style.ts';
import { paintBy } from '../src/flamegraph/palette.ts';
import type { Query } from '../src/flamegraph/search.ts';
import type { Plan } from '../src/flamegraph/view.ts';
import type { CallTree, FrameIndex, NodeIndex } from '../src/profile/model.ts';
import { BoxMenu } from './box-menu.tsx';
import { CallList } from './call-list.tsx';
import type { Controller } from './controller.ts';
import { DetailsRow } from './details-row.tsx';
import { download, fileName } from './download.ts';
import { DrawnGraphs, type Spot } from './drawn-graphs.ts';
import { ExportButtons } from './export-buttons.tsx';
import type { ExportChoices } from './export-choices.ts';
import { actionsOn } from './graph-actions.ts';
import { GraphBody } from './graph-body.tsx';
import { pressed } from './graph-keys.ts';
import { GraphTools } from './graph-tools.tsx';
import type { GraphViews } from './graph-views.ts';
import { useHighlight } from './highlight.ts';
import { TableIcon } from './icons.tsx';
import { KeyHelp } from './key-help.tsx';
import { LegendList, LegendZoom } from './legend-list.tsx';
import { orientationOf, type ViewKind } from './look.ts';
import type { OriginalNames } from './original-names.ts';
import { ResultRow } from './result-row.tsx';
import { isSampled } from './samples.ts';
import { factsOf } from './shown.ts';
import type { OpenedProfile } from './state.ts';
import { Trail } from './trail.tsx';

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

const noQuery: Query = { terms: [''], isRegex: true, isCaseSensitive: false };

/** The calls of a capture, their graph, and what can be done with it. */
export function GraphPane({ controller, views, capture, exporting, tree, names }: GraphPaneProps) {
  const pane = useRef<HTMLElement>(null);
  const drawn = useMemo(() => new DrawnGraphs(), []);
  const query = useSignal(noQuery);
  const current = useSignal<FrameIndex | null>(null);
  const menu = useSignal<{ spot: Spot; x: number; y: number } | null>(null);
  const showsKeys = useSignal(false);
  const { call, choice, recorded, running } = controller.state.value;
  const frames = names.shown(tree.frames);
  const hasTable = recorded !== null && running === null;

  const opened = 'graph' in capture ? capture.graph : null;
  /** Null for what a file holds. */
  const seen = 'graph' in capture ? null : capture;
  // What is still there of another capture has frames of its own.
  const shown = views.shown.value?.sight.capture === capture ? views.shown.value : null;
  const look = shown?.look ?? views.look.value;
  const plans = shown?.plans ?? [];
  const main = plans.at(-1);
  const graphLook = useMemo(
    () => ({ orientation: orientationOf(look.view), paint: paintBy(look.palette) }),
    [look.view, look.palette],
  );
  const { highlight, legend, highlighted, zoomTo } = useHighlight(main, look, graphLook);
  useLayoutEffect(() => {
    // Frames of another capture have other numbers.
    highlight.value = null;
    current.value = null;
  }, [capture]);
  useLayoutEffect(() => {
    // Of a highlight and a search, the later one shows.
    highlight.value = null;
  }, [query.value]);
  const legendList = <LegendList palette={look.palette} legend={legend} highlight={highlight} />;

  const openSource = (plan: Plan, node: NodeIndex) => {
    const { url, line, column } = plan.tree.frames;
    const frame = plan.tree.frame[node]!;
    if (url[frame]) controller.page.openSource?.(url[frame], Math.max(line[frame]!, 1), Math.max(column[frame]!, 1));
  };
  const actions = ({ plan, item }: Spot) =>
    shown ? actionsOn({ tree: plan.tree, node: item.node, captured: shown.sight.tree }, views, controller) : [];
  const openMenu = (spot: Spot, place: { readonly x: number; readonly y: number }) => {
    menu.value = { spot, ...place };
  };
  const openHelp = () => {
    showsKeys.value = true;
  };

  const facts = seen ? factsOf(seen, call, frames) : opened!.facts;
  const areSampled = seen ? isSampled(seen.calls) : facts.calls === 0;
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
    const spot = drawn.spotIn(plans);
    const does = pressed(event, {
      views,
      actions: spot ? actions(spot).flat() : [],
      isZoomed: drawn.zoom.value?.isZoomed ?? false,
      showTable: hasTable ? () => controller.showTable() : null,
      endHighlight: highlight.value ? () => (highlight.value = null) : null,
      search: () => pane.current!.querySelector<HTMLInputElement>('input[type=search]')?.select(),
      help: openHelp,
    });
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  };
  useLayoutEffect(() => {
    // What had the focus may be gone with its view; a key that is pressed next is meant for what is there instead.
    if (document.activeElement === document.body) drawn.front?.focus();
  }, [plans]);

  return (
    <section
      ref={pane}
      class="graph-pane"
      aria-label={seen === null ? 'Opened profile' : areSampled ? 'Recorded function' : 'Captured calls'}
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
        {seen && <CallList capture={seen} chosen={choice} onChoose={(to) => void controller.choosing.call(to)} />}
        <GraphTools
          views={views}
          drawn={drawn}
          query={query}
          names={names}
          frames={tree.frames}
          legend={legendList}
          exportButtons={
            <ExportButtons key={`${facts.startedAt} ${facts.target}`} saved={exporting} onExport={saveSvg} />
          }
          onHelp={openHelp}
        />
      </div>
      {seen?.results && <ResultRow results={seen.results} call={call} />}
      {shown && <Trail views={views} shown={shown} />}
      {views.problem.value !== null && (
        <p role="alert" class="row">
          The view could not be made: {views.problem.value} Choose another one, or take changes back.
        </p>
      )}
      {main && (
        <GraphBody
          controller={controller}
          views={views}
          drawn={drawn}
          view={look.view}
          plans={plans}
          look={graphLook}
          query={query.value}
          highlight={highlight}
          highlighted={highlighted}
          captured={tree.frames}
          current={current}
          onOpen={openSource}
          onMenu={openMenu}
        />
      )}
      {shown && !main && <p class="empty">{emptyWords(look.view, shown.sight.timeline !== null)}</p>}
      {legendList}
      <LegendZoom main={main} drawn={drawn} zoomTo={zoomTo} />
      <DetailsRow
        controller={controller}
        drawn={drawn}
        plans={plans}
        seen={seen}
        isSampled={areSampled}
        call={call}
        tree={tree}
        names={names}
        onMenu={openMenu}
      />
      {menu.value && (
        <BoxMenu
          groups={actions(menu.value.spot)}
          at={menu.value}
          onClose={() => {
            menu.value = null;
            drawn.front?.focus();
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

function emptyWords(view: ViewKind, hasTimes: boolean): string {
  if (view === 'flame chart' && !hasTimes)
    return 'A flame chart needs the order of time, which only a file that was exported from one has: choose another view.';
  const orGone = view === 'sandwich' ? ', or it has no such function' : '';
  return `Nothing is left of this call${orGone}: take changes back, or choose another view.`;
}
