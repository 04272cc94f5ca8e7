import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

type LoadContext = ThisParameterType<Extract<Plugin['load'], (...args: never) => unknown>>;

/** A plugin for imports with a query such as `?iife`: `compile` makes the module's code of the file before it. */
function importAs(query: string, compile: (entry: string, context: LoadContext) => Promise<string>): Plugin {
  const suffix = `?${query}`;
  return {
    name: `flambe:${query}`,
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith(suffix)) return null;
      const entry = await this.resolve(id.slice(0, -suffix.length), importer);
      return entry && entry.id + suffix;
    },
    async load(id) {
      return id.endsWith(suffix) ? compile(id.slice(0, -suffix.length), this) : null;
    },
  };
}

/**
 * `import code from './entry.ts?iife'` gives the module and all it imports as the text of one JavaScript expression,
 * whose value is the module's exports. What Flambe evaluates in the page and what an exported file carries come from
 * here, so both are type checked sources like any other.
 */
async function iifeText(entry: string, context: LoadContext): Promise<string> {
  const bundled = await build({
    configFile: false,
    logLevel: 'error',
    root,
    plugins: compiledImports(),
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'flambeExports' },
      // A page may have no Object.defineProperty, which is how the exports would be labelled.
      rolldownOptions: { output: { generatedCode: { symbols: false } } },
    },
  });
  const output = Array.isArray(bundled) ? bundled[0] : bundled;
  if (!output || !('output' in output)) throw new Error(`No bundle came of ${entry}`);
  for (const file of Object.keys(output.output[0].modules)) context.addWatchFile(file);
  const code = output.output[0].code.trim();
  return `export default ${JSON.stringify(`(() => { ${code}\nreturn flambeExports; })()`)};`;
}

/**
 * `import instantiate from './entry.ts?wasm'` compiles an AssemblyScript module and all it imports to WebAssembly, and gives a
 * function that makes an instance of it and returns its exports.
 */
async function wasmModule(entry: string, context: LoadContext): Promise<string> {
  // It takes a while to load.
  const asc = await import('assemblyscript/asc');
  let wasm = new Uint8Array();
  const source = path.relative(root, entry);
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd'];
  const { error, stderr } = await asc.main([source, '--outFile', 'module.wasm', '--baseDir', root, ...options], {
    readFile: async (name, folder) => {
      const file = path.resolve(folder, name);
      const text = await readFile(file, 'utf8').catch(() => null);
      if (text !== null) context.addWatchFile(file);
      return text;
    },
    writeFile: (_name, contents) => {
      wasm = Buffer.from(contents);
    },
  });
  if (error) throw new Error(`${source} could not be compiled: ${error.message}\n${stderr}`);
  const text = JSON.stringify(Buffer.from(wasm).toString('base64'));
  return `const bytes = Uint8Array.from(atob(${text}), (character) => character.charCodeAt(0));
    const module = new WebAssembly.Module(bytes);
    export default () => new WebAssembly.Instance(module).exports;`;
}

/** What is not JavaScript when it is imported. */
export function compiledImports(): Plugin[] {
  return [importAs('iife', iifeText), importAs('wasm', wasmModule)];
}

/** Puts manifest.json into the build, with the version of package.json. */
function manifest(): Plugin {
  return {
    name: 'flambe:manifest',
    apply: 'build',
    async writeBundle({ dir }) {
      const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
      const manifest = JSON.parse(await readFile(path.join(root, 'manifest.json'), 'utf8'));
      await writeFile(path.join(dir!, 'manifest.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
      await copyFile(path.join(root, 'LICENSE'), path.join(dir!, 'LICENSE'));
    },
  };
}

export default defineConfig({
  root,
  base: './',
  publicDir: 'public',
  plugins: [...compiledImports(), manifest()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es', plugins: compiledImports },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'chrome125',
    // To look for what a file needs, and to put links to it into the document, takes longer than to meet it on the way.
    modulePreload: false,
    rolldownOptions: {
      input: {
        panel: path.join(root, 'panel/index.html'),
        devtools: path.join(root, 'panel/devtools.html'),
        background: path.join(root, 'src/background.ts'),
      },
      output: {
        codeSplitting: {
          groups: [
            // The background works without the panel's code.
            { name: 'janitor', test: /src[\\/]cdp[\\/]janitor\.ts$/, priority: 1 },
            // Each file takes a moment, so all that the panel needs to be usable comes in one.
            { name: 'start', test: /panel[\\/]main\.tsx$/ },
          ],
        },
        entryFileNames: (chunk) => (chunk.name === 'background' ? 'background.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
