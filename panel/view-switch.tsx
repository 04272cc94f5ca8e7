import type { ComponentChildren } from 'preact';
import type { GraphViews } from './graph-views.ts';
import { BottomUpIcon, ChartIcon, FlameIcon, IcicleIcon, SandwichIcon, TableIcon } from './icons.tsx';
import { siblingOrders, type ViewKind, viewKinds } from './look.ts';

interface ViewWords {
  readonly name: string;
  readonly key: string;
  readonly about: string;
  readonly icon: () => ComponentChildren;
}

export const viewWords: Readonly<Record<ViewKind, ViewWords>> = {
  icicle: { name: 'Icicle', key: 'i', about: 'Calls from top to bottom, equal stacks merged', icon: IcicleIcon },
  'flame graph': { name: 'Flame graph', key: 'f', about: 'The same from bottom to top', icon: FlameIcon },
  'flame chart': { name: 'Flame chart', key: 't', about: 'In the order of time, nothing merged', icon: ChartIcon },
  sandwich: {
    name: 'Sandwich',
    key: 's',
    about: 'The callers and the callees of one function, from all its places',
    icon: SandwichIcon,
  },
  'bottom-up': {
    name: 'Bottom-up',
    key: 'b',
    about: 'Functions by their own time, below each its callers',
    icon: BottomUpIcon,
  },
  functions: { name: 'Functions', key: 'l', about: 'A table of all functions', icon: TableIcon },
};

/** The radio group "View". */
export function ViewSwitch({ views }: { readonly views: GraphViews }) {
  return (
    <div class="views" role="radiogroup" aria-label="View">
      {viewKinds.map((kind) => {
        const { name, key, about, icon: Icon } = viewWords[kind];
        return (
          <label key={kind} title={`${name} (${key.toUpperCase()}): ${about}`}>
            <input
              type="radio"
              name="view"
              aria-label={name}
              checked={kind === views.look.value.view}
              onChange={() => views.change({ view: kind })}
            />
            <Icon />
          </label>
        );
      })}
    </div>
  );
}

const orderWords = { time: 'By time', name: 'By name', source: 'By source' } as const;

/** The button that changes the order of siblings. */
export function OrderButton({ views }: { readonly views: GraphViews }) {
  const { view, order } = views.look.value;
  if (view === 'flame chart' || view === 'functions') return null;
  const next = siblingOrders[(siblingOrders.indexOf(order) + 1) % siblingOrders.length]!;
  return (
    <button
      type="button"
      title={`Boxes side by side stand ${orderWords[order].toLowerCase()}. Click for ${orderWords[next].toLowerCase()} (X)`}
      aria-label={`Order: ${orderWords[order].toLowerCase()}`}
      onClick={() => views.change({ order: next })}
    >
      {orderWords[order]}
    </button>
  );
}
