import { readFile } from 'node:fs/promises';
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { inject } from 'vitest';
import { type Launched, launchWithExtension, openOwnWindow } from '../../harness/index.ts';
import { OwnWindow } from './own-window.ts';
import { Subject } from './subject.ts';

/** A browser with the real extension, and a server for the pages of this folder. */
export interface Stage {
  readonly launched: Launched;
  /** A new tab with a page of this folder; `kinds.html?strict` has the headers of that name. */
  open(name: string): Promise<Subject>;
  /** A window of Flambe's own on that tab, attached. */
  window(subject: Subject): Promise<OwnWindow>;
  close(): Promise<void>;
}

const headers: Readonly<Record<string, OutgoingHttpHeaders>> = {
  strict: {
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self' 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types",
  },
  sandboxed: { 'Content-Security-Policy': 'sandbox allow-scripts' },
};

export async function openStage(): Promise<Stage> {
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url!, 'http://127.0.0.1');
    const content = await readFile(path.join(import.meta.dirname, path.basename(pathname))).catch(() => null);
    response.writeHead(content ? 200 : 404, {
      'Content-Type': `text/${pathname.endsWith('.js') ? 'javascript' : 'html'}; charset=utf-8`,
      ...headers[search.slice(1)],
    });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const launched = await launchWithExtension(inject('extension'), { devtools: false });
  return {
    launched,
    async open(name) {
      const page = await launched.context.newPage();
      await page.goto(`http://127.0.0.1:${port}/${name}`);
      return Subject.of(page);
    },
    async window({ page }) {
      const window = new OwnWindow(await openOwnWindow(launched, page));
      await window.status(/^Attached to the page/);
      return window;
    },
    async close() {
      await launched.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
