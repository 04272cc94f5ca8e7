import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/**
 * marked is published minified, with functions called `x` and `ue`. Its source map holds the TypeScript it was built from;
 * the demo is built from that, so that a flame graph of it can be read.
 */
function unminifiedMarked(): Plugin {
  const library = path.dirname(fileURLToPath(import.meta.resolve('marked')));
  const sourceFolder = path.join(library, '../src');
  const sourceByFile = new Map<string, string>();
  return {
    name: 'demo:unminified-marked',
    apply: 'build',
    enforce: 'pre',
    async buildStart() {
      const map: { sources: string[]; sourcesContent: string[] } = JSON.parse(
        await readFile(path.join(library, 'marked.esm.js.map'), 'utf8'),
      );
      map.sources.forEach((source, index) => {
        sourceByFile.set(path.join(library, source), map.sourcesContent[index]!);
      });
    },
    resolveId(id, importer) {
      if (id === 'marked') return path.join(sourceFolder, 'marked.ts');
      const file = importer && path.resolve(path.dirname(importer), id);
      return file && sourceByFile.has(file) ? file : null;
    },
    load: (id) => sourceByFile.get(id) ?? null,
  };
}

/**
 * Two pages, each a mode of its own. `commonplace` is neither minified nor hashed: names in a flame graph are the names in
 * the source. `tides` is what bundlers make today: minified, with names that only its source maps know. Addresses stay
 * the same in both.
 */
export default defineConfig(({ mode }) => {
  const tides = mode === 'tides';
  return {
    root: import.meta.dirname,
    base: './',
    plugins: [unminifiedMarked()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      target: 'esnext',
      minify: tides,
      sourcemap: true,
      modulePreload: false,
      rolldownOptions: {
        input: path.join(import.meta.dirname, tides ? 'tides.html' : 'index.html'),
        output: {
          entryFileNames: tides ? 'tides.js' : 'app.js',
          chunkFileNames: '[name].js',
          assetFileNames: '[name][extname]',
          codeSplitting: {
            groups: ['marked', 'highlight.js', 'minisearch'].map((name) => ({
              name: path.parse(name).name,
              test: new RegExp(`node_modules/${name}/`),
            })),
          },
        },
      },
    },
  };
});
