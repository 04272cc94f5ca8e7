import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { placeTarget } from '../src/capture/frame-place.ts';
import type { FrameIndex, FrameTable } from '../src/profile/model.ts';
import type { Controller } from './controller.ts';
import { RecordIcon } from './icons.tsx';
import type { Column, Order, PlacedRow } from './rows.ts';
import { SourceLink } from './source-link.tsx';

/** Rows in the document at a time; nobody scrolls further, they filter. */
export const mostRows = 500;

interface RowTableProps<Row> {
  readonly controller: Controller;
  /** As they were recorded. */
  readonly frames: FrameTable;
  /** The same frames as they are to be shown. */
  readonly shown: FrameTable;
  readonly active: Signal<FrameIndex | null>;
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly order: Order;
  readonly onOrder: (column: Column<Row>) => void;
  /** Shows where the time of a function goes. */
  readonly onPick: (frame: FrameIndex) => void;
}

/**
 * A table of functions. Tab leads to one row, arrows, Home and End move among them; Enter shows the function's graph, C
 * captures it.
 */
export function RowTable<Row extends PlacedRow>(props: RowTableProps<Row>) {
  const { controller, frames, active, label, columns, order, onOrder } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = props.rows.slice(0, mostRows);
  const activeRow = Math.max(
    0,
    rows.findIndex(({ frame }) => frame === active.value),
  );

  // Back from a graph, the focus goes on where it was.
  const back = useRef(active.value === null ? null : activeRow);
  useLayoutEffect(() => {
    if (back.current !== null && document.activeElement === document.body) nameAt(body.current!, back.current)?.focus();
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const row = rows[activeRow];
    const to = moved(event.key, activeRow, rows.length);
    if (row && event.key.toLowerCase() === 'c') controller.captureFrame(frames, row.frame);
    else if (to !== null) {
      active.value = rows[to]!.frame;
      nameAt(body.current!, to)?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <div class="record-rows">
      <table aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" class={column.id} aria-sort={sortOf(order, column.id)}>
                <button type="button" title={`${column.about}. Sorts.`} onClick={() => onOrder(column)}>
                  {column.title}
                  <span class="direction" aria-hidden="true">
                    {order.column === column.id && (order.isDescending ? '▾' : '▴')}
                  </span>
                </button>
              </th>
            ))}
            <th scope="col" class="capture">
              Capture
            </th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {rows.map((row, index) => (
            <tr
              key={keyOf(row, columns)}
              aria-current={row.frame === active.value}
              onFocusIn={() => {
                active.value = row.frame;
              }}
            >
              {columns.map((column) => (
                <td key={column.id} class={column.id}>
                  <Cell {...props} row={row} column={column} isTabStop={index === activeRow} />
                </td>
              ))}
              <td class="capture">
                {row.frame < frames.name.length && placeTarget(frames, row.frame) && (
                  <button
                    type="button"
                    class="icon-only"
                    aria-label={`Capture this one: ${row.name}`}
                    title="Capture this one: hook it, for exact clocks (C)"
                    tabIndex={index === activeRow ? 0 : -1}
                    onClick={() => controller.captureFrame(frames, row.frame)}
                  >
                    <RecordIcon />
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps<Row> extends RowTableProps<Row> {
  readonly row: Row;
  readonly column: Column<Row>;
  readonly isTabStop: boolean;
}

function Cell<Row extends PlacedRow>({ controller, shown, row, column, isTabStop, onPick }: CellProps<Row>) {
  const { frame, name, source } = row;
  if (column.id === 'name')
    return (
      <button
        type="button"
        class="link name"
        title={`Show where the time of ${name} goes`}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => onPick(frame)}
      >
        {name}
      </button>
    );
  if (column.id === 'source') {
    const [url, line, at] = [shown.url[frame]!, shown.line[frame]!, shown.column[frame]!];
    return <SourceLink page={controller.page} url={url} line={line} column={at} text={source} isTabStop={isTabStop} />;
  }
  return <>{column.textOf?.(row) ?? column.valueOf(row)}</>;
}

/** A function is in one row, or in one for each kind of event. */
function keyOf<Row extends PlacedRow>(row: Row, [first]: readonly Column<Row>[]): string {
  return `${row.frame} ${first!.valueOf(row)}`;
}

function nameAt(body: HTMLTableSectionElement, row: number): HTMLButtonElement | null | undefined {
  return body.rows[row]?.querySelector<HTMLButtonElement>('.name button');
}

function sortOf(order: Order, column: string): 'ascending' | 'descending' | 'none' {
  if (order.column !== column) return 'none';
  return order.isDescending ? 'descending' : 'ascending';
}

/** Where a key leads; null for keys that lead nowhere. */
function moved(key: string, from: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, count - 1);
    case 'ArrowUp':
      return Math.max(from - 1, 0);
    case 'PageDown':
      return Math.min(from + 10, count - 1);
    case 'PageUp':
      return Math.max(from - 10, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
