import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { matchFrames, type Query } from '../src/flamegraph/search.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import type { CallTree, FrameIndex, FrameTable } from '../src/profile/model.ts';
import { functionsOfTree } from '../src/profile/tree-functions.ts';
import type { Controller } from './controller.ts';
import { copyText } from './copies.ts';
import { CopyIcon } from './icons.tsx';
import { mostRows, RowTable } from './row-table.tsx';
import { functionColumns, functionRows, type Order, reordered, sortRows, tsvOf } from './rows.ts';

interface FunctionsTableProps {
  readonly controller: Controller;
  /** What is shown of the calls. */
  readonly tree: CallTree;
  /** As they were captured. */
  readonly captured: FrameTable;
  /** What is searched in the graph is what is listed here. */
  readonly query: Query;
  /** The function that is selected, here and in the graph. */
  readonly active: Signal<FrameIndex | null>;
  /** Called when another row is selected, where the graph stands beside. */
  readonly onSelect: ((frame: FrameIndex) => void) | null;
  /** Shows a function in the graph. */
  readonly onPick: (frame: FrameIndex) => void;
}

/** The functions of a call tree. */
export function FunctionsTable({ controller, tree, captured, query, active, onSelect, onPick }: FunctionsTableProps) {
  const order = useSignal<Order>({ column: 'self', isDescending: true });
  const root = useRef<HTMLDivElement>(null);
  const { frames } = tree;
  const all = useMemo(() => functionRows(functionsOfTree(tree), frames), [tree, frames]);
  const rows = useMemo(() => {
    const termOf = matchFrames(frames, query)?.termOf;
    const listed = termOf ? all.filter(({ frame }) => termOf[frame] !== 0) : [...all];
    return sortRows(listed, functionColumns, order.value);
  }, [all, frames, query, order.value]);
  const counts =
    rows.length < all.length
      ? `${rows.length} of ${formatCount(all.length, 'function')}`
      : formatCount(all.length, 'function');
  useLayoutEffect(() => {
    root.current!.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active.value]);
  // The row itself has heard of it first.
  const onFocusIn = (event: FocusEvent) => {
    const isRow = event.target instanceof Element && event.target.closest('tbody') !== null;
    if (isRow && active.value !== null) onSelect?.(active.value);
  };
  return (
    <div ref={root} class="functions" onFocusIn={onFocusIn}>
      <div class="row">
        <span role="status">
          {counts}
          {rows.length > mostRows && `: the first ${mostRows} shown, search to see others`}
        </span>
        <button
          type="button"
          title="Copy these functions as tab-separated values, for a spreadsheet"
          onClick={() => copyText(tsvOf(rows, functionColumns))}
        >
          <CopyIcon /> Copy as TSV
        </button>
      </div>
      <RowTable
        controller={controller}
        frames={captured}
        shown={frames}
        active={active}
        label="Functions"
        rows={rows}
        columns={functionColumns}
        order={order.value}
        onOrder={(column) => {
          order.value = reordered(order.value, column);
        }}
        onPick={onPick}
      />
    </div>
  );
}
