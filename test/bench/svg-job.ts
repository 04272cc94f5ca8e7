/** Draws a tree as an SVG file: `node svg-job.mjs NODES`. Prints what {@link Drawn} says. */
import { exportSvg } from '../../src/export/svg.ts';
import { graphOf } from '../unit/facts.ts';
import { median } from './figures.ts';
import { growTree } from './trees.ts';

export interface Drawn {
  readonly frames: number;
  readonly bytes: number;
  /** ms of the first run, which compiles on the way. */
  readonly cold: number;
  /** ms of a later run. */
  readonly warm: number;
}

const WARM_RUNS = 15;

const graph = graphOf(growTree(Number(process.argv[2])));
/** All of the tree, layout included. */
const draw = () => exportSvg(graph, { minWidth: 0, mostBoxes: Number.POSITIVE_INFINITY });
const times: number[] = [];
let file = new Uint8Array();
for (let run = 0; run <= WARM_RUNS; run++) {
  const start = performance.now();
  file = draw();
  times.push(performance.now() - start);
}
const drawn: Drawn = {
  frames: new TextDecoder().decode(file).split('<rect').length - 1,
  bytes: file.length,
  cold: times[0]!,
  warm: median(times.slice(-5)),
};
console.log(JSON.stringify(drawn));
