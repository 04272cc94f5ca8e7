import type { Orientation } from '../src/flamegraph/drawing.ts';
import { type PaletteName, palettes } from '../src/flamegraph/palette.ts';
import type { SiblingOrder } from '../src/profile/tree.ts';

export const viewKinds = ['icicle', 'flame graph', 'flame chart', 'sandwich', 'bottom-up', 'functions'] as const;
export type ViewKind = (typeof viewKinds)[number];

export const siblingOrders = ['time', 'name', 'source'] as const satisfies readonly SiblingOrder[];

/** How graphs are looked at, remembered from one DevTools to the next. */
export interface Look {
  readonly view: ViewKind;
  readonly order: SiblingOrder;
  readonly palette: PaletteName;
}

export const firstLook: Look = { view: 'icicle', order: 'time', palette: 'source' };

/** A look as it was saved by this version or another one. */
export function readLook(saved: unknown): Look {
  const { view, order, palette } = { ...firstLook, ...(typeof saved === 'object' ? saved : {}) };
  return {
    view: oneOf(viewKinds, view) ?? firstLook.view,
    order: oneOf(siblingOrders, order) ?? firstLook.order,
    palette: oneOf(palettes, palette) ?? firstLook.palette,
  };
}

function oneOf<Value>(values: readonly Value[], value: Value): Value | undefined {
  return values.find((each) => each === value);
}

/** Which way the graph of a view grows. */
export function orientationOf(view: ViewKind): Orientation {
  return view === 'flame graph' ? 'flame' : 'icicle';
}
