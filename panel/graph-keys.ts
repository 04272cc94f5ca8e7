import type { Action } from './graph-actions.ts';
import type { GraphViews } from './graph-views.ts';
import { siblingOrders, viewKinds } from './look.ts';
import { wholeEdits } from './view-options.tsx';
import { viewWords } from './view-switch.tsx';

interface Reach {
  readonly views: GraphViews;
  /** Of the box that keys are about. */
  readonly actions: readonly Action[];
  readonly isZoomed: boolean;
  /** Lets nothing stand out any more; null where nothing does. */
  readonly endHighlight: (() => void) | null;
  /** Leads back to a recording; null where there is none. */
  readonly showTable: (() => void) | null;
  readonly search: () => void;
  readonly help: () => void;
}

/** What a key in the pane of a graph asks for; null for keys that the graph itself knows, or nobody. */
export function pressed({ key, ctrlKey, altKey, metaKey }: KeyboardEvent, reach: Reach): (() => void) | null {
  if (ctrlKey || altKey || metaKey) return null;
  const { views, actions, isZoomed, endHighlight, showTable, search, help } = reach;
  if (key === 'Escape') return isZoomed ? null : (endHighlight ?? showTable);
  if (key === '/') return search;
  if (key === '?') return help;
  if (key === 'Backspace') return () => views.keepEdits(Math.max(views.edits.value.length - 1, 0));
  const action = actions.find((each) => each.key === key);
  if (action) return action.does;
  const view = viewKinds.find((kind) => viewWords[kind].key === key);
  if (view) return () => views.change({ view });
  const whole = wholeEdits.find((each) => each.key === key);
  if (whole) return () => views.toggle(whole.edit);
  if (key !== 'x') return null;
  const { order } = views.look.value;
  return () => views.change({ order: siblingOrders[(siblingOrders.indexOf(order) + 1) % siblingOrders.length]! });
}

/** All keys of the graph, in groups, for people to read. */
export const keyTable: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Move',
    keys: [
      ['↑ ↓', 'One row up or down, as drawn'],
      ['← →', 'Among the boxes of one caller'],
      ['Home, End', 'To the first or the last of them'],
      ['Enter, Space', 'Zoom to the box'],
      ['Esc', 'One zoom back, then no highlight'],
    ],
  },
  {
    title: 'View',
    keys: [
      ...viewKinds.map((kind) => [viewWords[kind].key, viewWords[kind].name] as const),
      ['x', 'Next order of boxes side by side'],
    ],
  },
  {
    title: 'Search',
    keys: [
      ['/, Ctrl+F', 'Search'],
      ['n, F3', 'Next match'],
      ['N, Shift+F3', 'Match before'],
    ],
  },
  {
    title: 'Box',
    keys: [
      ['o', 'Focus on its subtree'],
      ['O', 'Focus on its function everywhere'],
      ['s', 'Callers and callees of its function'],
      ['h', 'Hide its function everywhere'],
      ['d', 'Drop its subtree with its time'],
      ['g', 'Collapse its package or script into one box'],
      ['c', 'Capture its function'],
      ['y', 'Copy its name'],
      ['Y', 'Copy its stack'],
      ['Ctrl+Enter', 'Open its source'],
    ],
  },
  {
    title: 'Tree',
    keys: [
      ...wholeEdits.map(({ key, words }) => [key, words] as const),
      ['Backspace', 'Take the last change back'],
      ['?', 'This list'],
    ],
  },
];
