import { type Layout, layOut } from '../src/flamegraph/layout.ts';
import type { Plan } from '../src/flamegraph/view.ts';
import type { CallTree } from '../src/profile/model.ts';

/** By a column that a tree keeps when its frames get other names. */
const known = new WeakMap<Int32Array, Layout>();

/** Remembers the layout of a tree that was made elsewhere: where a tree is made, off the main thread, it is laid out, too. */
export function keepLayout(tree: Pick<CallTree, 'parent'>, layout: Layout): void {
  known.set(tree.parent, layout);
}

export function planOf(tree: CallTree, { whole, of }: Pick<Plan, 'whole' | 'of'>): Plan {
  const layout = known.get(tree.parent) ?? layOut(tree);
  known.set(tree.parent, layout);
  return { tree, layout, whole, of };
}
