import type { CDPSession, Page } from 'playwright';
import { makeWitness } from './witness.ts';

/**
 * The page whose functions are captured. Playwright's own `evaluate` runs code in the page that a page may have broken, so
 * the debugger is asked directly.
 */
export class Subject {
  readonly page: Page;
  readonly #cdp: CDPSession;
  readonly #witness: string;

  private constructor(page: Page, cdp: CDPSession, witness: string) {
    this.page = page;
    this.#cdp = cdp;
    this.#witness = witness;
  }

  /** A page that has loaded, and has not yet done any harm. */
  static async of(page: Page): Promise<Subject> {
    const cdp = await page.context().newCDPSession(page);
    const { names } = await cdp.send('Runtime.globalLexicalScopeNames', {});
    // Numbers and the like are the page's state; functions are what Flambe may touch.
    const named = `() => [${names.map((name) => `typeof ${name} === 'function' ? ${name} : undefined`).join()}]`;
    const { result } = await cdp.send('Runtime.evaluate', { expression: `(${makeWitness})(${named})` });
    return new Subject(page, cdp, result.objectId!);
  }

  /** The value of an expression in the page, or of the promise that it gives; it has to be JSON. */
  async see<T = unknown>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#cdp.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }

  /** Remembers everything in the page's reach. The function returned names what is no longer the same. */
  async remember(): Promise<() => Promise<string[]>> {
    await this.#ask('remember');
    return () => this.#ask('changes');
  }

  async #ask<T>(method: 'remember' | 'changes'): Promise<T> {
    const { result, exceptionDetails } = await this.#cdp.send('Runtime.callFunctionOn', {
      objectId: this.#witness,
      functionDeclaration: `function () { return this.${method}(); }`,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }
}
