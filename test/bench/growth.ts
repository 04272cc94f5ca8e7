import { exportSvg } from '../../src/export/svg.ts';
import { layOut } from '../../src/flamegraph/layout.ts';
import type { CallTree } from '../../src/profile/model.ts';
import { packedBytes } from '../unit/exported.ts';
import { graphOf } from '../unit/facts.ts';
import { growthRow, row } from './figures.ts';
import type { Say } from './index.ts';
import { growTree } from './trees.ts';

const RUNS = 7;
const LARGEST = 1_000_000;
const DEEPEST = 10_000;

/** What is done to a whole tree. */
const paths: Readonly<
  Record<string, { readonly sizes: readonly number[]; readonly work: (tree: CallTree) => unknown }>
> = {
  layout: { sizes: [10_000, 100_000, LARGEST], work: (tree) => layOut(tree) },
  'SVG text': {
    sizes: [1000, 10_000, 100_000],
    work: (tree) => exportSvg(graphOf(tree), { minWidth: 0, mostBoxes: Number.POSITIVE_INFINITY }),
  },
  pack: { sizes: [10_000, 100_000, LARGEST], work: (tree) => packedBytes(graphOf(tree)) },
};

/** How the work on a tree grows with its nodes, warm and in one process; and that a deep one is no different. */
export async function benchGrowth(say: Say): Promise<void> {
  for (const [name, { sizes, work }] of Object.entries(paths)) {
    const costs = sizes.map((size) => {
      const tree = growTree(size);
      // Work on little gets its code compiled only after many runs.
      const times = timesOf(() => work(tree), Math.max(RUNS, 200_000 / size));
      // The shortest, as other work of the machine only ever adds to one.
      return { size, took: Math.min(...times) };
    });
    say(growthRow(name, costs));
  }
  const large = growTree(LARGEST);
  say(
    row(
      `layout of ${LARGEST.toLocaleString('en')} nodes`,
      timesOf(() => layOut(large), RUNS),
      'ms',
      { atMost: 60 },
    ),
  );
  const deep = growTree(100_000, { deep: DEEPEST });
  for (const [name, { work }] of Object.entries(paths))
    say(
      row(
        `${name} of 100,000 nodes, ${DEEPEST.toLocaleString('en')} deep`,
        timesOf(() => work(deep), RUNS),
        'ms',
      ),
    );
}

function timesOf(work: () => unknown, runs: number): number[] {
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}
