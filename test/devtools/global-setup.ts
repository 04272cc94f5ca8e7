import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { serveDemo } from '../../demo/serve.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder with the built extension. */
    extension: string;
    demoUrl: string;
  }
}

/** Once for all projects: builds the extension, unless whoever runs the tests has just done so, and serves the demo. */
export default async function setUp({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const all = vitest.getRootProject();
  if ('extension' in all.getProvidedContext()) return undefined;
  const given = process.env.FLAMBE_EXTENSION;
  const extension = given ?? (await mkdtemp(path.join(os.tmpdir(), 'flambe-extension-')));
  if (!given) await buildExtension(extension);
  const demo = await serveDemo();
  all.provide('extension', extension);
  all.provide('demoUrl', demo.url);
  return async () => {
    await demo.close();
    if (!given) await rm(extension, { recursive: true });
  };
}

/** As `npm run build` does, but to a folder of this run alone. */
async function buildExtension(outDir: string): Promise<void> {
  const configFile = path.resolve(import.meta.dirname, '../../vite.config.ts');
  await build({ configFile, mode: 'production', logLevel: 'error', build: { outDir, emptyOutDir: true } });
}
