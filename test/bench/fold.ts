import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { layOut } from '../../src/flamegraph/layout.ts';
import { readConsoleProfiles, type V8Profile } from '../../src/formats/console-profiles.ts';
import { beginMark } from '../../src/formats/marks.ts';
import { Folding } from '../../src/profile/fold.ts';
import { median, spread, timed } from './figures.ts';
import type { Say } from './index.ts';

const RUNS = 5;
const HOOK_URL = 'bench-hook.js';
const job = path.resolve(import.meta.dirname, 'fold-job.mjs');

/** A real profile of Node, from its text to a laid out tree, next to what `JSON.parse` alone takes on the same text. */
export async function benchFold(say: Say): Promise<void> {
  const text = await recordProfile();
  const key = {
    id: 'bench',
    hookUrl: HOOK_URL,
    hook: 'stand-in' as const,
    target: { name: 'job', url: '', line: 0, column: 0 },
    askedInterval: 50,
    outcomes: null,
  };
  const times = { parse: [] as number[], read: [] as number[], fold: [] as number[], layout: [] as number[] };
  let size = '';
  for (let run = 0; run < RUNS; run++) {
    const parsed = await timed(() => JSON.parse(text) as V8Profile);
    const read = await timed(() =>
      readConsoleProfiles([{ title: beginMark('bench', 0), profile: underHook(parsed.result) }], key),
    );
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

async function recordProfile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flambe-bench-'));
  try {
    const options = ['--cpu-prof', '--cpu-prof-interval', '50', '--cpu-prof-dir', folder];
    await promisify(execFile)(process.execPath, [...options, job]);
    const [file] = await readdir(folder);
    return await readFile(path.join(folder, file!), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same profile as if one hooked call had made all of it. */
function underHook(profile: V8Profile): V8Profile {
  const [root, ...nodes] = profile.nodes;
  const hook = { id: 0, callFrame: { functionName: 'hook', url: HOOK_URL }, children: root!.children ?? [] };
  return { ...profile, nodes: [{ ...root!, children: [hook.id] }, hook, ...nodes] };
}
