import { root } from './run.mjs';

/** Loads the tests' driver of the real extension, which is TypeScript, for use by a script. Close it at the end. */
export async function loadHarness() {
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, ws: false, watch: null },
  });
  return { harness: await server.ssrLoadModule('/test/harness/index.ts'), close: () => server.close() };
}
