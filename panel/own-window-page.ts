import { CaptureError, type CaptureFailure } from '../src/capture/errors.ts';
import { attachToTab, type TabSession } from '../src/cdp/chrome-debugger.ts';
import type { HookNote } from '../src/cdp/janitor.ts';
import { JanitorPort } from './janitor-port.ts';
import type { Page, Visit } from './page.ts';
import type { PageScript } from './page-script.ts';
import { onTabLoaded } from './tab-loaded.ts';

/**
 * A tab seen from a window of Flambe's own. Without DevTools only the debugger can look into the page, so it is attached
 * as long as the window is open; after it was detached from outside, the next visit attaches it again.
 */
export class OwnWindowPage implements Page {
  readonly mode = 'own window';
  readonly openSource = null;
  readonly #tabId: number;
  readonly #janitor = new JanitorPort();
  #session: Promise<TabSession> | null = null;
  /** A session that the browser would not let us end at the time. */
  #refusedToEnd: TabSession | null = null;
  #onAttachment: (isAttached: boolean) => void = () => {};
  #turn: Promise<unknown> = Promise.resolve();

  constructor(tabId: number) {
    this.#tabId = tabId;
  }

  async open(): Promise<void> {
    await this.visit(async () => {});
  }

  async evaluate(expression: string): Promise<unknown> {
    // Never attaches: whoever closed Chrome's bar should not see it again for having typed something.
    const session = await this.#session;
    if (!session) throw new Error('Not attached');
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      silent: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  visit<Result>(use: (visit: Visit) => Promise<Result>): Promise<Result> {
    return this.#inTurn(() => this.#visit(use));
  }

  async #visit<Result>(use: (visit: Visit) => Promise<Result>): Promise<Result> {
    const isFresh = this.#session === null;
    this.#session ??= this.#attach();
    const session = await this.#session;
    try {
      return await use({ session, isFresh, onHook: (hook) => this.#tell(hook) });
    } catch (error) {
      // The browser may have refused us without detaching: whatever still runs there ends with the session.
      if (error instanceof CaptureError && error.failure.code === 'detached' && this.#session !== null) {
        this.#leave();
        // Refused even that, it is for the next time.
        await session.detach().catch(() => {
          this.#refusedToEnd = session;
        });
      }
      throw error;
    } finally {
      if (this.#session !== null) this.#tell(null);
    }
  }

  scriptsOf(urls: ReadonlySet<string>): Promise<PageScript[]> {
    return this.#inTurn(() => this.#readScripts(urls));
  }

  async #readScripts(urls: ReadonlySet<string>): Promise<PageScript[]> {
    const session = await this.#session;
    const { debuggerScripts } = await import('./read-scripts.ts');
    return session ? debuggerScripts(session, urls) : [];
  }

  /** One after the other, as who is done with a domain of the debugger switches it off. */
  #inTurn<Result>(use: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(use);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async armedElsewhere(): Promise<CaptureFailure | null> {
    const { armedElsewhere } = await import('./armed-elsewhere.ts');
    return armedElsewhere(this.#tabId);
  }

  onNavigated(listener: () => void): void {
    onTabLoaded(this.#tabId, listener);
  }

  onScriptAdded(): void {}

  onSourceSelected(): void {}

  onUnknownSource(): void {}

  onAttachment(listener: (isAttached: boolean) => void): void {
    this.#onAttachment = listener;
  }

  async #attach(): Promise<TabSession> {
    try {
      // Where it is refused again, attaching says why.
      await this.#refusedToEnd?.detach().catch(() => undefined);
      this.#refusedToEnd = null;
      const session = await attachToTab(this.#tabId);
      this.#tell(null);
      this.#onAttachment(true);
      session.onDetach(() => this.#leave());
      return session;
    } catch (error) {
      this.#session = null;
      throw error;
    }
  }

  #leave(): void {
    this.#session = null;
    this.#janitor.close();
    this.#onAttachment(false);
  }

  #tell(hook: HookNote | null): void {
    this.#janitor.leave({ state: 'attached', tabId: this.#tabId, hook });
  }
}
