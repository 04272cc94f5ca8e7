import { chartOf } from '../src/profile/chart.ts';
import { type Edit, editTree } from '../src/profile/edits.ts';
import type { FrameGroups } from '../src/profile/groups.ts';
import { bottomUp, callersOf } from '../src/profile/inverted.ts';
import type { CallTree, FrameIndex } from '../src/profile/model.ts';
import type { Timeline } from '../src/profile/timeline.ts';
import type { SiblingOrder } from '../src/profile/tree.ts';

/** What a view is made of: the tree of a call, or of all of them. */
export interface Subject {
  readonly tree: CallTree;
  readonly groups: FrameGroups;
  /** There where it was asked for. */
  readonly timeline: Timeline | null;
}

/** What is to be made of it. */
export type Wish = {
  readonly edits: readonly Edit[];
  readonly order: SiblingOrder;
} & (
  | { readonly kind: 'merged' | 'chart' | 'bottom-up' }
  /** Of this function. */
  | { readonly kind: 'sandwich'; readonly frame: FrameIndex }
);

export interface ViewedTree {
  readonly tree: CallTree;
  /** Where boxes begin, if they are not packed. */
  readonly start?: Float64Array;
}

export interface View {
  /** One, or for a sandwich the callers and the callees of its function; none where the edits left nothing of it. */
  readonly trees: readonly ViewedTree[];
  /** Of each edit whether it applied to this tree. */
  readonly applied: readonly boolean[];
}

/** Takes some 100 ms for 100,000 nodes: it runs in a worker. */
export function viewTree({ tree, groups, timeline }: Subject, wish: Wish): View {
  const { edits, order } = wish;
  const edited = editTree(tree, edits, groups, order);
  const { applied } = edited;
  switch (wish.kind) {
    case 'merged':
      return { trees: [{ tree: edited.tree }], applied };
    case 'chart':
      return { trees: timeline ? [chartOf(timeline, edited)] : [], applied };
    case 'bottom-up':
      return { trees: [{ tree: bottomUp(edited.tree, order) }], applied };
    case 'sandwich': {
      const callers = callersOf(edited.tree, wish.frame, order);
      if (!callers) return { trees: [], applied };
      const callees = editTree(edited.tree, [{ kind: 'focus function', frame: wish.frame }], groups, order);
      return { trees: [{ tree: callers }, { tree: callees.tree }], applied };
    }
    default:
      return wish satisfies never;
  }
}
