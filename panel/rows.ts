import type { Recorded } from '../src/capture/recorded.ts';
import { displayName, harmless, sourceText } from '../src/flamegraph/names.ts';
import { formatDuration } from '../src/flamegraph/units.ts';
import { type FrameIndex, FrameKind, type FrameTable } from '../src/profile/model.ts';
import { packageOf } from '../src/sources/urls.ts';

/** The rows of a recording's tables, and what can be done with them. */

export interface PlacedRow {
  readonly frame: FrameIndex;
  readonly name: string;
  /** Such as `store.js:88`, or `react-dom · client.js:88`. */
  readonly source: string;
  /** In lower case, what a filter looks in. */
  readonly searched: string;
  /** Whether it comes from a script of the page: neither native nor evaluated from nowhere. */
  readonly isOwn: boolean;
}

export interface FunctionRow extends PlacedRow {
  readonly self: number;
  readonly total: number;
  readonly samples: number;
}

export interface EventRow extends PlacedRow {
  /** Such as `click`, `timer`. */
  readonly what: string;
  readonly count: number;
  readonly total: number;
  readonly longest: number;
}

/** Columns of functions, by row: of a recording, or of a call tree. */
type Functions = Pick<Recorded['functions'], 'frame' | 'self' | 'total' | 'samples'>;

/** @param frames those of the functions, named as they are to be shown */
export function functionRows(functions: Functions, frames: FrameTable): FunctionRow[] {
  return Array.from(functions.frame, (frame, row) => ({
    ...placed(frames, frame),
    self: functions.self[row]!,
    total: functions.total[row]!,
    samples: functions.samples[row]!,
  }));
}

export function eventRows({ events }: Recorded, frames: FrameTable): EventRow[] {
  return Array.from(events.frame, (frame, row) => ({
    ...placed(frames, frame, events.what[row]!),
    what: events.what[row]!,
    count: events.count[row]!,
    total: events.total[row]!,
    longest: events.longest[row]!,
  }));
}

function placed(frames: FrameTable, frame: FrameIndex, what = ''): PlacedRow {
  const [name, place, url] = [displayName(frames, frame), sourceText(frames, frame), frames.url[frame]!];
  const library = packageOf(url);
  return {
    frame,
    name,
    source: library === null ? place : `${harmless(library)} · ${place}`,
    searched: `${what} ${name} ${url}:${frames.line[frame]}`.toLowerCase(),
    isOwn: frames.kind[frame] === FrameKind.script && url !== '',
  };
}

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly valueOf: (row: Row) => string | number;
  /** Of the value, where it has one. */
  readonly unit?: string;
  /** Numbers as they are shown; text shows itself. */
  readonly textOf?: (row: Row) => string;
}

export const functionColumns: readonly Column<FunctionRow>[] = [
  { id: 'name', title: 'Function', about: 'Its name, as the engine says it', valueOf: ({ name }) => name },
  {
    id: 'self',
    title: 'Self',
    about: 'Time in the function itself, with the layouts and styles that it forced',
    valueOf: ({ self }) => self,
    unit: 'µs',
    textOf: ({ self }) => formatDuration(self),
  },
  {
    id: 'total',
    title: 'Total',
    about: 'Time in the function and in all that it called; recursion counts once',
    valueOf: ({ total }) => total,
    unit: 'µs',
    textOf: ({ total }) => formatDuration(total),
  },
  { id: 'samples', title: 'Samples', about: 'Samples that have it on the stack', valueOf: ({ samples }) => samples },
  { id: 'source', title: 'Source', about: 'Where it is written', valueOf: ({ source }) => source },
];

export const eventColumns: readonly Column<EventRow>[] = [
  { id: 'what', title: 'Event', about: 'What the browser called the function for', valueOf: ({ what }) => what },
  { id: 'name', title: 'Function', about: 'The function that it called', valueOf: ({ name }) => name },
  { id: 'count', title: 'Count', about: 'How often', valueOf: ({ count }) => count },
  {
    id: 'total',
    title: 'Total',
    about: 'All of them together, clocked by the browser',
    valueOf: ({ total }) => total,
    unit: 'µs',
    textOf: ({ total }) => formatDuration(total),
  },
  {
    id: 'longest',
    title: 'Longest',
    about: 'The longest of them, clocked by the browser',
    valueOf: ({ longest }) => longest,
    unit: 'µs',
    textOf: ({ longest }) => formatDuration(longest),
  },
  { id: 'source', title: 'Source', about: 'Where the function is written', valueOf: ({ source }) => source },
];

export interface Order {
  readonly column: string;
  readonly isDescending: boolean;
}

/** Rows that contain all words of the query, own code only unless natives are wanted too; a new array. */
export function filterRows<Row extends PlacedRow>(rows: readonly Row[], query: string, natives: boolean): Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ searched, isOwn }) => (isOwn || natives) && words.every((word) => searched.includes(word)));
}

/** Sorts in place; rows that are equal stand by the name of their function, whichever the direction. */
export function sortRows<Row extends PlacedRow>(rows: Row[], columns: readonly Column<Row>[], order: Order): Row[] {
  const column = columns.find(({ id }) => id === order.column)!;
  const sign = order.isDescending ? -1 : 1;
  return rows.sort(
    (a, b) => sign * compare(column.valueOf(a), column.valueOf(b)) || compare(a.name, b.name) || a.frame - b.frame,
  );
}

/** The order after a click on a column's head: numbers begin with the largest, texts with the first. */
export function reordered<Row>(before: Order, column: Column<Row>): Order {
  if (before.column === column.id) return { ...before, isDescending: !before.isDescending };
  return { column: column.id, isDescending: !['what', 'name', 'source'].includes(column.id) };
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows as text for a spreadsheet: a line of heads, then a line a row; numbers in full, such as times in µs. */
export function tsvOf<Row extends PlacedRow>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cell = (value: string | number) => String(value).replaceAll(/[\t\r\n]+/g, ' ');
  const lines = [columns.map(({ title, unit }) => (unit ? `${title} (${unit})` : title))];
  for (const row of rows) lines.push(columns.map((column) => cell(column.valueOf(row))));
  return lines.map((line) => `${line.join('\t')}\n`).join('');
}
