import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Query } from '../src/flamegraph/search.ts';
import type { FrameTable } from '../src/profile/model.ts';
import type { DrawnGraphs } from './drawn-graphs.ts';
import type { GraphViews } from './graph-views.ts';
import { HelpIcon, ZoomOutIcon } from './icons.tsx';
import type { OriginalNames } from './original-names.ts';
import { OriginalNamesToggle } from './original-names-toggle.tsx';
import { SearchBox } from './search-box.tsx';
import { ViewOptions } from './view-options.tsx';
import { OrderButton, ViewSwitch } from './view-switch.tsx';

interface GraphToolsProps {
  readonly views: GraphViews;
  readonly drawn: DrawnGraphs;
  readonly query: Signal<Query>;
  readonly names: OriginalNames;
  /** As they were captured. */
  readonly frames: FrameTable;
  readonly legend: ComponentChildren;
  readonly exportButtons: ComponentChildren;
  readonly onHelp: () => void;
}

/** The tools above the graph. */
export function GraphTools({ views, drawn, query, names, frames, legend, exportButtons, onHelp }: GraphToolsProps) {
  return (
    <div class="tools">
      {drawn.zoom.value?.isZoomed && (
        <button
          type="button"
          class="reset-zoom"
          title="Show the whole graph again (Esc in the graph takes back one zoom)"
          onClick={() => drawn.resetZoom()}
        >
          <ZoomOutIcon /> <span class="label">Reset zoom</span>
        </button>
      )}
      <OriginalNamesToggle names={names} frames={frames} />
      <ViewSwitch views={views} />
      <OrderButton views={views} />
      <ViewOptions views={views}>{legend}</ViewOptions>
      <SearchBox query={query} match={drawn.match.value} onStep={(direction) => drawn.front?.step(direction)} />
      {exportButtons}
      <button type="button" class="icon-only" aria-label="Keys" title="All keys (?)" onClick={onHelp}>
        <HelpIcon />
      </button>
    </div>
  );
}
