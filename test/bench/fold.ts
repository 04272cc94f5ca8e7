import { layOut } from '../../src/flamegraph/layout.ts';
import type { V8Profile } from '../../src/formats/console-profiles.ts';
import { Folding } from '../../src/profile/fold.ts';
import { type Cost, growthRow, row, timed } from './figures.ts';
import { generateProfile } from './generate-profile.ts';
import type { Say } from './index.ts';
import { readProfile, recordProfile } from './real-profile.ts';

const RUNS = 5;
/** Of which the shortest counts. */
const GROWTH_RUNS = 20;
/** Nodes of generated profiles, with three times as many samples. */
const sizes = [400, 4000, 40_000, 400_000];

/** A capture from its profile to a laid out tree: a real one of Node next to what `JSON.parse` takes, and how folding grows. */
export async function benchFold(say: Say): Promise<void> {
  const text = await recordProfile();
  const times = { parse: [] as number[], read: [] as number[], fold: [] as number[], layout: [] as number[] };
  let size = '';
  for (let run = 0; run < RUNS; run++) {
    const parsed = await timed(() => JSON.parse(text) as V8Profile);
    const read = await timed(() => readProfile(parsed.result));
    const { calls, profile } = read.result;
    const tree = await timed(() => new Folding(profile, calls).all());
    const layout = await timed(() => layOut(tree.result));
    times.parse.push(parsed.took);
    times.read.push(read.took);
    times.fold.push(tree.took);
    times.layout.push(layout.took);
    size = `${(text.length / 1e6).toFixed(1)} MB, ${parsed.result.nodes.length} nodes, ${profile.samples.time.length} samples, ${tree.result.frame.length} nodes in the tree`;
  }
  const whole = times.read.map((took, run) => took + times.fold[run]! + times.layout[run]!);
  say(size);
  say(row('JSON.parse', times.parse, 'ms'));
  say(row('into columns', times.read, 'ms'));
  say(row('fold', times.fold, 'ms'));
  say(row('layout', times.layout, 'ms'));
  const shares = whole.map((took, run) => took / times.parse[run]!);
  say(row('all three, of the time of JSON.parse', shares, '×', {}, 2));
  say(growthRow('fold, by samples', sizes.map(foldingCost)));
}

function foldingCost(nodes: number): Cost {
  const samples = 3 * nodes;
  const bytes = generateProfile({ nodes, samples, seed: 1 });
  const { calls, profile } = readProfile(JSON.parse(new TextDecoder().decode(bytes)) as V8Profile);
  const times: number[] = [];
  // Work on little gets its code compiled only after many runs.
  for (let run = 0; run < Math.max(GROWTH_RUNS, 400_000 / nodes); run++) {
    const start = performance.now();
    new Folding(profile, calls).all();
    times.push(performance.now() - start);
  }
  // The shortest, as other work of the machine only ever adds to one.
  return { size: samples, took: Math.min(...times) };
}
