import { useMemo } from 'preact/hooks';
import type { Recorded } from '../src/capture/recorded.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import type { FrameIndex } from '../src/profile/model.ts';
import type { Controller } from './controller.ts';
import type { OriginalNames } from './original-names.ts';
import { OriginalNamesToggle } from './original-names-toggle.tsx';
import { mostRows, RowTable } from './row-table.tsx';
import { eventColumns, eventRows, filterRows, functionColumns, functionRows, reordered, sortRows } from './rows.ts';
import { type TableView, tableViewOf } from './table-view.ts';
import { Tick } from './tick.tsx';

interface RecordTableProps {
  readonly controller: Controller;
  readonly recorded: Recorded;
  readonly names: OriginalNames;
}

/** What a recording saw: its functions, or what the browser called. */
export function RecordTable({ controller, recorded, names }: RecordTableProps) {
  const view = tableViewOf(recorded);
  const { frames } = recorded.recording.profile;
  const shown = names.shown(frames);
  const functions = useMemo(() => functionRows(recorded.functions, shown), [recorded, shown]);
  const events = useMemo(() => eventRows(recorded, shown), [recorded, shown]);
  const { query, natives, functionOrder, eventOrder } = view;
  const isEvents = view.tab.value === 'events';
  const functionsListed = useMemo(
    () => sortRows(filterRows(functions, query.value, natives.value), functionColumns, functionOrder.value),
    [functions, query.value, natives.value, functionOrder.value],
  );
  const eventsListed = useMemo(
    () => sortRows(filterRows(events, query.value, natives.value), eventColumns, eventOrder.value),
    [events, query.value, natives.value, eventOrder.value],
  );
  const [listed, all] = isEvents ? [eventsListed, events] : [functionsListed, functions];
  const shared = {
    controller,
    frames,
    shown,
    active: view.active,
    onPick: (frame: FrameIndex) => void controller.choosing.pick(frame),
  };

  return (
    <section class="record-pane" aria-label="Recording">
      <div class="row record-bar">
        <Tabs view={view} />
        <span role="status" class="listed">
          {listedWords(listed.length, all.length, isEvents ? 'event' : 'function')}
        </span>
        <div class="tools">
          <OriginalNamesToggle names={names} frames={frames} />
          <Tick
            words="Native functions"
            title="Functions of the browser too, and those of scripts without an address"
            isOn={natives.value}
            onChange={(isOn) => {
              natives.value = isOn;
            }}
          />
          <input
            type="search"
            aria-label={isEvents ? 'Filter events' : 'Filter functions'}
            placeholder={isEvents ? 'Filter events' : 'Filter functions'}
            title="Words of its name or address (Ctrl+F)"
            autocomplete="off"
            spellcheck={false}
            value={query.value}
            onInput={(event) => {
              query.value = event.currentTarget.value;
            }}
          />
        </div>
      </div>
      {isEvents ? (
        <RowTable
          {...shared}
          label="Events"
          rows={eventsListed}
          columns={eventColumns}
          order={eventOrder.value}
          onOrder={(column) => {
            eventOrder.value = reordered(eventOrder.value, column);
          }}
        />
      ) : (
        <RowTable
          {...shared}
          label="Functions"
          rows={functionsListed}
          columns={functionColumns}
          order={functionOrder.value}
          onOrder={(column) => {
            functionOrder.value = reordered(functionOrder.value, column);
          }}
        />
      )}
    </section>
  );
}

const tabs = [
  { id: 'functions', title: 'Functions', about: 'Every function that was seen, sampled' },
  { id: 'events', title: 'Events', about: 'What the browser called functions for, clocked' },
] as const;

function Tabs({ view }: { readonly view: TableView }) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    view.tab.value = view.tab.value === 'events' ? 'functions' : 'events';
    document.getElementById(`tab-${view.tab.value}`)?.focus();
  };
  return (
    <div role="tablist" class="tabs" aria-label="What to list" onKeyDown={onKeyDown}>
      {tabs.map(({ id, title, about }) => (
        <button
          type="button"
          key={id}
          id={`tab-${id}`}
          role="tab"
          aria-selected={view.tab.value === id}
          tabIndex={view.tab.value === id ? 0 : -1}
          title={about}
          onClick={() => {
            view.tab.value = id;
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

function listedWords(listed: number, all: number, noun: string): string {
  if (all === 0) return `No ${noun} was seen`;
  const shown = listed > mostRows ? `the first ${mostRows} shown, filter to see others` : '';
  const counts = listed === all ? formatCount(all, noun) : `${listed} of ${formatCount(all, noun)}`;
  return shown === '' ? counts : `${counts}: ${shown}`;
}
