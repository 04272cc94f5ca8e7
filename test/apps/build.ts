import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EsbuildPlugin } from 'esbuild-loader';
import { build, type InlineConfig } from 'vite';
import { inject } from 'vitest';
import webpack, { type Configuration } from 'webpack';

/** One way to build the app. */
export interface Bundle {
  readonly bundler: 'vite' | 'webpack';
  /** `production` is minified, and has React's own production build. */
  readonly mode: 'development' | 'production';
  /** Source maps: in files of their own, or within the scripts as `data:` addresses. */
  readonly maps: 'none' | 'file' | 'inline';
}

export interface BuiltApp {
  readonly folder: string;
}

/** Every way to build the app. */
export const bundles: readonly Bundle[] = (['vite', 'webpack'] as const).flatMap((bundler) =>
  (['development', 'production'] as const).flatMap((mode) =>
    (['none', 'file', 'inline'] as const).map((maps) => ({ bundler, mode, maps })),
  ),
);

export const appFolder = path.join(import.meta.dirname, 'larder');

/** Builds the app, once for all tests of a run. Nothing may be changed in the folder. */
export async function buildApp(bundle: Bundle): Promise<BuiltApp> {
  const folder = path.join(inject('builtApps'), bundleName(bundle).replaceAll(' ', '-'));
  if (existsSync(folder)) return { folder };
  const fresh = await mkdtemp(`${folder}-`);
  await (bundle.bundler === 'vite' ? buildWithVite(bundle, fresh) : buildWithWebpack(bundle, fresh));
  await rename(fresh, folder).catch((error: unknown) => {
    // Another worker may have been quicker.
    if (!existsSync(folder)) throw error;
  });
  return { folder };
}

export function bundleName({ bundler, mode, maps }: Bundle): string {
  return `${bundler} ${mode} ${maps === 'none' ? 'without maps' : `with maps ${maps === 'file' ? 'in files' : 'inline'}`}`;
}

/** What Vite has to know of the app, to build it and to serve it. */
export function viteConfig(mode: Bundle['mode']): InlineConfig {
  return {
    configFile: false,
    logLevel: 'error',
    mode,
    oxc: { jsx: { runtime: 'automatic', importSource: 'react', development: mode === 'development' } },
  };
}

async function buildWithVite({ mode, maps }: Bundle, folder: string): Promise<void> {
  await build({
    ...viteConfig(mode),
    root: appFolder,
    // The test runner has set NODE_ENV to "test", which Vite would pass on to React.
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      minify: mode === 'production',
      sourcemap: { none: false, file: true, inline: 'inline' as const }[maps],
    },
  });
}

/** In development webpack wraps each module in an `eval`, with its source map in it, as frameworks on webpack do too. */
const devtools = {
  development: { none: 'eval', file: 'source-map', inline: 'eval-source-map' },
  production: { none: false, file: 'source-map', inline: 'inline-source-map' },
} as const;

/** With an empty tsconfig, as the one of this repository says that JSX is Preact's. */
const loaderOptions = { target: 'es2023', jsx: 'automatic', tsconfigRaw: {} } as const;

async function buildWithWebpack({ mode, maps }: Bundle, folder: string): Promise<void> {
  await runWebpack({
    mode,
    devtool: devtools[mode][maps],
    context: appFolder,
    entry: './main.jsx',
    output: {
      path: folder,
      filename: 'assets/main.js',
      chunkFilename: 'assets/[name].js',
      publicPath: '/',
      uniqueName: 'larder',
    },
    module: { rules: [{ test: /\.(jsx|ts)$/, loader: 'esbuild-loader', options: loaderOptions }] },
    // Quicker by far than webpack's own.
    optimization: { minimizer: [new EsbuildPlugin({ target: 'es2023' })] },
    performance: false,
  });
  const html = await readFile(path.join(appFolder, 'index.html'), 'utf8');
  const script = '<script defer src="/assets/main.js"></script>';
  await writeFile(path.join(folder, 'index.html'), html.replace(/<script .*<\/script>/, script));
}

function runWebpack(configuration: Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack(configuration, (error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors() || stats?.hasWarnings()) reject(new Error(stats.toString('errors-warnings')));
      else resolve();
    });
  });
}
