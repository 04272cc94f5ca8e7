/**
 * What a panel tells the janitor, the service worker, over a port: what to put right should the panel vanish. The last
 * note counts. A panel that tidied up itself says so before it hangs up.
 */
export type JanitorNote =
  | {
      readonly state: 'attached';
      readonly tabId: number;
      /** Remote object in the page whose method `release` takes the hook off; null while none stands. */
      readonly hook: string | null;
    }
  | { readonly state: 'tidy' };
