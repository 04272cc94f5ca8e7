import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, parseSync, Visitor } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadedWith } from '../harness/built.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A folder, and the folders that it may import from besides itself. Imports go down this list only. */
const layers: Readonly<Record<string, readonly string[]>> = {
  panel: [
    'src/export',
    'src/runtime',
    'src/flamegraph',
    'src/capture',
    'src/cdp',
    'src/sources',
    'src/formats',
    'src/profile',
  ],
  src: ['src/capture', 'src/cdp', 'src/profile'],
  'src/capture': ['src/cdp', 'src/sources', 'src/formats', 'src/profile'],
  'src/cdp': [],
  // The runtime only as text, to be written into files.
  'src/export': ['src/runtime?iife', 'src/flamegraph', 'src/formats', 'src/profile'],
  'src/runtime': ['src/flamegraph', 'src/profile'],
  'src/flamegraph': ['src/profile'],
  'src/formats': ['src/profile'],
  'src/sources': [],
  'src/profile': [],
};

/** Where the extension's own programming interface may be spoken. */
const speaksToBrowser = /^(panel\/|src\/background\.ts$|src\/cdp\/)/;

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')))
    .filter((file) => /\.tsx?$/.test(file));
}

/** The layer that a file belongs to: its folder, cut to the depth of the table. */
function layerOf(file: string): string {
  const [top, second, ...deeper] = file.split('/');
  return top === 'src' && second !== undefined && deeper.length > 0 ? `src/${second}` : top!;
}

/** Everything that a module imports or exports from elsewhere, types too. */
function importsOf(file: string, text: string): string[] {
  const { module, errors } = parseSync(file, text);
  expect(errors, file).toEqual([]);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start + 1, end - 1));
  const exported = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest?.value));
  const types = [...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, name]) => name);
  const all = [...module.staticImports.map((one) => one.moduleRequest.value), ...exported, ...dynamic, ...types];
  return [...new Set(all.filter((name) => name !== undefined))];
}

/** What a file imports against the table, in words. */
function upwardImports(file: string, text: string): string[] {
  const from = layerOf(file);
  const allowed = layers[from];
  if (!allowed) return [`${file} is in a folder that the table of layers does not name`];
  return importsOf(file, text)
    .filter((name) => name.startsWith('.'))
    .flatMap((name) => {
      const [target, query] = path.posix.join(path.posix.dirname(file), name).split('?');
      const to = layerOf(target!);
      const fine = to === from || allowed.includes(to) || (query && allowed.includes(`${to}?${query}`));
      return fine ? [] : [`${file} imports ${name}`];
    });
}

const files = [...filesUnder('src'), ...filesUnder('panel')];
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('imports', () => {
  test('go down only', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => upwardImports(file, read(file)))).toEqual([]);
  });

  test.each([
    ['src/profile/a.ts', "import type { Capture } from '../capture/record.ts';"],
    ['src/formats/a.ts', "export * from '../flamegraph/layout.ts';"],
    ['src/export/a.ts', "import { mount } from '../runtime/mount.ts';"],
    ['src/runtime/a.ts', "const panel = import('../../panel/main.tsx');"],
    ['src/flamegraph/a.ts', "let box: import('../runtime/mount.ts').Box;"],
    ['src/elsewhere/a.ts', ''],
  ])('that go up are noticed: in %s %s', (file, text) => {
    expect(upwardImports(file, text)).toHaveLength(1);
  });

  test.each([
    ['src/export/a.ts', "import code from '../runtime/entry.ts?iife';"],
    ['src/capture/a.ts', "import { fold } from '../profile/fold.ts'; import { x } from './b.ts';"],
    ['panel/state/a.ts', "import { capture } from '../../src/capture/capture.ts';"],
  ])('that go down are fine: in %s %s', (file, text) => {
    expect(upwardImports(file, text)).toEqual([]);
  });

  test('name their file with its ending', () => {
    const bare = files.flatMap((file) =>
      importsOf(file, read(file))
        .filter((name) => name.startsWith('.') && !/\.\w+(\?\w+)?$/.test(name))
        .map((name) => `${file} imports ${name}`),
    );
    expect(bare).toEqual([]);
  });

  test('of packages are declared', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    const declared = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
    const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');
    const strangers = files.flatMap((file) =>
      importsOf(file, read(file)).filter((name) => !name.startsWith('.') && !declared.has(packageOf(name))),
    );
    expect(strangers).toEqual([]);
  });
});

test('only the panel, the background and src/cdp speak to the browser', () => {
  const speakers = files.filter(
    (file) => !speaksToBrowser.test(file) && /(?<![.\w])(?:chrome|browser)\.[a-z]/.test(code(file)),
  );
  expect(speakers).toEqual([]);
});

/** A file's text with its comments and strings blanked, whose words are no code. */
function code(file: string): string {
  const text = read(file);
  const { comments, program } = parseSync(file, text);
  const blank: { start: number; end: number }[] = [...comments];
  new Visitor({ Literal: (node) => blank.push(node), TemplateElement: (node) => blank.push(node) }).visit(program);
  const characters = text.split('');
  for (const { start, end } of blank) characters.fill(' ', start, end);
  return characters.join('');
}

describe('the built extension', () => {
  let dist: string;
  beforeAll(async () => {
    dist = mkdtempSync(path.join(os.tmpdir(), 'flambe-dist-'));
    await build({ root, logLevel: 'error', build: { outDir: dist, emptyOutDir: true } });
  }, 120_000);
  afterAll(() => rmSync(dist, { recursive: true }));

  const built = (pattern: RegExp) =>
    readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((file) => pattern.test(file))
      .map((file) => ({ file, text: readFileSync(path.join(dist, file), 'utf8') }));

  test('is at most 60 kB as the panel loads it, gzipped', () => {
    const start = loadedWith('index.html', built(/\.(js|css|html)$/));
    expect(start.length).toBeGreaterThan(2);
    const sizes = start.map(({ text }) => gzipSync(text).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(60_000);
  });

  test('runs its background without the code of the panel', () => {
    const loaded = loadedWith('background.js', built(/\.js$/));
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(5_000);
  });

  test('loads nothing from elsewhere', () => {
    const remote = built(/\.(html|css|js)$/).flatMap(({ file, text }) =>
      [...text.matchAll(remoteLoad)].map(([found]) => `${file}: ${found}`),
    );
    expect(remote).toEqual([]);
  });

  test('evaluates no text as code', () => {
    const evaluators = built(/\.js$/).flatMap(({ file, text }) =>
      [...text.matchAll(/(?<![.\w])eval\s*\(|\bnew Function\b/g)].map(([found]) => `${file}: ${found}`),
    );
    expect(evaluators).toEqual([]);
  });

  test('asks for the permissions it needs and no others', () => {
    const manifest = JSON.parse(readFileSync(path.join(dist, 'manifest.json'), 'utf8'));
    expect(manifest.permissions).toEqual(['debugger', 'storage']);
    expect(manifest).not.toHaveProperty('host_permissions');
    expect(manifest).not.toHaveProperty('content_scripts');
    expect(manifest.version).toBe(JSON.parse(read('package.json')).version);
  });

  test('has every file that its manifest names', () => {
    const manifest = JSON.parse(readFileSync(path.join(dist, 'manifest.json'), 'utf8'));
    const named = [
      manifest.devtools_page,
      manifest.background.service_worker,
      ...Object.values<string>(manifest.icons),
    ];
    const present = new Set(
      readdirSync(dist, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll(path.sep, '/')),
    );
    expect(named.filter((file) => !present.has(file))).toEqual([]);
  });
});

/** The ways in which a page or a script reaches for another address. Namespaces, links and data: addresses are none. */
const remoteLoad =
  /<(?:script|link|img|iframe)\b[^>]*(?:src|href)\s*=\s*["'](?:https?:)?\/\/[^"']*|\burl\(\s*["']?(?:https?:)?\/\/[^)]*|@import\b[^;]*|\bfetch\((?!\s*["'`]data:)|\b(?:importScripts|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\s*\(|\bimport\s*\(\s*["'`]https?:/g;
