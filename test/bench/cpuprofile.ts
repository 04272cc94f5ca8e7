import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { bundle } from './bundle.ts';
import { type Cost, type Goal, growthRow, median, row } from './figures.ts';
import { generateProfile } from './generate-profile.ts';
import type { Say } from './index.ts';
import { recordProfile } from './real-profile.ts';

const RUNS = 5;
const root = path.resolve(import.meta.dirname, '../..');
const job = path.join(import.meta.dirname, 'cpuprofile-job.mjs');

interface Reading {
  readonly took: number;
  readonly peak: number;
  readonly total: number;
}

/** From the bytes of a `.cpuprofile` to its call tree, next to what bare `JSON.parse` takes: each in a process of its own. */
export async function benchCpuProfile(say: Say): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flambe-bench-'));
  try {
    const reader = await bundle(path.join(root, 'src/formats/cpuprofile/read.ts'), folder, 'reader');
    const inputs = [
      ['generated, 10k nodes, 100k samples', generateProfile({ nodes: 10_000, samples: 100_000, seed: 1 })],
      ['real: prettier', new TextEncoder().encode(await recordProfile())],
      ['generated, 100k nodes, 1M samples', generateProfile({ nodes: 100_000, samples: 1_000_000, seed: 1 })],
      ['generated, 5,000 deep', generateProfile({ nodes: 100_000, samples: 50_000, seed: 1, depth: 5000 })],
      ['generated, 1M nodes, 300k samples', generateProfile({ nodes: 1_000_000, samples: 300_000, seed: 1 })],
    ] as const;
    const costs: Cost[] = [];
    for (const [name, bytes] of inputs) {
      const file = path.join(folder, 'profile.cpuprofile');
      await writeFile(file, bytes);
      const { flambe } = await compare(
        say,
        `${name}, ${(bytes.length / 1e6).toFixed(1)} MB`,
        bytes.length,
        file,
        reader,
      );
      if (name.startsWith('generated') && !name.includes('deep'))
        costs.push({ size: bytes.length, took: median(flambe.map(({ took }) => took)) });
    }
    say(growthRow('bytes', costs));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compare(say: Say, name: string, size: number, file: string, reader: string) {
  const plain: Reading[] = [];
  const flambe: Reading[] = [];
  for (let run = 0; run < RUNS; run++) {
    plain.push(await reading('JSON.parse', file, reader));
    flambe.push(await reading('flambe', file, reader));
  }
  const times = (readings: readonly Reading[], of: 'took' | 'peak') => readings.map((each) => each[of]);
  const shares = (of: 'took' | 'peak') => flambe.map((each, run) => each[of] / plain[run]![of]);
  const totals = new Set([...plain, ...flambe].map(({ total }) => total));
  say(`${name}: ${totals.size === 1 ? `both say ${[...totals][0]} µs` : `THEY DIFFER: ${[...totals].join(', ')} µs`}`);
  say(row('  JSON.parse', times(plain, 'took'), 'ms'));
  say(row('  bytes to merged tree', times(flambe, 'took'), 'ms', size < 5e6 ? { atMost: 100 } : {}));
  say(row('  of the time of JSON.parse', shares('took'), '×', timeGoal(size), 2));
  say(row('  peak memory of JSON.parse', times(plain, 'peak'), 'MB', {}, 0));
  say(row('  peak memory', times(flambe, 'peak'), 'MB', {}, 0));
  say(row('  of the memory of JSON.parse', shares('peak'), '×', size >= 100e6 ? { atMost: 0.6 } : {}, 2));
  return { flambe };
}

function timeGoal(size: number): Goal {
  if (size >= 100e6) return { atMost: 0.5 };
  return { atMost: size < 5e6 ? 2 : 1 };
}

async function reading(how: 'JSON.parse' | 'flambe', file: string, reader: string): Promise<Reading> {
  const { stdout } = await promisify(execFile)(process.execPath, [job, how, file, reader]);
  return JSON.parse(stdout) as Reading;
}
