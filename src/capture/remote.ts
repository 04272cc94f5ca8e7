import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../cdp/session.ts';
import { CaptureError, type CaptureFailure } from './errors.ts';

type RemoteObject = Protocol.Runtime.RemoteObject;
type Argument = { objectId: string } | { value: unknown };

/** Objects of the page, over the protocol. All of them are released together. */
export class Remote {
  static readonly #group = 'flambe';
  readonly #session: CdpSession;
  /** Where expressions are evaluated; undefined for the page's own top frame. */
  readonly #contextId: number | undefined;

  constructor(session: CdpSession, contextId?: number) {
    this.#session = session;
    this.#contextId = contextId;
  }

  /** Evaluates in the page's global scope. Throws a CaptureError `evaluation threw` or `syntax`, naming `text`. */
  async evaluate(expression: string, text = expression): Promise<RemoteObject> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression,
      objectGroup: Remote.#group,
      ...this.#where,
    });
    if (exceptionDetails) throw new CaptureError(failureOf(exceptionDetails, text));
    return result;
  }

  /** Evaluates and waits for a promise; the value must be JSON. */
  async value<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
      ...this.#where,
    });
    if (exceptionDetails) throw new CaptureError(failureOf(exceptionDetails, expression));
    return result.value as T;
  }

  get #where(): { contextId?: number } {
    return this.#contextId === undefined ? {} : { contextId: this.#contextId };
  }

  /** Calls `declaration` with `this` being an object of the page; gives an object of the page. */
  async call(objectId: string, declaration: string, ...args: Argument[]): Promise<RemoteObject> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: declaration,
      arguments: args,
      objectGroup: Remote.#group,
    });
    if (exceptionDetails) throw new CaptureError(failureOf(exceptionDetails, declaration));
    return result;
  }

  /** The same for a result that is JSON. */
  callForValue<T>(objectId: string, declaration: string, ...args: Argument[]): Promise<T> {
    return this.#callForValue<T>(objectId, declaration, args, false);
  }

  /** The same for a promise of JSON. */
  callAndWait<T>(objectId: string, declaration: string, ...args: Argument[]): Promise<T> {
    return this.#callForValue<T>(objectId, declaration, args, true);
  }

  async #callForValue<T>(
    objectId: string,
    functionDeclaration: string,
    args: Argument[],
    awaitPromise: boolean,
  ): Promise<T> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration,
      arguments: args,
      returnByValue: true,
      awaitPromise,
    });
    if (exceptionDetails) throw new CaptureError(failureOf(exceptionDetails, functionDeclaration));
    return result.value as T;
  }

  /** Own and internal properties, with previews. */
  properties(objectId: string): Promise<Protocol.Runtime.GetPropertiesResponse> {
    return this.#session.send('Runtime.getProperties', { objectId, ownProperties: true, generatePreview: true });
  }

  /** Lets go of every object. Fails silently: without a page there is nothing to let go of. */
  async release(): Promise<void> {
    await this.#session.send('Runtime.releaseObjectGroup', { objectGroup: Remote.#group }).catch(() => undefined);
  }
}

export function objectIdOf(object: RemoteObject): string {
  if (object.objectId === undefined) throw new TypeError(`Expected an object of the page, got ${object.type}`);
  return object.objectId;
}

function failureOf({ exception, text: prefix }: Protocol.Runtime.ExceptionDetails, text: string): CaptureFailure {
  const message = exception?.description ?? (exception && 'value' in exception ? String(exception.value) : prefix);
  // A syntax error of the text itself has no stack frame; one that the page's code throws has.
  const isSyntax = exception?.className === 'SyntaxError' && !/\n\s+at /.test(message);
  return isSyntax ? { code: 'syntax', text, message } : { code: 'evaluation threw', text, message };
}
