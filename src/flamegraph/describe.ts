import type { Microseconds, NodeIndex } from '../profile/model.ts';
import { displayName, sourceText } from './names.ts';
import { formatCount, formatDuration, formatPercent, shareOf } from './units.ts';
import { type Item, isStrip, type Plan, type Strip, timeOf } from './view.ts';

/** What is to be said of a node, in words fit for display. */
export interface Details {
  readonly name: string;
  readonly total: string;
  readonly self: string;
  /** Share of the plan's whole, such as `22 %`. */
  readonly ofCall: string;
  /** Share of what fills the width; more than 100 % for what stands above it. */
  readonly ofView: string;
  readonly samples: string;
  /** `store.js:88`, or what the frame is when it has no source. */
  readonly source: string;
}

/** `viewed` is the time that fills the width. */
export function describe({ tree, whole }: Plan, node: NodeIndex, viewed: Microseconds): Details {
  const frame = tree.frame[node]!;
  const total = tree.total[node]!;
  return {
    name: displayName(tree.frames, frame),
    total: formatDuration(total),
    self: formatDuration(tree.self[node]!),
    ofCall: formatPercent(shareOf(total, whole)),
    ofView: formatPercent(shareOf(total, viewed)),
    samples: formatCount(tree.samples[node]!, 'sample'),
    source: sourceText(tree.frames, frame),
  };
}

/** The name of an item: that of its function, or `37 functions` where it is several. */
export function itemLabel({ tree }: Plan, item: Item): string {
  const isSeveral = isStrip(item) && item.count > 1;
  return isSeveral ? formatCount(item.count, 'function') : displayName(tree.frames, tree.frame[item.node]!);
}

/** The accessible name of an item: `clone, 9.2 ms, 22 % of call`. */
export function itemName(plan: Plan, item: Item): string {
  const time = timeOf(plan.tree, item);
  return `${itemLabel(plan, item)}, ${formatDuration(time)}, ${formatPercent(shareOf(time, plan.whole))} of ${plan.of}`;
}

/** What its name leaves out, whatever the view: `self 9.2 ms · 3 children · 57 samples · store.js:88`. */
export function itemDescription({ tree, layout }: Plan, item: Item): string {
  if (isStrip(item)) return stripAdvice(item);
  return [
    `self ${formatDuration(tree.self[item.node]!)}`,
    formatChildren(layout.childCount[item.node]!),
    formatCount(tree.samples[item.node]!, 'sample'),
    sourceText(tree.frames, tree.frame[item.node]!),
  ].join(' · ');
}

export function formatChildren(count: number): string {
  return count === 0 ? 'no children' : formatCount(count, 'child', 'children');
}

function stripAdvice({ count }: Strip): string {
  return count === 1 ? 'too narrow to draw; zoom in to see it' : 'too narrow to draw one by one; zoom in to see them';
}

/** All that there is to say of an item, in a few lines. `viewed` is the time that fills the width. */
export function detailsLines(plan: Plan, item: Item, viewed: Microseconds): string[] {
  const [ofCall, ofView] = [plan.whole, viewed].map((time) => formatPercent(shareOf(timeOf(plan.tree, item), time)));
  const shares = `${ofCall} of ${plan.of} · ${ofView} of view`;
  if (isStrip(item)) return [itemLabel(plan, item), formatDuration(item.time), shares, stripAdvice(item)];
  const { name, total, self, samples, source } = describe(plan, item.node, viewed);
  return [name, `${total} · self ${self}`, shares, samples, source];
}
