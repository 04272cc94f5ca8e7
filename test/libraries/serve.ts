import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface ServedLibraries {
  readonly url: string;
  close(): Promise<void>;
}

/** How late `slow-sample.csv` is, in milliseconds, as Papa Parse's tests want it from their server. */
const SLOW = 1000;
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.csv': 'text/csv' };

/**
 * Serves a page with the libraries and their suites. It stands where Papa Parse's package has its own page of tests, whose
 * scripts and files are found relative to it.
 */
export async function serveLibraries(): Promise<ServedLibraries> {
  const papaParse = path.dirname(fileURLToPath(import.meta.resolve('papaparse')));
  const made = new Map([
    ['/libraries.js', await bundle('libraries.ts')],
    ['/suites.js', await bundle('suites.ts')],
    ['/tests/libraries.html', html],
  ]);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    if (pathname.endsWith('/slow-sample.csv')) await new Promise((resolve) => setTimeout(resolve, SLOW));
    const body = made.get(pathname) ?? (await readFile(path.join(papaParse, pathname)).catch(() => null));
    if (body === null) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', `${types[path.extname(pathname)]}; charset=utf-8`);
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (range) {
      const [first, last] = [Number(range[1]), Math.min(Number(range[2]), body.length - 1)];
      response.writeHead(206, { 'content-range': `bytes ${first}-${last}/${body.length}` });
      response.end(body.slice(first, last + 1));
    } else response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tests/libraries.html`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const html = `<!doctype html><title>Libraries</title>
<script src="/libraries.js"></script>
<script src="/suites.js"></script>
<script src="test-cases.js" id="test-cases"></script>`;

/** A module of the folder `page` and all it imports, as one script. */
async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: path.join(import.meta.dirname, 'page', entry), formats: ['iife'], name: 'nothing' },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error(`No bundle came of ${entry}`);
  return output.output[0].code;
}
