import { existsSync } from 'node:fs';
import path from 'node:path';
import { reasonIn } from '../../scripts/run.mjs';
import { installPackages } from '../../scripts/setup.mjs';
import { bundle, runInOwnProcess } from './bundle.ts';
import type { Say } from './index.ts';

/** Other people's programs, in a package of their own that only the bench installs. */
export const peersFolder = path.join(import.meta.dirname, 'peers');
const packages = path.join(peersFolder, 'node_modules');

/** Puts the peers in place. Where that fails, says so: what can be measured without them goes on. */
export async function installPeers(say: Say): Promise<void> {
  try {
    await installPackages({ folder: peersFolder, say });
  } catch (error) {
    say(`Peers could not be installed: ${reason(error)}`);
  }
}

/** The file of a peer's package; null where it is not installed. */
export function peerFile(name: string): string | null {
  const file = path.join(packages, name);
  return existsSync(file) ? file : null;
}

/** The first line that says why something failed. */
export function reason(error: unknown): string {
  return reasonIn(error instanceof Error ? error.message : String(error));
}

/** Readers that are written in TypeScript, by the names they have in peers/readers.mjs. */
const written = {
  Flambe: path.join(import.meta.dirname, 'reader.ts'),
  DevTools: path.join(packages, 'chrome-devtools-frontend/front_end/models/cpu_profile/CPUProfileDataModel.ts'),
};

/** Makes them ready to run in Node, in a folder. */
export async function buildReaders(folder: string, say: Say): Promise<void> {
  for (const [name, entry] of Object.entries(written))
    try {
      await bundle(entry, folder, name);
    } catch (error) {
      say(`${name} could not be built: ${reason(error)}`);
    }
}

/** What one run in a process of its own gives. */
export interface Reading {
  /** From the file's bytes to the tree, in ms. */
  readonly took: number;
  /** Time in the whole tree, in microseconds; null where the reader knows none. */
  readonly total: number | null;
  /** The most that the process ever held, in bytes. */
  readonly memory: number;
}

/** Reads a profile once; `timeout` in ms. */
export function readOnce(reader: string, file: string, built: string, timeout: number): Promise<Reading> {
  return runInOwnProcess(path.join(peersFolder, 'read.mjs'), [reader, file, built], timeout);
}
