import path from 'node:path';
import { root } from './run.mjs';

/** Loads a TypeScript module of this project, such as `/test/harness/index.ts`, for use by a script. Close it at the end. */
export async function loadModule(entry) {
  const { createServer } = await import('vite');
  const server = await createServer({
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'error',
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, ws: false, watch: null },
  });
  return { module: await server.ssrLoadModule(entry), close: () => server.close() };
}

/** The tests' driver of the real extension. */
export async function loadHarness() {
  const { module: harness, close } = await loadModule('/test/harness/index.ts');
  return { harness, close };
}
