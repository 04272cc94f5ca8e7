import type { CallTree, NodeIndex } from '../profile/model.ts';
import { displayName, sourceText } from './names.ts';
import { formatCount, formatDuration, formatPercent, shareOf } from './units.ts';

/** What is to be said of a node, in words fit for display. */
export interface Details {
  readonly name: string;
  readonly total: string;
  readonly self: string;
  /** Share of the tree's root, such as `22 %`. */
  readonly ofCall: string;
  /** Share of the box that is zoomed to; more than 100 % for its ancestors. */
  readonly ofView: string;
  readonly samples: string;
  /** `store.js:88`, or what the frame is when it has no source. */
  readonly source: string;
}

export function describe(tree: CallTree, node: NodeIndex, viewRoot: NodeIndex): Details {
  const frame = tree.frame[node]!;
  const total = tree.total[node]!;
  return {
    name: displayName(tree.frames, frame),
    total: formatDuration(total),
    self: formatDuration(tree.self[node]!),
    ofCall: formatPercent(shareOf(total, tree.total[0]!)),
    ofView: formatPercent(shareOf(total, tree.total[viewRoot]!)),
    samples: formatCount(tree.samples[node]!, 'sample'),
    source: sourceText(tree.frames, frame),
  };
}

/** The accessible name of a box: `clone, 9.2 ms, 22 % of call`. */
export function itemName({ name, total, ofCall }: Details): string {
  return `${name}, ${total}, ${ofCall} of call`;
}

/** What its name leaves out: `self 9.2 ms · 41 % of view · 57 samples · store.js:88`. */
export function itemDescription({ self, ofView, samples, source }: Details): string {
  return `self ${self} · ${ofView} of view · ${samples} · ${source}`;
}

/** All of it in one line, under the graph. */
export function detailsLine({ name, total, self, ofCall, ofView, samples, source }: Details): string {
  return `${name} · ${total} · self ${self} · ${ofCall} of call · ${ofView} of view · ${samples} · ${source}`;
}
