import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { compiledImports } from '../../vite.config.ts';

/** Bundles a TypeScript module to `name.mjs` in a folder, for a Node process of its own. */
export async function bundle(entry: string, folder: string, name: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins: compiledImports(),
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { codeSplitting: false, entryFileNames: `${name}.mjs` } },
    },
  });
  return path.join(folder, `${name}.mjs`);
}

/** Bundles a module for a page: the text of an expression whose value is the module's exports. */
export async function bundleForPage(entry: string): Promise<string> {
  const bundled = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: { write: false, minify: true, lib: { entry, formats: ['iife'], name: 'bundled' } },
  });
  const [output] = Array.isArray(bundled) ? bundled : [bundled];
  if (!output || !('output' in output)) throw new Error(`No bundle came of ${entry}`);
  return `(() => { ${output.output[0].code}\nreturn bundled; })()`;
}

/** Runs a script in a process of its own and reads the JSON value that it prints; `timeout` in ms. */
export async function runInOwnProcess<T>(script: string, args: readonly string[], timeout = 120_000): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { timeout });
  return JSON.parse(stdout) as T;
}
