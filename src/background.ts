/**
 * The janitor. A panel that is about to change the page opens a port and says on it what to put right should the
 * panel vanish: closed DevTools, a closed tab, a crash. A panel that tidied up itself says so before it hangs up.
 */

/** What a panel tells; the last one counts. */
export type JanitorNote =
  | {
      readonly state: 'attached';
      readonly tabId: number;
      /** Remote object in the page whose method `release` takes the hook off; null while none stands. */
      readonly hook: string | null;
    }
  | { readonly state: 'tidy' };

chrome.runtime.onConnect.addListener((port) => {
  let note: JanitorNote = { state: 'tidy' };
  port.onMessage.addListener((message: JanitorNote) => {
    note = message;
  });
  port.onDisconnect.addListener(() => {
    if (note.state === 'attached') void putRight(note.tabId, note.hook);
  });
});

/** Errors mean that page, hook or session are gone already, which is all that is wanted. */
async function putRight(tabId: number, hook: string | null): Promise<void> {
  if (hook !== null)
    await chrome.debugger
      .sendCommand({ tabId }, 'Runtime.callFunctionOn', {
        objectId: hook,
        functionDeclaration: 'function () { this.release(); }',
      })
      .catch(() => {});
  await chrome.debugger.detach({ tabId }).catch(() => {});
}
