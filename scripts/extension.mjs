import path from 'node:path';
import { root, runNode } from './run.mjs';

/** Where the extension is built to; what "Load unpacked" takes. */
export const dist = path.join(root, 'dist');

/** Builds the extension into `dist`. Needs the packages. */
export async function buildExtension({ say = console.log } = {}) {
  say('Building the extension …');
  const { code, output } = await runNode('node_modules/vite/bin/vite.js', ['build'], { say });
  if (code !== 0) throw new Error(`${output.trimEnd()}\nThe build failed; the lines above say why.`);
}
