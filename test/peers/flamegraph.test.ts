import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { itemsInSight, planOf } from '../../src/flamegraph/view.ts';
import type { CallTree, NodeIndex } from '../../src/profile/model.ts';
import { treeOf } from '../unit/pictures.ts';

/** Names that flamegraph.pl keeps together when it sorts its lines, so that both draw the same boxes. */
const tree = treeOf(`
  dispatch 1200
    notify 900
      render 4100
        layout 2500
        paint 700
    reduce 300
      clone 9200
        freeze 3100
      merge 40
    log 15`);

const WIDTH = 1220;
const MARGIN = 10;

interface Drawn {
  readonly name: string;
  readonly samples: number;
  readonly width: number;
}

/** `main;f;g 12` for every node that has time of its own. */
function foldedLines({ frames, frame, parent, self }: CallTree): string {
  const pathOf = (node: NodeIndex): string =>
    (node === 0 ? '' : `${pathOf(parent[node]!)};`) + frames.name[frame[node]!]!;
  return Array.from(self, (time, node) => (time > 0 ? `${pathOf(node)} ${time}\n` : '')).join('');
}

function drawnByFlamegraph(folded: string): Drawn[] {
  const options = [process.env.FLAMEGRAPH_PL!, '--width', String(WIDTH), '--minwidth', '0'];
  const svg = execFileSync('perl', options, { input: folded, encoding: 'utf8' });
  const boxes = svg.matchAll(/<title>(\S+) \(([\d,]+) samples, [^<]*<\/title>\s*<rect [^>]*? width="([\d.]+)"/g);
  return [...boxes]
    .map(([, name, samples, width]) => ({
      name: name!,
      samples: Number(samples!.replaceAll(',', '')),
      width: Number(width),
    }))
    .filter(({ name }) => name !== 'all');
}

test('flamegraph.pl draws the same boxes, as wide as ours, from the same stacks', () => {
  const view = { from: 0, to: tree.total[0]!, width: WIDTH - 2 * MARGIN, minWidth: 0 };
  const ours = itemsInSight(planOf(tree), view, { first: 0, last: 10 }, 100).map(({ node, width }) => ({
    name: tree.frames.name[tree.frame[node]!]!,
    samples: tree.total[node]!,
    width,
  }));
  const theirs = drawnByFlamegraph(foldedLines(tree));
  const byName = (a: Drawn, b: Drawn) => (a.name < b.name ? -1 : 1);
  ours.sort(byName);
  theirs.sort(byName);

  expect(theirs.map(({ name, samples }) => [name, samples])).toEqual(ours.map(({ name, samples }) => [name, samples]));
  // It rounds both ends of a box to a tenth of a pixel.
  for (const [i, { width }] of theirs.entries()) expect(Math.abs(width - ours[i]!.width)).toBeLessThanOrEqual(0.11);
});
