/** What the test page is made of, bundled to one expression: the live graph and ways to get a tree into the page. */
export { liveStyle } from '../../src/flamegraph/live-style.ts';
export { unpackGraph } from '../../src/flamegraph/pack.ts';
export { paintBy } from '../../src/flamegraph/palette.ts';
export { planOf } from '../../src/flamegraph/view.ts';
export { createFlameGraph } from '../../src/runtime/graph.ts';
export { largeTree } from '../unit/pictures.ts';
