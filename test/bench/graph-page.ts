/** What the page of the graph's bench is made of, bundled to one expression. */
export { liveStyle } from '../../src/flamegraph/live-style.ts';
export { unpackGraph } from '../../src/flamegraph/pack.ts';
export { paintBy } from '../../src/flamegraph/palette.ts';
export { planOf } from '../../src/flamegraph/view.ts';
export { createFlameGraph } from '../../src/runtime/graph.ts';
