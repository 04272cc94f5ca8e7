import { existsSync } from 'node:fs';
import path from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';
import { waitFor } from './wait.ts';

/** A Chromium of its own, with a fresh profile and the extension in it. */
export interface Launched {
  readonly context: BrowserContext;
  /** The tab that is there from the start. */
  readonly page: Page;
  readonly extensionId: string;
  /** Speaks for the whole browser, and reaches what Playwright hides. */
  readonly browserCdp: CDPSession;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** Opens DevTools with every tab. Leave it off where the panel is driven in its own window. */
  readonly devtools?: boolean;
  readonly headless?: boolean;
  /** Folders of other extensions to load with it. */
  readonly alongside?: readonly string[];
  /** Of the browser window, in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

/** Starts Chromium with the built extension in folder `dist`. */
export async function launchWithExtension(
  dist: string,
  {
    devtools = true,
    headless = true,
    alongside = [],
    size = { width: 1600, height: 1000 },
    colorScheme = 'light',
  }: LaunchOptions = {},
): Promise<Launched> {
  const folder = path.resolve(dist);
  if (!existsSync(path.join(folder, 'manifest.json')))
    throw new Error(`No extension in ${folder}: run "npm run build" first`);
  const extensions = [folder, ...alongside].join(',');
  const switches = [
    `--disable-extensions-except=${extensions}`,
    `--load-extension=${extensions}`,
    `--window-size=${size.width},${size.height}`,
    // Tests look at where a zoom leads, not at the way there.
    '--force-prefers-reduced-motion',
    ...(devtools ? ['--auto-open-devtools-for-tabs'] : []),
    ...(colorScheme === 'dark' ? ['--force-dark-mode'] : []),
  ];
  const context = await chromium.launchPersistentContext('', {
    ...launchOptions(await findBrowser(), { headless, args: switches }),
    viewport: null,
    colorScheme,
    ignoreDefaultArgs: ['--disable-extensions'],
  });
  try {
    const browserCdp = await context.browser()!.newBrowserCDPSession();
    return {
      context,
      browserCdp,
      page: context.pages()[0] ?? (await context.newPage()),
      extensionId: await loadedExtension(browserCdp),
      close: () => context.close(),
    };
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** The id under which the browser loaded the extension, read off its service worker's address. */
function loadedExtension(browserCdp: CDPSession): Promise<string> {
  return waitFor('the extension’s service worker to start', async () => {
    const { targetInfos } = await browserCdp.send('Target.getTargets');
    const worker = targetInfos.find(
      ({ type, url }) => type === 'service_worker' && url.startsWith('chrome-extension:'),
    );
    return worker && new URL(worker.url).host;
  });
}

/** Id of a page's target, as the protocol and `chrome.debugger.getTargets` know it. */
export async function targetIdOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  try {
    return (await session.send('Target.getTargetInfo')).targetInfo.targetId;
  } finally {
    await session.detach();
  }
}
