import { batch, useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { SeenCalls } from '../src/capture/recorded.ts';
import { liveStyle } from '../src/flamegraph/live-style.ts';
import { paintBy } from '../src/flamegraph/palette.ts';
import { formatMatches, type SearchResult } from '../src/flamegraph/search.ts';
import { type Item, planOf } from '../src/flamegraph/view.ts';
import type { CallTree } from '../src/profile/model.ts';
import { createFlameGraph, type FlameGraph } from '../src/runtime/graph.ts';
import { CallList } from './call-list.tsx';
import type { Controller } from './controller.ts';
import { Details } from './details.tsx';
import { download, fileName } from './download.ts';
import { SaveIcon, TableIcon, ZoomOutIcon } from './icons.tsx';
import type { OriginalNames } from './original-names.ts';
import { OriginalNamesToggle } from './original-names-toggle.tsx';
import { ResultRow } from './result-row.tsx';
import { isSampled } from './samples.ts';
import { factsOf } from './shown.ts';

interface GraphPaneProps {
  readonly controller: Controller;
  readonly capture: SeenCalls;
  /** As it was captured. */
  readonly tree: CallTree;
  readonly names: OriginalNames;
}

/** The calls of a capture, their graph, and what can be done with it. */
export function GraphPane({ controller, capture, tree, names }: GraphPaneProps) {
  const host = useRef<HTMLDivElement>(null);
  const graph = useRef<FlameGraph | null>(null);
  const hovered = useSignal<Item | null>(null);
  const selected = useSignal<Item | null>(null);
  const zoom = useSignal({ isZoomed: false, viewed: 0 });
  const match = useSignal<SearchResult | null>(null);
  const { call, recorded, running } = controller.state.value;
  const frames = names.shown(tree.frames);
  const named = useMemo(() => ({ ...tree, frames }), [tree, frames]);
  const plan = useMemo(() => planOf(named), [named]);
  const item = hovered.value ?? selected.value ?? { node: 0, x: 0, width: 0 };
  const hasTable = recorded !== null && running === null;

  useLayoutEffect(() => {
    const created = createFlameGraph(
      host.current!,
      { orientation: 'icicle', paint: paintBy('source') },
      {
        onHover: (item) => {
          hovered.value = item;
        },
        onSelect: (item) => {
          selected.value = item;
        },
        onZoom: ({ first }, isZoomed, viewed) =>
          batch(() => {
            selected.value = { node: first, x: 0, width: 0 };
            zoom.value = { isZoomed, viewed };
          }),
        onMatch: (result) => {
          match.value = result;
        },
      },
    );
    graph.current = created;
    return () => created.destroy();
  }, [hovered, selected, zoom, match]);

  useLayoutEffect(() => graph.current!.show(plan), [plan]);

  const saveSvg = async () => {
    // Loaded when it is needed first: it carries the whole graph's script as text.
    const { exportSvg } = await import('../src/export/svg.ts');
    const facts = factsOf(capture, call, frames);
    download(
      fileName(facts.target, capture.startedAt, 'svg'),
      'image/svg+xml',
      exportSvg({ tree: named, whole: plan.whole, facts, orientation: 'icicle', paint: paintBy('source') }),
    );
  };
  const resetZoom = () => {
    graph.current!.resetZoom();
    graph.current!.focus();
  };

  // Before the graph hears of them.
  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLInputElement;
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape' && !zoom.value.isZoomed && hasTable) controller.showTable();
    else if (event.key.toLowerCase() === 'c')
      controller.captureFrame(tree.frames, tree.frame[selected.value?.node ?? 0]!);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section
      class="graph-pane"
      aria-label={isSampled(capture.calls) ? 'Recorded function' : 'Captured calls'}
      onKeyDownCapture={onKeyDown}
    >
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
        <CallList capture={capture} chosen={call} onChoose={(choice) => controller.chooseCall(choice)} />
        <div class="tools">
          {zoom.value.isZoomed && (
            <button
              type="button"
              title="Show the whole graph again (Esc in the graph takes back one zoom)"
              onClick={resetZoom}
            >
              <ZoomOutIcon /> Reset zoom
            </button>
          )}
          <OriginalNamesToggle names={names} frames={tree.frames} />
          <SearchBox
            match={match.value}
            onSearch={(term) => graph.current!.search({ terms: [term], isRegex: true, isCaseSensitive: false })}
          />
          <button type="button" title="Save the graph as one interactive file" onClick={saveSvg}>
            <SaveIcon /> Export SVG
          </button>
        </div>
      </div>
      {capture.results && <ResultRow results={capture.results} call={call} />}
      <style>{liveStyle}</style>
      <div class="graph" ref={host} />
      <div class="row details">
        <Details
          controller={controller}
          tree={tree}
          names={names}
          plan={plan}
          item={item}
          viewed={zoom.value.viewed}
          isSampled={isSampled(capture.calls)}
        />
        <span role="status" class="matched" title={match.value?.error}>
          {match.value && formatMatches(match.value)}
        </span>
      </div>
    </section>
  );
}

function SearchBox({
  match,
  onSearch,
}: {
  readonly match: SearchResult | null;
  readonly onSearch: (term: string) => void;
}) {
  return (
    <input
      type="search"
      aria-label="Search frames"
      placeholder="Search frames"
      title="A regular expression, looked for in names and addresses (Ctrl+F)"
      autocomplete="off"
      spellcheck={false}
      aria-invalid={match?.error !== undefined}
      onInput={(event) => onSearch(event.currentTarget.value)}
    />
  );
}
