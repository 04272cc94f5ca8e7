import { type HookNote, type JanitorNote, readNotes } from './cdp/janitor.ts';

/**
 * The janitor: puts the page right when a panel vanishes in the middle of its work (closed DevTools, a closed tab, a
 * crash). The browser may stop this service worker at any time, so it keeps its notes where its next life finds them.
 */

/** ms within which a panel claims its note after the worker was started again. */
const timeToClaim = 2000;
/** Tabs whose panel is there. */
const claimed = new Set<number>();

// While a trace runs the browser reports twice a second, which starts a stopped janitor though no panel calls it.
chrome.debugger.onEvent.addListener(() => {});

chrome.runtime.onConnect.addListener((port) => {
  let note: JanitorNote = { state: 'tidy' };
  port.onMessage.addListener((message: JanitorNote) => {
    if (message.state === 'attached') {
      claimed.add(message.tabId);
      void chrome.storage.session.set({ [message.tabId]: message.hook });
    } else if (note.state === 'attached') {
      forget(note.tabId);
    }
    note = message;
  });
  port.onDisconnect.addListener(() => {
    if (note.state === 'attached') void putRight(note.tabId, note.hook);
  });
});

void settleOldNotes();

/** Notes of an earlier life whose panel is gone by now. */
async function settleOldNotes(): Promise<void> {
  const notes = readNotes(await chrome.storage.session.get());
  if (notes.length === 0) return;
  await new Promise((resolve) => setTimeout(resolve, timeToClaim));
  for (const { tabId, hook } of notes) if (!claimed.has(tabId)) await putRight(tabId, hook);
}

/** Errors mean that page, hook or session are gone already, which is all that is wanted. */
async function putRight(tabId: number, hook: HookNote | null): Promise<void> {
  if (hook !== null)
    await chrome.debugger
      .sendCommand({ tabId }, 'Runtime.callFunctionOn', {
        objectId: hook.objectId,
        functionDeclaration: 'function () { this.release(); }',
      })
      .catch(() => {});
  await chrome.debugger.detach({ tabId }).catch(() => {});
  forget(tabId);
}

function forget(tabId: number): void {
  claimed.delete(tabId);
  void chrome.storage.session.remove(String(tabId));
}
