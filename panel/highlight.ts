import { computed, type ReadonlySignal, type Signal, signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { type Plan, type Zoom, zoomOn } from '../src/flamegraph/view.ts';
import type { FrameIndex } from '../src/profile/model.ts';
import { functionByFrame } from '../src/profile/moments.ts';
import type { Look as GraphLook } from '../src/runtime/graph.ts';
import { type Legend, legendOf } from './legend.ts';
import type { Look } from './look.ts';

/** What stands out in a graph, in place of what is searched: a function, or an entry of the legend. */
export type Highlight =
  | { readonly kind: 'function'; readonly frame: FrameIndex }
  | { readonly kind: 'legend'; readonly id: string };

/** Signals, so that a zoom or a highlight makes nothing anew but what reads them. */
interface Highlighting {
  /** One thing at a time; null where all is as it is. */
  readonly highlight: Signal<Highlight | null>;
  /** Null where colours mean nothing, or no group of functions. */
  readonly legend: ReadonlySignal<Legend | null>;
  /** 1 for each frame that stands out; null where none is to. */
  readonly highlighted: ReadonlySignal<Uint8Array | null>;
  /** To be told what is zoomed to, after it shows: a legend takes its time. */
  readonly zoomTo: (zoom: Zoom) => void;
}

/** @param main what is drawn */
export function useHighlight(main: Plan | undefined, { view, palette }: Look, { paint }: GraphLook): Highlighting {
  const highlight = useSignal<Highlight | null>(null);
  return useMemo(() => {
    const isBySource = palette === 'source' || palette === 'color-blind';
    const legendIn = (zoom: Zoom) => (main && isBySource ? legendOf(main, zoom, paint, view === 'bottom-up') : null);
    const all = main ? zoomOn(main.tree, 0) : null;
    const whole = all && legendIn(all);
    const legend = signal(whole);
    const zoomTo = (zoom: Zoom) => {
      const isAll = zoom.first === all?.first && zoom.end === all.end;
      legend.value = isAll ? whole : legendIn(zoom);
    };
    const highlighted = computed(() => (main ? framesOf(main, highlight.value, legend.value) : null));
    return { highlight, legend, highlighted, zoomTo };
  }, [main, paint, palette]);
}

function framesOf({ tree }: Plan, highlight: Highlight | null, legend: Legend | null): Uint8Array | null {
  if (highlight?.kind === 'function') {
    const functionOf = functionByFrame(tree);
    return Uint8Array.from(functionOf, (own) => (own === functionOf[highlight.frame] ? 1 : 0));
  }
  const entry = legend?.entries.findIndex(({ id }) => id === highlight?.id) ?? -1;
  return legend && entry >= 0 ? Uint8Array.from(legend.entryByFrame, (own) => (own === entry ? 1 : 0)) : null;
}
