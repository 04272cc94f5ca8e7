import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { findBrowser, launchOptions } from '../../../scripts/browser.mjs';
import { capture } from '../../../src/capture/capture.ts';
import { CaptureError, type CaptureFailure } from '../../../src/capture/errors.ts';
import type { Capture, CaptureOptions, Progress } from '../../../src/capture/record.ts';
import { parseTarget, type Target } from '../../../src/capture/target.ts';
import type { CdpSession } from '../../../src/cdp/session.ts';

/** The two ways to samples: the Profiler domain is there for a trusted client only. */
export const samplers = [
  { sampler: 'Profiler', trusted: true },
  { sampler: 'Tracing', trusted: false },
] as const;

/** A browser of its own and a server for the pages of this folder. */
export interface Stage {
  readonly browser: Browser;
  /** Address of a page; `elsewhere` is another site, and so another process. */
  url(name: string, host?: 'here' | 'elsewhere'): string;
  /** A new tab with a page of this folder. */
  open(name: string): Promise<Page>;
  close(): Promise<void>;
}

/** Isolated pages have a clock of 5 µs instead of 100 µs. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const strictest = {
  'Content-Security-Policy': "default-src 'none'; require-trusted-types-for 'script'; trusted-types",
};

export async function openStage(): Promise<Stage> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const headers = pathname === '/strict.html' ? strictest : isolation;
    const content = await readFile(path.join(import.meta.dirname, path.basename(pathname))).catch(() => null);
    response.writeHead(content ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8', ...headers }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch(launchOptions(await findBrowser(), { headless: true }));
  const url = (name: string, host = 'here') => `http://${host === 'here' ? '127.0.0.1' : 'localhost'}:${port}/${name}`;
  return {
    browser,
    url,
    async open(name) {
      const page = await browser.newPage();
      await page.goto(url(name));
      return page;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function target(text: string): Target {
  const parsed = parseTarget(text);
  if (!parsed) throw new Error('A target without text');
  return parsed;
}

type Calls = Extract<Progress, { step: 'calls' }>;

/** A capture whose hook stands in the page. */
export interface Armed {
  readonly finished: Promise<Capture>;
  /** What was told of the calls so far. */
  told(): readonly Calls[];
  cancel(): void;
}

export async function arm(
  session: CdpSession,
  text: string,
  calls: number,
  options: CaptureOptions = {},
): Promise<Armed> {
  const abort = new AbortController();
  const told: Calls[] = [];
  return new Promise((resolve, reject) => {
    const finished = capture(session, target(text), calls, {
      signal: abort.signal,
      ...options,
      onProgress: (progress) => {
        if (progress.step === 'calls') told.push(progress);
        if (progress.step === 'armed') resolve({ finished, told: () => told, cancel: () => abort.abort() });
      },
    });
    // What goes wrong later is for whoever waits for the end.
    finished.catch(reject);
  });
}

/** Captures the calls that an expression makes; gives its value too. */
export async function captureWhile<T>(
  page: Page,
  session: CdpSession,
  text: string,
  calls: number,
  expression: string,
): Promise<{ captured: Capture; value: T }> {
  const { finished } = await arm(session, text, calls);
  const value = await page.evaluate<T>(expression);
  return { captured: await finished, value };
}

/** Why a capture was refused; throws when it was not. */
export async function refusalOf(capturing: Promise<unknown>): Promise<CaptureFailure> {
  const outcome = await capturing.catch((error: unknown) => error);
  if (outcome instanceof CaptureError) return outcome.failure;
  throw new Error('Expected a CaptureError', { cause: outcome });
}

/**
 * Remembers all properties of the page's `owners` and what its `namedOnly` gives. The function returned names what is
 * no longer the same.
 */
export async function remember(page: Page): Promise<() => Promise<string[]>> {
  const memory = await page.evaluateHandle(`(() => {
    const look = () => [
      ...owners.map((owner) => Reflect.ownKeys(owner).map((key) => [key, Reflect.getOwnPropertyDescriptor(owner, key)])),
      namedOnly().map((value, i) => [i, { value }]),
    ];
    const before = look();
    const fields = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'];
    const same = (a, b) => a && b && a[0] === b[0] && fields.every((field) => Object.is(a[1][field], b[1][field]));
    return {
      changes: () => look().flatMap((now, owner) =>
        Array.from({ length: Math.max(now.length, before[owner].length) }, (_, i) => i)
          .filter((i) => !same(now[i], before[owner][i]))
          .map((i) => owner + ': ' + String((now[i] ?? before[owner][i])[0])),
      ),
    };
  })()`);
  return () => memory.evaluate((remembered) => (remembered as { changes(): string[] }).changes());
}
