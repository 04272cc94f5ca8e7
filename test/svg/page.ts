/** What the test page is made of, bundled to one expression: the live graph and ways to get a tree into the page. */
export { unpackGraph } from '../../src/flamegraph/pack.ts';
export { createFlameGraph } from '../../src/runtime/graph.ts';
export { largeTree } from '../unit/pictures.ts';
