import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
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

interface Highlighting {
  /** One thing at a time; null where all is as it is. */
  readonly highlight: Signal<Highlight | null>;
  /** Null where colours mean nothing, or no group of functions. */
  readonly legend: Legend | null;
  /** 1 for each frame that stands out; null where none is to. */
  readonly highlighted: Uint8Array | null;
}

/** @param main what is drawn @param zoom what is zoomed to in it, or in another plan */
export function useHighlight(
  main: Plan | undefined,
  zoom: { readonly plan: Plan; readonly range: Zoom } | null,
  { view, palette }: Look,
  { paint }: GraphLook,
): Highlighting {
  const highlight = useSignal<Highlight | null>(null);
  const range = zoom && zoom.plan.tree.frame === main?.tree.frame ? zoom.range : null;
  const isBySource = palette === 'source' || palette === 'color-blind';
  const legendIn = (zoom: Zoom) => (main && isBySource ? legendOf(main, zoom, paint, view === 'bottom-up') : null);
  const whole = useMemo(() => main && legendIn(zoomOn(main.tree, 0)), [main, paint, palette]);
  const zoomed = useSignal<{ readonly of: typeof whole; readonly legend: Legend | null } | null>(null);
  useEffect(() => {
    // For what is zoomed to it takes its time, and the zoom is not to wait for it.
    zoomed.value = range && { of: whole, legend: legendIn(range) };
  }, [whole, range]);
  const legend = (zoomed.value?.of === whole ? zoomed.value?.legend : whole) ?? null;
  const highlighted = useMemo(() => main && framesOf(main, highlight.value, legend), [main, highlight.value, legend]);
  return { highlight, legend, highlighted: highlighted ?? null };
}

function framesOf({ tree }: Plan, highlight: Highlight | null, legend: Legend | null): Uint8Array | null {
  if (highlight?.kind === 'function') {
    const functionOf = functionByFrame(tree);
    return Uint8Array.from(functionOf, (own) => (own === functionOf[highlight.frame] ? 1 : 0));
  }
  const entry = legend?.entries.findIndex(({ id }) => id === highlight?.id) ?? -1;
  return legend && entry >= 0 ? Uint8Array.from(legend.entryByFrame, (own) => (own === entry ? 1 : 0)) : null;
}
