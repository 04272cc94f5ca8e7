import { type Signal, signal } from '@preact/signals';
import type { Recorded } from '../src/capture/recorded.ts';
import type { FrameIndex } from '../src/profile/model.ts';
import type { Order } from './rows.ts';

/** How the tables of a recording are looked at; it outlives a look at a graph. */
export interface TableView {
  readonly tab: Signal<'functions' | 'events'>;
  readonly query: Signal<string>;
  readonly natives: Signal<boolean>;
  readonly functionOrder: Signal<Order>;
  readonly eventOrder: Signal<Order>;
  /** The function whose row Tab leads to, and that the way back from a graph leads to; null for the first one. */
  readonly active: Signal<FrameIndex | null>;
}

const views = new WeakMap<Recorded, TableView>();

/** Of one recording always the same. */
export function tableViewOf(recorded: Recorded): TableView {
  const view = views.get(recorded) ?? createTableView();
  views.set(recorded, view);
  return view;
}

function createTableView(): TableView {
  return {
    tab: signal('functions'),
    query: signal(''),
    natives: signal(false),
    functionOrder: signal({ column: 'self', isDescending: true }),
    eventOrder: signal({ column: 'total', isDescending: true }),
    active: signal(null),
  };
}
