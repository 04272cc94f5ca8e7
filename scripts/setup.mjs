/** Puts the packages in place. Node's own modules only: nothing else is there yet. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root, run } from './run.mjs';

/**
 * Whether what is installed is what the lock file asks for. Both are npm's: package-lock.json and the copy of it that npm
 * leaves in node_modules. Their contents are compared, for their times change with every checkout.
 */
export function packagesAreCurrent(lock, installed) {
  return Object.entries(lock.packages).every(([place, wanted]) => {
    if (place === '') return true;
    const found = installed.packages[place];
    // Packages for other platforms are left out.
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** Installs the packages of a folder if they are missing or not those of its lock file. */
export async function installPackages({ folder = root, say = console.log } = {}) {
  const lock = await readJson(path.join(folder, 'package-lock.json'));
  const installed = await readJson(path.join(folder, 'node_modules/.package-lock.json')).catch(() => ({
    packages: {},
  }));
  if (packagesAreCurrent(lock, installed)) return;
  say('Installing packages (npm ci) …');
  // Where npm itself runs silently, its child would too, and never say why it failed.
  const { code, output } = await run('npm ci --include=dev --loglevel=error', { cwd: folder, say });
  if (code !== 0) throw new Error(`${output.trimEnd()}\n"npm ci" failed; the lines above say why.`);
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}
