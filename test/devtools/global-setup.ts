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

/** Builds the extension as `npm run build` does, to a folder of this run alone, and serves the demo. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const extension = await mkdtemp(path.join(os.tmpdir(), 'flambe-extension-'));
  const configFile = path.resolve(import.meta.dirname, '../../vite.config.ts');
  await build({ configFile, mode: 'production', logLevel: 'error', build: { outDir: extension, emptyOutDir: true } });
  const demo = await serveDemo();
  project.provide('extension', extension);
  project.provide('demoUrl', demo.url);
  return async () => {
    await demo.close();
    await rm(extension, { recursive: true });
  };
}
