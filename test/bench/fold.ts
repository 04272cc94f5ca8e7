import { layOut } from '../../src/flamegraph/layout.ts';
import type { V8Profile } from '../../src/formats/console-profiles.ts';
import { Folding } from '../../src/profile/fold.ts';
import { median, spread, timed } from './figures.ts';
import type { Say } from './index.ts';
import { readProfile, recordProfile } from './real-profile.ts';

const RUNS = 5;

/** A real profile of Node, from its text to a laid out tree, next to what `JSON.parse` alone takes on the same text. */
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
  const whole = median(times.read) + median(times.fold) + median(times.layout);
  say(size);
  say(`JSON.parse      ${spread(times.parse, 'ms')}`);
  say(`into columns    ${spread(times.read, 'ms')}`);
  say(`fold            ${spread(times.fold, 'ms')}`);
  say(`layout          ${spread(times.layout, 'ms')}`);
  say(`columns, fold and layout together: ${(whole / median(times.parse)).toFixed(2)} × JSON.parse`);
}
