import browser from 'webextension-polyfill';
import type { CaptureFailure } from '../src/capture/errors.ts';
import { readNotes } from '../src/cdp/janitor.ts';

/** What another panel of Flambe has armed, as the janitor's notes say; null when there is none. */
export async function armedElsewhere(tabId: number): Promise<CaptureFailure | null> {
  for (const note of readNotes(await browser.storage.session.get()))
    if (note.hook) {
      const where = note.tabId === tabId ? 'this page' : 'another page';
      return { code: 'armed elsewhere', target: note.hook.path, where };
    }
  return null;
}
