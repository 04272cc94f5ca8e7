/**
 * What a panel tells the janitor, the service worker, over a port: what to put right should the panel vanish. The last
 * note counts. A panel that tidied up itself says so before it hangs up.
 */
export type JanitorNote =
  | {
      readonly state: 'attached';
      readonly tabId: number;
      readonly hook: HookNote | null;
    }
  | { readonly state: 'tidy' };

/** A hook that stands in a page. */
export interface HookNote {
  /** Remote object in the page whose method `release` takes the hook off. */
  readonly objectId: string;
  /** What it stands on, for people. */
  readonly path: string;
}

/** Notes as they are kept for the janitor's next life and for other panels: by number of the tab. */
export function readNotes(
  stored: Record<string, unknown>,
): { readonly tabId: number; readonly hook: HookNote | null }[] {
  return Object.entries(stored).map(([tabId, hook]) => ({ tabId: Number(tabId), hook: hook as HookNote | null }));
}
