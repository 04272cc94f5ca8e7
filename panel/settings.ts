import browser from 'webextension-polyfill';

/** What Flambe remembers from one DevTools to the next. */
export interface Settings {
  /** Whether the user knows why Chrome shows its bar while the debugger is attached. */
  readonly knowsBar: boolean;
  /** Whether frames have their original names, where those are known. */
  readonly originalNames: boolean;
}

const defaults: Settings = { knowsBar: false, originalNames: true };

export async function loadSettings(): Promise<Settings> {
  const { knowsBar, originalNames } = await browser.storage.local.get({ ...defaults });
  return { knowsBar: knowsBar === true, originalNames: originalNames !== false };
}

export function saveSettings(settings: Partial<Settings>): Promise<void> {
  return browser.storage.local.set({ ...settings });
}
