import './node-version.mjs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildExtension, dist } from './extension.mjs';
import { main } from './main.mjs';
import { root } from './run.mjs';
import { installPackages } from './setup.mjs';

await main(async () => {
  await installPackages();
  await buildExtension();
  const { version } = JSON.parse(await readFile(path.join(dist, 'manifest.json'), 'utf8'));
  const file = path.join(root, `flambe-${version}.zip`);
  await writeFile(file, await zipFolder(dist));
  console.log(`The package for the store is ${file}.`);
});

/** Zips a folder to bytes that depend on its files' names and contents alone. */
async function zipFolder(folder) {
  const { zipSync } = await import('fflate');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const named = files.map((file) => [path.relative(folder, file).replaceAll(path.sep, '/'), file]);
  named.sort(([a], [b]) => (a < b ? -1 : 1));
  const contents = await Promise.all(named.map(async ([name, file]) => [name, await readFile(file)]));
  // The oldest time that a zip can hold, in local time because that is what zips hold.
  return zipSync(Object.fromEntries(contents), { level: 9, mtime: new Date(1980, 0, 1) });
}
