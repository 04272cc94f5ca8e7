import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';
import { row } from './figures.ts';
import type { Say } from './index.ts';
import type { Measured } from './sources-page/main.ts';

const root = path.resolve(import.meta.dirname, '../..');
const RUNS = 3;
/** Characters of scripts, as a large app has them. */
const GOAL = 20e6;
/** What apps are made of, and tools whose bundles are as large as apps get. */
const packages = [
  'react-dom',
  'chart.js',
  'redux',
  'marked',
  'highlight.js',
  'prettier',
  'vite',
  'webpack',
  'playwright-core',
];

/** How soon the functions of 20 MB of scripts are there for who types, in Chromium, in the workers as they are shipped. */
export async function benchSources(say: Say): Promise<void> {
  const scripts = await collectScripts();
  const folder = await mkdtemp(path.join(tmpdir(), 'flambe-bench-'));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const text = scripts.get(pathname) ?? (await readFile(path.join(folder, pathname)).catch(() => null));
    const type = pathname.endsWith('.html') ? 'text/html' : 'text/javascript';
    // An isolated page may ask for the memory that it and its workers take.
    const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    response.writeHead(text === null ? 404 : 200, { 'Content-Type': `${type}; charset=utf-8`, ...isolated }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const browser = await chromium.launch(launchOptions(await findBrowser(), { headless: true }));
  try {
    await build({
      configFile: false,
      root: path.join(root, 'test/bench/sources-page'),
      logLevel: 'error',
      build: { outDir: folder, target: 'chrome125' },
      worker: { format: 'es' },
    });
    const runs: Measured[] = [];
    let memory = 0;
    for (let run = 0; run < RUNS; run++) {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`);
      await page.waitForFunction('globalThis.measureSources');
      runs.push(await page.evaluate((urls) => measureSources(urls), [...scripts.keys()]));
      if (run === RUNS - 1) memory = await page.evaluate(() => measureMemory());
      await page.close();
    }
    const size = [...scripts.values()].reduce((sum, text) => sum + text.length, 0);
    say(`${scripts.size} scripts, ${(size / 1e6).toFixed(1)} MB, ${runs[0]!.problems.length} of them unreadable`);
    for (const problem of runs[0]!.problems) say(`  ${problem.slice(0, 150)}`);
    const of = (what: 'first' | 'all' | 'longestGap') => runs.map((run) => run[what]);
    say(row('first results', of('first'), 'ms', { atMost: 1000 }, 0));
    say(row('all read', of('all'), 'ms', {}, 0));
    const busySearches = runs.flatMap((run) => run.busySearches);
    const searches = runs.flatMap((run) => run.searches);
    say(row('a search while reading', busySearches, 'ms'));
    say(row('a search afterwards', searches, 'ms'));
    say(row('longest gap of the page', of('longestGap'), 'ms', {}, 0));
    say(row('memory, texts included', [memory / 1e6], 'MB', {}, 0));
  } finally {
    await browser.close();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  }
}

/** Real scripts by their paths, large and small, up to the goal. */
export async function collectScripts(): Promise<Map<string, string>> {
  const found: { file: string; text: string }[] = [];
  for (const name of packages) {
    const folder = path.join(root, 'node_modules', name);
    for (const file of await readdir(folder, { recursive: true }))
      if (/\.[cm]?js$/.test(file) && !file.includes('node_modules')) {
        const text = await readFile(path.join(folder, file), 'utf8');
        if (text.length > 2000) found.push({ file: `/${name}/${file}`, text });
      }
  }
  found.sort((a, b) => b.text.length - a.text.length || (a.file < b.file ? -1 : 1));
  const scripts = new Map<string, string>();
  let size = 0;
  // Every third one from the largest to the smallest, then the rest: 20 MB of the largest alone would be no app.
  const mixed = [...found.filter((_, index) => index % 3 === 0), ...found.filter((_, index) => index % 3 !== 0)];
  for (const { file, text } of mixed) {
    if (size >= GOAL) break;
    scripts.set(file, text);
    size += text.length;
  }
  return scripts;
}
