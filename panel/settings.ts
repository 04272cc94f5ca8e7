import browser from 'webextension-polyfill';

/** What Flambe remembers from one DevTools to the next. */
export interface Settings {
  /** Whether the user knows why Chrome shows its bar while the debugger is attached. */
  readonly knowsBar: boolean;
}

const defaults: Settings = { knowsBar: false };

export async function loadSettings(): Promise<Settings> {
  const { knowsBar } = await browser.storage.local.get({ ...defaults });
  return { knowsBar: knowsBar === true };
}

export function saveSettings(settings: Partial<Settings>): Promise<void> {
  return browser.storage.local.set({ ...settings });
}
