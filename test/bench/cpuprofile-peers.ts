import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Goal, median, row, timesFaster } from './figures.ts';
import { generateProfile } from './generate-profile.ts';
import type { Say } from './index.ts';
import { buildReaders, installPeers, type Reading, readOnce, reason } from './peers.ts';
import { recordProfile } from './real-profile.ts';

const ROUNDS = 5;
/** ms; who takes longer runs once: no goal is that far away. */
const LONG = 10_000;
const TIMEOUT = 120_000;

/** How many times faster than them Flambe should be where files are large. */
const peers: Readonly<Record<string, Goal>> = {
  'JSON.parse': {},
  cpupro: { atLeast: 2.5 },
  DevTools: { atLeast: 3 },
  speedscope: { atLeast: 8 },
  flamebearer: {},
  '0x': {},
};

const inputs: Readonly<Record<string, () => Uint8Array | Promise<string>>> = {
  'generated, 10k nodes, 100k samples': () => generateProfile({ nodes: 10_000, samples: 100_000, seed: 1 }),
  'real: prettier': recordProfile,
  'generated, 100k nodes, 1M samples': () => generateProfile({ nodes: 100_000, samples: 1_000_000, seed: 1 }),
  'generated, 1M nodes, 300k samples': () => generateProfile({ nodes: 1_000_000, samples: 300_000, seed: 1 }),
};

/** From the bytes of a `.cpuprofile` file to a call tree, next to everyone else: in turn, each run in a process of its own. */
export async function benchCpuProfilePeers(say: Say): Promise<void> {
  await installPeers(say);
  const folder = await mkdtemp(path.join(tmpdir(), 'flambe-bench-'));
  try {
    await buildReaders(folder, say);
    const file = path.join(folder, 'profile.cpuprofile');
    for (const [what, make] of Object.entries(inputs)) {
      await writeFile(file, await make());
      await compare(what, file, folder, say);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compare(what: string, file: string, built: string, say: Say): Promise<void> {
  const { size } = await stat(file);
  say(`${what}, ${(size / 1e6).toFixed(1)} MB`);
  const readings = await readInTurn(['Flambe', ...Object.keys(peers)], file, built, say);
  const ours = readings.get('Flambe');
  if (!ours) return;
  say(`  time in the tree: ${totals(readings)}`);
  const times = (of: readonly Reading[]) => of.map(({ took }) => took);
  const memory = (of: readonly Reading[]) =>
    `peak memory ${median(of.map(({ memory }) => memory / 1e6)).toFixed(0)} MB`;
  for (const [name, theirs] of readings) {
    say(`${row(`  ${name}`, times(theirs), 'ms', {}, 0)}   ${memory(theirs)}`);
    if (name === 'Flambe') continue;
    const goal = size < 20e6 ? {} : (peers[name] ?? {});
    say(row('    Flambe is faster', timesFaster(times(ours), times(theirs)), '×', goal));
  }
}

type Readings = ReadonlyMap<string, readonly Reading[]>;

/** All that could read the file, with what each run gave. */
async function readInTurn(names: readonly string[], file: string, built: string, say: Say): Promise<Readings> {
  const readings = new Map<string, Reading[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, before] of readings) {
      if (before[0] && before[0].took > LONG) continue;
      try {
        before.push(await readOnce(name, file, built, TIMEOUT));
      } catch (error) {
        say(`  ${name} left out: ${reason(error)}`);
        readings.delete(name);
      }
    }
  return readings;
}

/** Everyone's time in the whole tree, the others as they differ from ours. */
function totals(readings: Readings): string {
  const of = (name: string) => readings.get(name)![0]!.total;
  const ours = of('Flambe')!;
  const others = [...readings.keys()].flatMap((name) => {
    const total = of(name);
    return name === 'Flambe' || total === null ? [] : [`${name} ${(((total - ours) / ours) * 100).toFixed(3)} %`];
  });
  return [`Flambe ${(ours / 1e6).toFixed(6)} s`, ...others].join(', ');
}
