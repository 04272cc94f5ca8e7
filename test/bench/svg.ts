import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFlamegraph } from '../../scripts/flamegraph.mjs';
import { bundle, runInOwnProcess } from './bundle.ts';
import { row, timed, timesFaster } from './figures.ts';
import type { Say } from './index.ts';
import type { Drawn } from './svg-job.ts';
import { foldedLines, growTree } from './trees.ts';

const RUNS = 9;
/** How many times faster than flamegraph.pl, by the number of frames drawn. */
const sizes = [
  [10_000, 15],
  [20_000, 30],
  [50_000, 30],
] as const;

/** From a call tree to the text of its SVG file with every frame drawn, next to flamegraph.pl on the same stacks, in turn. */
export async function benchSvg(say: Say): Promise<void> {
  const { script, problem } = findFlamegraph();
  if (problem) say(`flamegraph.pl left out: ${problem}`);
  const folder = await mkdtemp(path.join(tmpdir(), 'flambe-bench-'));
  try {
    const job = await bundle(path.join(import.meta.dirname, 'svg-job.ts'), folder, 'svg-job');
    for (const [nodes, goal] of sizes) {
      const folded = foldedLines(growTree(nodes));
      const ours: Drawn[] = [];
      const theirs: number[] = [];
      let their = '';
      for (let run = 0; run < RUNS; run++) {
        ours.push(await runInOwnProcess<Drawn>(job, [String(nodes)]));
        if (!script) continue;
        const { took, result } = await timed(() => drawByFlamegraph(script, folded));
        theirs.push(took);
        their = result;
      }
      say(`${nodes} nodes`);
      const { frames, bytes } = ours[0]!;
      say(`  Flambe: ${frames} rectangles, ${(bytes / 1e6).toFixed(1)} MB`);
      say(
        row(
          '  Flambe, first run',
          ours.map(({ cold }) => cold),
          'ms',
        ),
      );
      say(
        row(
          '  Flambe, a frame when warm',
          ours.map(({ warm }) => (warm * 1000) / nodes),
          'µs',
          { atMost: 1.5 },
          2,
        ),
      );
      if (!script) continue;
      say(`  flamegraph.pl: ${their.split('<rect').length - 1} rectangles, ${(their.length / 1e6).toFixed(1)} MB`);
      say(row('  flamegraph.pl', theirs, 'ms', {}, 0));
      say(
        row(
          '    Flambe is faster',
          timesFaster(
            ours.map(({ cold }) => cold),
            theirs,
          ),
          '×',
          { atLeast: goal },
        ),
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

function drawByFlamegraph(script: string, folded: string): string {
  return execFileSync('perl', [script, '--minwidth', '0'], {
    input: folded,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}
