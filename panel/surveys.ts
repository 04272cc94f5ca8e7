import { type Layout, layOut } from '../src/flamegraph/layout.ts';
import type { Plan } from '../src/flamegraph/view.ts';
import { type ByFrame, byFrame } from '../src/profile/by-frame.ts';
import type { CallTree } from '../src/profile/model.ts';

/** What it takes passes over all nodes of a tree to know, and a graph of it needs. */
export interface Survey {
  readonly layout: Layout;
  readonly byFrame: ByFrame;
}

/** `start` is given where boxes stand at times of their own. */
export function survey(tree: CallTree, start?: Float64Array): Survey {
  return { layout: layOut(tree, start), byFrame: byFrame(tree) };
}

/** By a column that a tree keeps when its frames get other names. */
const known = new WeakMap<Int32Array, Survey>();

/** Remembers the survey of a tree that was made elsewhere: where a tree is made, off the main thread, it is surveyed, too. */
export function keepSurvey({ parent }: Pick<CallTree, 'parent'>, survey: Survey): void {
  known.set(parent, survey);
}

export function surveyOf(tree: CallTree): Survey {
  const kept = known.get(tree.parent);
  if (kept) return kept;
  const made = survey(tree);
  known.set(tree.parent, made);
  return made;
}

export function planOf(tree: CallTree, { whole, of }: Pick<Plan, 'whole' | 'of'>): Plan {
  return { tree, layout: surveyOf(tree).layout, whole, of };
}
