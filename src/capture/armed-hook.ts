import type { CdpSession } from '../cdp/session.ts';
import type { Ending } from './ending.ts';
import { CaptureError, type CaptureFailure } from './errors.ts';
import type { FoundFunction } from './find.ts';
import type { HookOptions, HookState } from './page/hook.ts';
import { objectIdOf, type Remote } from './remote.ts';

const MILLISECONDS_PER_SECOND = 1000;

/** Calls as the page last reported them. */
export interface CallCount {
  readonly begun: number;
  readonly ended: number;
}

/** The hook while it stands in the page. */
export class ArmedHook {
  readonly #remote: Remote;
  readonly #ending: Ending;

  private constructor(
    remote: Remote,
    ending: Ending,
    /** The page-side object (`Hook` of page/hook.ts). */
    readonly objectId: string,
  ) {
    this.#remote = remote;
    this.#ending = ending;
  }

  /** Puts the hook in the target's place. Throws a CaptureError that says why it cannot stand there. */
  static async arm(
    session: CdpSession,
    remote: Remote,
    ending: Ending,
    found: FoundFunction,
    options: HookOptions,
    onCount: (count: CallCount) => void,
  ): Promise<ArmedHook> {
    const name = `flambeReport${options.id}`;
    await session.send('Runtime.addBinding', {
      name,
      ...(found.contextId !== undefined && { executionContextId: found.contextId }),
    });
    ending.whenOver(() => void session.send('Runtime.removeBinding', { name }).catch(() => undefined));
    ending.whenOver(
      session.on('Runtime.bindingCalled', (event) => {
        if (event.name !== name) return;
        const { leaseEnded, ...count } = JSON.parse(event.payload) as CallCount & { leaseEnded: boolean };
        if (leaseEnded) ending.end('lease ended');
        onCount(count);
        if (count.ended === options.calls) ending.end('complete');
      }),
    );
    // The function goes on working when its global is gone, so the page never gets to see it.
    const report = await remote.evaluate(
      `(() => { const report = globalThis.${name}; delete globalThis.${name}; return report; })()`,
    );
    const hook = await remote.call(
      found.objectId,
      'function (options, report) { return this.arm(options, report); }',
      { value: options },
      { objectId: objectIdOf(report) },
    );
    const objectId = objectIdOf(hook);
    const failure = await remote.callForValue<CaptureFailure | null>(
      objectId,
      'function () { return "code" in this ? this : null; }',
    );
    if (failure) throw new CaptureError(failure);
    const armed = new ArmedHook(remote, ending, objectId);
    const renewing = setInterval(() => armed.#renew(), options.lease / 3);
    ending.whenOver(() => clearInterval(renewing));
    return armed;
  }

  /** Ends the capture when no call has run for so long. 0 waits for ever. */
  timeOutAfter(seconds: number): { onCount(count: CallCount): void } {
    if (seconds === 0) return { onCount: () => undefined };
    let latest: CallCount = { begun: 0, ended: 0 };
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      clearTimeout(timer);
      if (latest.begun === latest.ended) timer = setTimeout(check, seconds * MILLISECONDS_PER_SECOND);
    };
    const check = async () => {
      // The page reports at most ten times a second, so it knows better. While it is busy, it does not answer.
      const state = await this.state().catch(() => null);
      if (state === null || (state.begun === latest.begun && state.ended === latest.ended)) this.#ending.end('timeout');
      else onCount(state);
    };
    const onCount = ({ begun, ended }: CallCount) => {
      latest = { begun, ended };
      wait();
    };
    wait();
    this.#ending.whenOver(() => clearTimeout(timer));
    return { onCount };
  }

  state(): Promise<HookState> {
    return this.#remote.callForValue(this.objectId, 'function () { return this.state; }');
  }

  /** Takes the hook off. Waits until the page has time for it. */
  release(): Promise<HookState> {
    return this.#remote.callForValue(this.objectId, 'function () { return this.release(); }');
  }

  #renew(): void {
    // A page that is gone needs no lease.
    this.#remote.callForValue(this.objectId, 'function () { this.renew(); }').catch(() => undefined);
  }
}
