import type { JanitorNote } from './cdp/janitor.ts';

/**
 * The janitor: puts the page right when a panel vanishes in the middle of its work (closed DevTools, a closed tab, a
 * crash).
 */
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
