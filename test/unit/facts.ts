import type { GraphFacts } from '../../src/flamegraph/facts.ts';

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
