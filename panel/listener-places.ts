import type { ListenerAddress, ListenerRow } from '../src/capture/listeners.ts';
import type { PlaceTarget } from '../src/capture/target.ts';
import { type FrameIndex, FrameKind, type FrameTable } from '../src/profile/model.ts';
import type { Listed } from './selected-element.ts';

/** Where listeners stand in their sources: frames like any others, so that they get their original names as those do. */
export interface ListenerPlaces {
  readonly frames: FrameTable;
  readonly frameByRow: ReadonlyMap<ListenerRow, FrameIndex>;
}

/** The rows that something can be done with, and how to get to them. */
export function addressesOf({ frame, groups }: Listed): Map<ListenerRow, ListenerAddress> {
  const addresses = new Map<ListenerRow, ListenerAddress>();
  for (const { path, listeners } of groups)
    if (path) for (const row of listeners) if (row.isFunction) addresses.set(row, { ...row, frame, path });
  return addresses;
}

/** Of the rows, in their order, those that have a place. */
export function placed(rows: Iterable<ListenerRow>, places: readonly (PlaceTarget | null)[]): ListenerPlaces {
  const known = Array.from(rows, (row, index) => ({ row, place: places[index] })).filter(
    (one): one is { row: ListenerRow; place: PlaceTarget } => one.place != null,
  );
  return {
    frames: {
      name: known.map(({ row }) => row.name),
      url: known.map(({ place }) => place.source),
      line: Int32Array.from(known, ({ place }) => place.line),
      column: Int32Array.from(known, ({ place }) => place.column ?? 0),
      kind: new Uint8Array(known.length).fill(FrameKind.script),
    },
    frameByRow: new Map(known.map(({ row }, frame) => [row, frame])),
  };
}
