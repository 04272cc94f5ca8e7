import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Pages of a test's own, on a free port of this machine. */
export interface ServedPages {
  /** Of a page by its name. `localhost` gives another origin for the same page. */
  url(name: string, host?: '127.0.0.1' | 'localhost'): string;
  close(): Promise<void>;
}

export async function servePages(htmlByName: Readonly<Record<string, string>>): Promise<ServedPages> {
  const server = createServer((request, response) => {
    const body = htmlByName[request.url!.slice(1)];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(body && `<!doctype html><title>Test page</title>${body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (name, host = '127.0.0.1') => `http://${host}:${port}/${name}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
