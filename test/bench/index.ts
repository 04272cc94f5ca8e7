import { benchChromePanel } from './chrome-panel.ts';
import { benchCpuProfile } from './cpuprofile.ts';
import { benchCpuProfilePeers } from './cpuprofile-peers.ts';
import { benchDraw } from './draw.ts';
import { benchFold } from './fold.ts';
import { benchGraph } from './graph.ts';
import { benchGrowth } from './growth.ts';
import { benchHook } from './hook.ts';
import { benchListing } from './listing.ts';
import { benchOpenFile } from './open-file.ts';
import { benchOpening } from './opening.ts';
import { benchPanel } from './panel.ts';
import { benchPicker } from './picker.ts';
import { benchSizes } from './sizes.ts';
import { benchSources } from './sources.ts';
import { benchStream } from './stream.ts';
import { benchSvg } from './svg.ts';

/** Prints one line of figures. */
export type Say = (line: string) => void;

const rows: Record<string, (say: Say) => Promise<void>> = {
  sizes: benchSizes,
  fold: benchFold,
  'cpuprofile-peers': benchCpuProfilePeers,
  svg: benchSvg,
  growth: benchGrowth,
  cpuprofile: benchCpuProfile,
  draw: benchDraw,
  graph: benchGraph,
  hook: benchHook,
  'open-file': benchOpenFile,
  opening: benchOpening,
  panel: benchPanel,
  'chrome-panel': benchChromePanel,
  listing: benchListing,
  sources: benchSources,
  stream: benchStream,
  picker: benchPicker,
};

/** Measures the rows whose names begin with one of the words; all of them without words. */
export async function run(words: readonly string[], say: Say): Promise<void> {
  const chosen = Object.entries(rows).filter(
    ([name]) => words.length === 0 || words.some((word) => name.startsWith(word)),
  );
  if (chosen.length === 0) throw new Error(`No such row. There are: ${Object.keys(rows).join(', ')}`);
  for (const [name, bench] of chosen) {
    say(`\n${name}`);
    await bench((line) => say(`  ${line}`));
  }
}
