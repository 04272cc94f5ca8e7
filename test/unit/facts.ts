import { type GraphFacts, noCaption } from '../../src/flamegraph/facts.ts';
import type { PackableGraph } from '../../src/flamegraph/pack.ts';
import { paintBy } from '../../src/flamegraph/palette.ts';
import type { CallTree } from '../../src/profile/model.ts';

export const facts: GraphFacts = {
  target: 'app.store.dispatch',
  scope: 'All 3 calls',
  calls: 3,
  pageUrl: 'https://example.org/shop',
  startedAt: Date.UTC(2026, 2, 1, 9, 30),
  browser: 'Chrome/156.0.8078.79',
  sampler: 'Tracing',
  askedInterval: 100,
  achievedInterval: 164,
};

/** A whole tree as the panel shows it at first. */
export function graphOf(tree: CallTree, of = facts): PackableGraph {
  return {
    tree,
    whole: tree.total[0]!,
    facts: of,
    caption: noCaption,
    orientation: 'icicle',
    paint: paintBy('source'),
  };
}
