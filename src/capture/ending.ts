import type { CdpSession } from '../cdp/session.ts';
import { CaptureError } from './errors.ts';
import type { EndReason } from './record.ts';

/** `detached`: the debugger is gone, taken by somebody else or with the tab, and with it all that was recorded. */
export type Ended = EndReason | 'detached';

/** Waits for whatever ends a capture first: the work itself, the user, the page, or somebody who takes the debugger. */
export class Ending {
  readonly reason: Promise<Ended>;
  #end: (reason: Ended) => void = () => undefined;
  #ended: Ended | undefined;
  readonly #stopListening: (() => void)[] = [];
  /** Of a navigation that ends nothing. */
  #tellNavigation: (() => void) | null = null;

  constructor(session: CdpSession, signal: AbortSignal | undefined) {
    this.reason = new Promise((resolve) => {
      this.#end = resolve;
    });
    const onAbort = () => this.end('cancelled');
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#stopListening.push(
      () => signal?.removeEventListener('abort', onAbort),
      session.onDetach(() => this.end('detached')),
      session.on('Inspector.targetCrashed', () => this.end('crashed')),
      session.on('Page.frameNavigated', ({ frame }) => {
        if (frame.parentId === undefined) this.#navigated();
      }),
    );
  }

  /** The next navigation ends nothing. Rejects where it does not come before everything ends. */
  async expectNavigation(): Promise<void> {
    const navigated = new Promise<true>((resolve) => {
      this.#tellNavigation = () => resolve(true);
    });
    const came = await Promise.race([navigated, this.reason]);
    if (came !== true) throw new CaptureError({ code: 'not reloaded' });
  }

  #navigated(): void {
    const tell = this.#tellNavigation;
    this.#tellNavigation = null;
    if (tell) tell();
    else this.end('navigated');
  }

  get isOver(): boolean {
    return this.#ended !== undefined;
  }

  /** The first reason counts. */
  end(reason: Ended): void {
    this.#ended ??= reason;
    this.#end(reason);
  }

  /** What people should hear instead of an error that only follows from the page or the debugger being gone. */
  explain(error: unknown): unknown {
    const code = this.#ended;
    const isCause = code === 'detached' || code === 'navigated' || code === 'crashed';
    return isCause && !(error instanceof CaptureError) ? new CaptureError({ code }, { cause: error }) : error;
  }

  /** Something asked of the page, which never answers when its process has died. */
  async unlessCrashed<T>(asked: Promise<T>): Promise<T> {
    const crash = this.reason.then((reason) => {
      if (reason === 'crashed') throw new CaptureError({ code: 'crashed' });
      return asked;
    });
    crash.catch(() => undefined);
    return Promise.race([asked, crash]);
  }

  /** Reading what was captured, unless it is given up. */
  async unlessGivenUp<T>(read: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (!signal) return read;
    const givenUp = new Promise<never>((_, reject) => {
      const giveUp = () => reject(new CaptureError({ code: 'given up' }));
      if (signal.aborted) giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
      this.whenOver(() => signal.removeEventListener('abort', giveUp));
    });
    read.catch(() => undefined);
    return Promise.race([read, givenUp]);
  }

  /** Calls `stop` when it is over. */
  whenOver(stop: () => void): void {
    this.#stopListening.push(stop);
  }

  close(): void {
    for (const stop of this.#stopListening) stop();
  }
}
