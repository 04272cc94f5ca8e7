import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { inject } from 'vitest';
import {
  catchDownloads,
  type Downloads,
  type FlambePanel,
  type Launched,
  launchWithExtension,
  openFlambePanel,
} from '../harness/index.ts';

/** A browser of its own, a page in it, and Flambe in that page's DevTools, a window by itself. */
export interface InDevTools {
  readonly launched: Launched;
  readonly page: Page;
  readonly panel: FlambePanel;
  readonly downloads: Downloads;
  close(): Promise<void>;
}

/** @param open loads the page */
export async function openInDevTools(open: (page: Page) => Promise<unknown>): Promise<InDevTools> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'flambe-downloads-'));
  const launched = await launchWithExtension(inject('extension'));
  const close = async () => {
    await launched.close();
    await rm(folder, { recursive: true });
  };
  try {
    const { page } = launched;
    const downloads = await catchDownloads(launched, folder);
    await open(page);
    return { launched, page, downloads, panel: await openFlambePanel(launched, page, { dock: 'undocked' }), close };
  } catch (error) {
    await close();
    throw error;
  }
}
