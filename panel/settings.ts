import { firstLook, type Look, readLook } from './look.ts';

/** What Flambe remembers from one DevTools to the next. */
export interface Settings {
  /** Whether the user knows why Chrome shows its bar while the debugger is attached. */
  readonly knowsBar: boolean;
  /** Whether frames have their original names, where those are known. */
  readonly originalNames: boolean;
  readonly look: Look;
  /** How files are exported, as it was saved: whoever exports makes choices of it. */
  readonly exporting: unknown;
}

const defaults: Settings = { knowsBar: false, originalNames: true, look: firstLook, exporting: null };

export async function loadSettings(): Promise<Settings> {
  const { knowsBar, originalNames, look, exporting } = await chrome.storage.local.get({ ...defaults });
  return {
    knowsBar: knowsBar === true,
    originalNames: originalNames !== false,
    look: readLook(look),
    exporting,
  };
}

export function saveSettings(settings: Partial<Settings>): Promise<void> {
  return chrome.storage.local.set({ ...settings });
}
