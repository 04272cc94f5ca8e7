import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../cdp/session.ts';
import { isHookUrl } from './page-code.ts';

/** A script that the page has loaded. */
export interface Script {
  readonly scriptId: string;
  /** Empty for code that the page made of text without naming it. */
  readonly url: string;
  /** Of the text. */
  readonly hash: string;
  /** Characters of the text. */
  readonly length: number;
  /** Where it begins in its document; 1-based. */
  readonly begin: { readonly line: number; readonly column: number };
  readonly endLine: number;
  /** Where its code runs: the page, a frame in it. */
  readonly contextId: number;
  readonly isModule: boolean;
  /** As the script says it; empty where it does not. */
  readonly sourceMapUrl: string;
}

/**
 * The page's scripts for as long as the Debugger domain is enabled. Nothing pauses for it meanwhile, neither a breakpoint
 * nor a `debugger` statement; what DevTools pauses for is its own affair.
 */
export class Scripts {
  readonly #session: CdpSession;
  readonly #byId = new Map<string, Script>();
  readonly #listeners = new Set<(script: Script) => void>();
  readonly #stopListening: () => void;

  /** Scripts of extensions are left out, and what was loaded by Flambe. Disable it in the end. */
  static async enable(session: CdpSession): Promise<Scripts> {
    const scripts = new Scripts(session);
    try {
      await scripts.ready;
      return scripts;
    } catch (error) {
      await scripts.disable();
      throw error;
    }
  }

  /** Resolves when all scripts are listed that the page has by now. A page that hangs takes its time. */
  readonly ready: Promise<unknown>;

  /** The same for who may not want to wait until it is ready. */
  constructor(session: CdpSession) {
    this.#session = session;
    this.#stopListening = session.on('Debugger.scriptParsed', (event) => {
      const script = readScript(event);
      if (script === null) return;
      this.#byId.set(script.scriptId, script);
      for (const listener of this.#listeners) listener(script);
    });
    this.ready = Promise.all([
      session.send('Debugger.enable'),
      session.send('Debugger.setSkipAllPauses', { skip: true }),
    ]);
    this.ready.catch(() => undefined);
  }

  /** In the order in which they were loaded. */
  get all(): Script[] {
    return [...this.#byId.values()];
  }

  onLoaded(listener: (script: Script) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async textOf({ scriptId }: Script): Promise<string> {
    return (await this.#session.send('Debugger.getScriptSource', { scriptId })).scriptSource;
  }

  /** All breakpoints that were set in the session are gone with it. What is asked of the session later, comes later. */
  async disable(): Promise<void> {
    this.#stopListening();
    this.#listeners.clear();
    await this.#session.send('Debugger.disable').catch(() => undefined);
  }
}

function readScript(event: Protocol.Debugger.ScriptParsedEvent): Script | null {
  const { isDefault = true }: { isDefault?: boolean } = event.executionContextAuxData ?? {};
  if (!isDefault || event.url.startsWith('chrome-extension://') || event.scriptLanguage === 'WebAssembly') return null;
  if (isHookUrl(event.url)) return null;
  return {
    scriptId: event.scriptId,
    url: event.url,
    hash: event.hash,
    length: event.length ?? 0,
    begin: { line: event.startLine + 1, column: event.startColumn + 1 },
    endLine: event.endLine + 1,
    contextId: event.executionContextId,
    isModule: event.isModule ?? false,
    sourceMapUrl: event.sourceMapURL ?? '',
  };
}
