import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions(await findBrowser(), { headless: true }));
}

/** Puts texts where a browser can open them, at the names given: as files and on a server. */
export interface Shelf {
  fileUrl(name: string): string;
  httpUrl(name: string): string;
  put(name: string, content: string): Promise<void>;
  close(): Promise<void>;
}

export async function openShelf(): Promise<Shelf> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flambe-svg-'));
  const contents = new Map<string, string>();
  const server = createServer((request, response) => {
    const content = contents.get(request.url!.slice(1));
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const type = request.url!.endsWith('.svg') ? 'image/svg+xml' : 'text/html';
    response.writeHead(content === undefined ? 404 : 200, { 'Content-Type': `${type}; charset=utf-8` });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    fileUrl: (name) => pathToFileURL(path.join(folder, name)).href,
    httpUrl: (name) => `http://127.0.0.1:${port}/${name}`,
    async put(name, content) {
      contents.set(name, content);
      await writeFile(path.join(folder, name), content);
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

/** Whatever should never happen in a graph: errors, dialogs, code of a name run, requests for anything but documents. */
export async function watchForFaults(page: Page): Promise<() => Promise<string[]>> {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('dialog', async (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.isNavigationRequest() && request.resourceType() !== 'image') faults.push(`request: ${request.url()}`);
  });
  return async () => {
    if (await page.evaluate(() => 'pwned' in globalThis)) faults.push('a name ran as code');
    return faults;
  };
}
