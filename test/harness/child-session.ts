import type { CDPSession } from 'playwright';
import type { CdpCommands } from '../../src/cdp/session.ts';

interface Answer {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/**
 * A conversation with a target that Playwright hides (a DevTools window, a panel in it), relayed by the browser's own
 * session: every message travels as text in Target.sendMessageToTarget and Target.receivedMessageFromTarget.
 */
export class ChildSession {
  /** What the target threw and nobody caught, in the order it happened. */
  readonly exceptions: string[] = [];
  private lastId = 0;
  private readonly pending = new Map<number, Pending>();

  private constructor(
    private readonly browserCdp: CDPSession,
    private readonly sessionId: string,
    readonly targetId: string,
  ) {
    browserCdp.on('Target.receivedMessageFromTarget', this.receive);
    browserCdp.on('Target.detachedFromTarget', this.detached);
  }

  static async attach(browserCdp: CDPSession, targetId: string): Promise<ChildSession> {
    const { sessionId } = await browserCdp.send('Target.attachToTarget', { targetId, flatten: false });
    const session = new ChildSession(browserCdp, sessionId, targetId);
    await session.send('Runtime.enable');
    // Otherwise keys get lost while a window that was just opened or moved still waits for the focus.
    await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    return session;
  }

  async send<Method extends keyof CdpCommands>(
    method: Method,
    ...params: CdpCommands[Method]['paramsType']
  ): Promise<CdpCommands[Method]['returnType']> {
    const id = ++this.lastId;
    const answer = new Promise<unknown>((resolve, reject) => this.pending.set(id, { method, resolve, reject }));
    const message = JSON.stringify({ id, method, params: params[0] ?? {} });
    try {
      await this.browserCdp.send('Target.sendMessageToTarget', { sessionId: this.sessionId, message });
    } catch (error) {
      this.pending.delete(id);
      throw error;
    }
    return answer as Promise<CdpCommands[Method]['returnType']>;
  }

  /** Calls a function in the target, with JSON arguments and a JSON result. It sees nothing of the scope it stands in. */
  async evaluate<Args extends unknown[], Result>(
    pageFunction: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression: `(${pageFunction})(...${JSON.stringify(args)})`,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text, { cause: exceptionDetails });
    return result.value;
  }

  private readonly receive = (event: { sessionId: string; message: string }) => {
    if (event.sessionId !== this.sessionId) return;
    const answer: Answer = JSON.parse(event.message);
    if (answer.id === undefined) {
      if (answer.method === 'Runtime.exceptionThrown') this.noteException(answer.params);
      return;
    }
    const waiting = this.pending.get(answer.id);
    this.pending.delete(answer.id);
    if (answer.error) waiting?.reject(new Error(`${waiting.method}: ${answer.error.message}`));
    else waiting?.resolve(answer.result);
  };

  private noteException(params: unknown) {
    const { exceptionDetails } = params as { exceptionDetails: { text: string; exception?: { description?: string } } };
    this.exceptions.push(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }

  private readonly detached = (event: { sessionId: string }) => {
    if (event.sessionId !== this.sessionId) return;
    this.browserCdp.off('Target.receivedMessageFromTarget', this.receive);
    this.browserCdp.off('Target.detachedFromTarget', this.detached);
    for (const { method, reject } of this.pending.values()) reject(new Error(`${method}: the target went away`));
    this.pending.clear();
  };
}

interface Pending {
  readonly method: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}
