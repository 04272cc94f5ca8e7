import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { readConsoleProfiles, type V8Profile } from '../../src/formats/console-profiles.ts';
import { beginMark } from '../../src/formats/marks.ts';
import type { SampledCalls } from '../../src/formats/sampled.ts';

const HOOK_URL = 'bench-hook.js';
const job = path.resolve(import.meta.dirname, 'fold-job.mjs');

/** A real profile of Node as the text of a `.cpuprofile` file: some 20 MB, 100,000 nodes. */
export async function recordProfile(): Promise<string> {
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

/** Such a profile in columns, as if one hooked call had made all of it. */
export function readProfile(profile: V8Profile): SampledCalls {
  return readConsoleProfiles([{ title: beginMark('bench', 0), profile: underHook(profile) }], {
    id: 'bench',
    hookUrl: HOOK_URL,
    hook: 'stand-in',
    target: { name: 'job', url: '', line: 0, column: 0 },
    askedInterval: 50,
    outcomes: null,
  });
}

function underHook(profile: V8Profile): V8Profile {
  const [root, ...nodes] = profile.nodes;
  const hook = { id: 0, callFrame: { functionName: 'hook', url: HOOK_URL }, children: root!.children ?? [] };
  return { ...profile, nodes: [{ ...root!, children: [hook.id] }, hook, ...nodes] };
}
