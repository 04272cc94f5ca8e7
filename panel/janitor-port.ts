import type { JanitorNote } from '../src/cdp/janitor.ts';

/**
 * The line to the janitor: open as long as there is something to put right, and opened again when the browser stops the
 * janitor's service worker, as it does with idle ones.
 */
export class JanitorPort {
  #port: chrome.runtime.Port | null = null;
  #note: JanitorNote = { state: 'tidy' };

  /** Says what there is to put right. */
  leave(note: JanitorNote & { state: 'attached' }): void {
    this.#note = note;
    this.#tell();
  }

  /** Says that there is nothing left to do, and hangs up. */
  close(): void {
    this.#note = { state: 'tidy' };
    this.#port?.postMessage(this.#note);
    this.#port?.disconnect();
    this.#port = null;
  }

  #tell(): void {
    this.#port ??= this.#connect();
    this.#port.postMessage(this.#note);
  }

  #connect(): chrome.runtime.Port {
    const port = chrome.runtime.connect({ name: 'janitor' });
    port.onDisconnect.addListener(() => {
      const error = chrome.runtime.lastError;
      if (this.#port !== port) return;
      this.#port = null;
      // An error means that nobody listens at all; asking again at once would go on for ever. The hook's lease remains.
      if (!error && this.#note.state === 'attached') this.#tell();
    });
    return port;
  }
}
