import { type AttachRefusal, type CdpCommands, CdpError, type CdpEvents, type CdpSession } from './session.ts';

export class AttachError extends Error {
  override readonly name = 'AttachError';
  readonly refusal: AttachRefusal;

  /** @param message in the browser's words */
  constructor(message: string) {
    super(message);
    this.refusal = refusalOf(message);
  }
}

/** The browser gives its reasons as English sentences only. */
const refusals: readonly (readonly [RegExp, AttachRefusal])[] = [
  [/chrome-extension:\/\/ URL of different extension/i, 'other extension'],
  [/ExtensionsSettings policy|blocked by (the )?admin/i, 'policy'],
  [/Another debugger is already attached/i, 'already attached'],
  [/No tab with|No target with/i, 'no tab'],
  [/file URL|file scheme|file:\/\//i, 'file access'],
  [/chrome(-untrusted|-error)?:\/\/|devtools:\/\/|extensions gallery|Cannot attach to this target/i, 'chrome page'],
];

export function refusalOf(message: string): AttachRefusal {
  return refusals.find(([pattern]) => pattern.test(message))?.[1] ?? 'other';
}

/** A {@link CdpSession} over `chrome.debugger`, which whoever attached must detach. */
export interface TabSession extends CdpSession {
  /** Does nothing where the session has ended already. */
  detach(): Promise<void>;
}

/** Attaches the debugger to a tab; Chrome shows its bar from then on. Rejects with an {@link AttachError}. */
export async function attachToTab(tabId: number): Promise<TabSession> {
  try {
    await chrome.debugger.attach({ tabId }, '1.3');
  } catch (error) {
    throw new AttachError(messageOf(error));
  }
  return new ChromeDebuggerSession({ tabId });
}

class ChromeDebuggerSession implements TabSession {
  readonly #target: { readonly tabId: number };

  constructor(target: { readonly tabId: number }) {
    this.#target = target;
  }

  async send<Method extends keyof CdpCommands>(
    method: Method,
    ...[params]: CdpCommands[Method]['paramsType']
  ): Promise<CdpCommands[Method]['returnType']> {
    try {
      const answer: unknown = await chrome.debugger.sendCommand(this.#target, method, { ...params });
      return answer as CdpCommands[Method]['returnType'];
    } catch (error) {
      throw toCdpError(method, messageOf(error));
    }
  }

  /** `chrome.debugger.onEvent` speaks to every page of the extension about every tab and every session in it. */
  on<Event extends keyof CdpEvents>(event: Event, listener: (params: CdpEvents[Event][0]) => void): () => void {
    const hear = (source: chrome.debugger.DebuggerSession, method: string, params?: object) => {
      if (source.tabId !== this.#target.tabId || source.sessionId !== undefined || method !== event) return;
      listener(params as CdpEvents[Event][0]);
    };
    chrome.debugger.onEvent.addListener(hear);
    return () => chrome.debugger.onEvent.removeListener(hear);
  }

  onDetach(listener: (reason: string) => void): () => void {
    const hear = (source: chrome.debugger.Debuggee, reason: string) => {
      if (source.tabId !== this.#target.tabId) return;
      stop();
      listener(reason);
    };
    const stop = () => chrome.debugger.onDetach.removeListener(hear);
    chrome.debugger.onDetach.addListener(hear);
    return stop;
  }

  async detach(): Promise<void> {
    try {
      await chrome.debugger.detach(this.#target);
    } catch (error) {
      if (!/is not attached|No tab with|No target with/.test(messageOf(error))) throw error;
    }
  }
}

/** The protocol's own errors come as JSON text, `{"code":-32601,"message":"…"}`; those of the API as a sentence. */
function toCdpError(method: string, message: string): CdpError {
  try {
    const answer: unknown = JSON.parse(message);
    if (typeof answer === 'object' && answer !== null && 'code' in answer && 'message' in answer)
      return new CdpError(method, Number(answer.code), String(answer.message));
  } catch {
    // A sentence, then.
  }
  return new CdpError(method, 0, message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
