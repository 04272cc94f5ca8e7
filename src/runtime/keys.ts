import { boxOf, type Item, isStrip, itemsUnder, type Plan, type View } from '../flamegraph/view.ts';

/**
 * Where a key leads from an item, in a graph that grows downwards: up and down by one row as drawn (down: to the widest
 * item), left and right among the siblings in sight. The item itself where there is nowhere to go; null for keys that move
 * nothing.
 */
export function moveByKey(key: string, plan: Plan, view: View, from: Item): Item | null {
  switch (key) {
    case 'ArrowUp':
      return above(plan, view, from);
    case 'ArrowDown':
      return below(plan, view, from);
    case 'ArrowLeft':
      return sibling(plan, view, from, (at) => at - 1);
    case 'ArrowRight':
      return sibling(plan, view, from, (at) => at + 1);
    case 'Home':
      return sibling(plan, view, from, () => 0);
    case 'End':
      return sibling(plan, view, from, (_, last) => last);
    default:
      return null;
  }
}

function above(plan: Plan, view: View, from: Item): Item {
  const parent = plan.tree.parent[from.node]!;
  return parent < 0 ? from : boxOf(plan, view, parent);
}

function below(plan: Plan, view: View, from: Item): Item {
  if (isStrip(from)) return from;
  const items = itemsUnder(plan, view, from.node);
  return items.reduce<Item>((widest, item) => (widest === from || item.width > widest.width ? item : widest), from);
}

function sibling(plan: Plan, view: View, from: Item, step: (at: number, last: number) => number): Item {
  const parent = plan.tree.parent[from.node]!;
  if (parent < 0) return from;
  const items = itemsUnder(plan, view, parent);
  const at = items.findLastIndex(({ node }) => node <= from.node);
  const last = items.length - 1;
  return items[Math.min(Math.max(step(at, last), 0), last)] ?? from;
}
