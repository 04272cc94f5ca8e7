import type { ReadonlySignal, Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { harmless } from '../src/flamegraph/names.ts';
import { heat, type PaletteName } from '../src/flamegraph/palette.ts';
import { formatPercent } from '../src/flamegraph/units.ts';
import type { Plan, Zoom } from '../src/flamegraph/view.ts';
import type { DrawnGraphs } from './drawn-graphs.ts';
import type { Highlight } from './highlight.ts';
import type { Legend } from './legend.ts';

interface LegendListProps {
  readonly palette: PaletteName;
  /** There where colours go by source. */
  readonly legend: ReadonlySignal<Legend | null>;
  readonly highlight: Signal<Highlight | null>;
}

/** What the colours of a graph mean; those of FlameGraph mean nothing. */
export function LegendList({ palette, legend: { value: legend }, highlight }: LegendListProps) {
  if (palette === 'self time') return <Scale />;
  if (!legend) return null;
  const chosen = highlight.value;
  return (
    <ul class="legend" aria-label="Colours">
      {legend.entries.map(({ id, name, colors, share }) => {
        const isChosen = chosen?.kind === 'legend' && chosen.id === id;
        const shown = harmless(name, 80);
        return (
          <li key={id}>
            <button
              type="button"
              aria-pressed={isChosen}
              title={`${shown}: ${formatPercent(share)} of the view. ${isChosen ? 'Ends the highlight' : 'Highlights it in the graph'}`}
              onClick={() => {
                highlight.value = isChosen ? null : { kind: 'legend', id };
              }}
            >
              <span class={colors.length > 0 ? 'swatch' : 'swatch hatched'} style={{ background: stripes(colors) }} />
              <span class="name">{shown}</span> <span class="share">{formatPercent(share)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

interface LegendZoomProps {
  readonly main: Plan | undefined;
  readonly drawn: DrawnGraphs;
  readonly zoomTo: (zoom: Zoom) => void;
}

/** Has a legend follow what is zoomed to. It shows nothing itself: so a zoom makes nothing else of the pane anew. */
export function LegendZoom({ main, drawn, zoomTo }: LegendZoomProps) {
  const zoom = drawn.zoom.value;
  const range = zoom && zoom.plan.tree.frame === main?.tree.frame ? zoom.range : null;
  useEffect(() => {
    if (range) zoomTo(range);
  }, [range, zoomTo]);
  return null;
}

/** Colours side by side, as wide as each other. */
function stripes(colors: readonly string[]): string | undefined {
  if (colors.length === 0) return undefined;
  const part = 100 / colors.length;
  return `linear-gradient(90deg, ${colors.map((color, at) => `${color} ${part * at}% ${part * (at + 1)}%`).join(', ')})`;
}

/** Colours go by the square root of the share. */
const degrees = [0, 0.25, 0.5, 0.75, 1];
const heats = `linear-gradient(90deg, ${degrees.map((degree) => heat(degree ** 2)).join(', ')})`;

function Scale() {
  return (
    <p class="legend">
      Self time <span>0 %</span>
      <span class="scale" style={{ background: heats }} />
      <span>100 %</span>
    </p>
  );
}
