import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { dist } from '../../scripts/extension.mjs';
import runtimeCode from '../../src/runtime/file.ts?iife';
import { type BuiltFile, loadedWith } from '../harness/built.ts';
import { row } from './figures.ts';
import type { Say } from './index.ts';

/** Sizes as they are sent: gzip'd. */
export async function benchSizes(say: Say): Promise<void> {
  const names = (await readdir(dist, { recursive: true })).filter((file) => /\.(js|css|html)$/.test(file));
  const files = await Promise.all(
    names.map(async (file) => ({ file, text: await readFile(path.join(dist, file), 'utf8') })),
  );
  say(row('what the panel loads to be usable', [kilobytes(loadedWith('index.html', files))], 'kB', { atMost: 60 }));
  say(row('all scripts, styles and pages', [kilobytes(files)], 'kB'));
  say(row('runtime in an exported file', [gzipSync(runtimeCode).length / 1000], 'kB', { atMost: 10 }));
}

function kilobytes(files: readonly BuiltFile[]): number {
  return files.reduce((sum, { text }) => sum + gzipSync(text).length, 0) / 1000;
}
