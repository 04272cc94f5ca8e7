import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createServer as createViteServer } from 'vite';
import { appFolder, viteConfig } from './build.ts';

export interface ServedApp {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

export interface DevServer extends ServedApp {
  /** Puts `to` where `from` stands in a file of the app (`model/rank.ts`), as a developer would while the page is open. */
  edit(file: string, from: string, to: string): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.map': 'application/json',
};

/** Serves a built app, without its source maps if these stay with whoever built it. What has no ending is a route of the app. */
export async function serveApp(folder: string, { hasMaps = true } = {}): Promise<ServedApp> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const name = path.extname(pathname) ? path.normalize(pathname) : 'index.html';
    const isKept = path.extname(name) === '.map' && !hasMaps;
    const content = isKept ? null : await readFile(path.join(folder, name)).catch(() => null);
    if (content === null) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': `${types[path.extname(name)]}; charset=utf-8` }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const packages = path.resolve(import.meta.dirname, '../../node_modules');

/** Serves a copy of the app's sources with Vite's own server: a script for each module, replaced when its file is edited. */
export async function serveDev(): Promise<DevServer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'flambe-app-dev-'));
  const root = path.join(folder, 'larder');
  await cp(appFolder, root, { recursive: true });
  await symlink(packages, path.join(folder, 'node_modules'), 'dir');
  const server = await createViteServer({
    ...viteConfig('development'),
    root,
    cacheDir: path.join(folder, 'cache'),
    server: { host: '127.0.0.1', port: 0, fs: { allow: [folder, packages] } },
    // All that the app imports, since finding one more later reloads the page.
    optimizeDeps: { include: ['react', 'react/jsx-dev-runtime', 'react-dom/client', 'wouter'], noDiscovery: true },
  });
  await server.listen();
  return {
    url: server.resolvedUrls!.local[0]!,
    async edit(file, from, to) {
      const name = path.join(root, file);
      const source = await readFile(name, 'utf8');
      if (!source.includes(from)) throw new Error(`${file} does not hold: ${from}`);
      await writeFile(name, source.replace(from, to));
    },
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
