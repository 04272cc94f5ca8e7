import type { SeenCalls } from '../src/capture/recorded.ts';
import { formatMatches } from '../src/flamegraph/search.ts';
import { isStrip, type Plan } from '../src/flamegraph/view.ts';
import type { CallIndex, CallTree } from '../src/profile/model.ts';
import type { Controller } from './controller.ts';
import { Details } from './details.tsx';
import type { DrawnGraphs, Spot } from './drawn-graphs.ts';
import { HotLines } from './hot-lines.tsx';
import { MoreIcon } from './icons.tsx';
import type { OriginalNames } from './original-names.ts';

interface DetailsRowProps {
  readonly controller: Controller;
  readonly drawn: DrawnGraphs;
  readonly plans: readonly Plan[];
  /** Null for what a file holds. */
  readonly seen: SeenCalls | null;
  /** Times come from samples alone. */
  readonly isSampled: boolean;
  readonly call: CallIndex | 'all';
  /** As it was captured. */
  readonly tree: CallTree;
  readonly names: OriginalNames;
  readonly onMenu: (spot: Spot, place: { readonly x: number; readonly y: number }) => void;
}

/** The row below the graph. A component of its own, so that moving the pointer makes nothing else anew. */
export function DetailsRow({ controller, drawn, plans, seen, isSampled, call, tree, names, onMenu }: DetailsRowProps) {
  const spot = drawn.spotIn(plans);
  const match = drawn.match.value;
  return (
    <div class="row details">
      {spot && (
        <>
          <Details
            controller={controller}
            tree={tree}
            names={names}
            plan={spot.plan}
            item={spot.item}
            viewed={drawn.viewedIn(spot.plan)}
            isSampled={isSampled}
          />
          {seen && (
            <HotLines
              page={controller.page}
              capture={seen}
              call={call}
              tree={tree}
              names={names}
              frame={isStrip(spot.item) ? null : spot.plan.tree.frame[spot.item.node]!}
            />
          )}
          {!isStrip(spot.item) && (
            <button
              type="button"
              class="icon-only"
              aria-label="Actions"
              aria-haspopup="menu"
              title="What can be done with this box (right click on it)"
              onClick={(event) => {
                const { left: x, top: y } = event.currentTarget.getBoundingClientRect();
                onMenu(spot, { x, y });
              }}
            >
              <MoreIcon />
            </button>
          )}
        </>
      )}
      <span role="status" class="matched" title={match?.error}>
        {match && formatMatches(match)}
      </span>
    </div>
  );
}
