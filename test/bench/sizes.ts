import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { dist } from '../../scripts/extension.mjs';
import runtimeCode from '../../src/runtime/file.ts?iife';
import type { Say } from './index.ts';

/** Sizes as they are sent: gzip'd. */
export async function benchSizes(say: Say): Promise<void> {
  let panel = 0;
  for (const file of await readdir(dist, { recursive: true }))
    if (/\.(js|css|html)$/.test(file)) panel += gzipSync(await readFile(path.join(dist, file))).length;
  say(`extension's scripts, styles and pages   ${kilobytes(panel)}   goal 60 kB`);
  say(`runtime in an exported file             ${kilobytes(gzipSync(runtimeCode).length)}   goal 10 kB`);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB gzip'd`;
}
