/** What a page needs to draw with d3-flame-graph. */
export { default as flamegraph } from 'd3-flame-graph';
export { select } from 'd3-selection';
