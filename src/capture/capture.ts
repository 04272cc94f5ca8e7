import type { CdpSession } from '../cdp/session.ts';
import type { Outcome } from '../profile/model.ts';
import { ArmedHook, type HookListener } from './armed-hook.ts';
import { CaptureError } from './errors.ts';
import type { KeptCall } from './page/calls.ts';
import type { AppliedResult, Capture, CaptureOptions } from './record.ts';
import { type HookEnd, record } from './recorder.ts';
import { objectIdOf, type Remote } from './remote.ts';
import type { Target } from './target.ts';

const DEFAULT_TIMEOUT_SECONDS = 15;
const MOST_CALLS = 1000;
const MOST_MILLISECONDS = 60_000;

/**
 * Captures the next calls of the target as the page makes them. Resolves when the last one returned, or with what is
 * there when something else ends it (see {@link Capture.end}). Throws a {@link CaptureError} when nothing can be
 * captured. Either way the page is left as it was found; the session stays attached.
 */
export async function capture(
  session: CdpSession,
  target: Target,
  calls: number,
  options: CaptureOptions = {},
): Promise<Capture> {
  checkCalls(calls, options.longerThan);
  return record(session, target, calls, options, async ({ remote, ending, found, callsOptions }) => {
    const arming = options.reload
      ? found.armAndReload!(callsOptions, ending.expectNavigation())
      : found.arm(callsOptions);
    const { objectId, fn, hasMoved } = await ending.unlessCrashed(arming);
    const listener = listenerOf(options, hasMoved);
    const hook = new ArmedHook(remote, ending, calls, listener, objectId);
    options.onHook?.({ objectId, path: found.path });
    options.onProgress?.({ step: 'armed', fn, hook: found.hook });
    hook.timeOutAfter(options.timeout ?? DEFAULT_TIMEOUT_SECONDS);
    hook.follow();
    await ending.reason;
    const off = async (): Promise<HookEnd> => {
      try {
        const { kept, trouble } = await hook.release();
        return { kept, trouble: trouble ?? (hasMoved() ? 'moved' : null) };
      } finally {
        await found.leave();
        options.onHook?.(null);
      }
    };
    return { fn, off: off() };
  });
}

function listenerOf({ onProgress }: CaptureOptions, hasMoved: () => boolean): HookListener {
  return {
    onState: ({ begun, ended, dropped, trouble }) =>
      onProgress?.({ step: 'calls', begun, ended, dropped, trouble: trouble ?? (hasMoved() ? 'moved' : null) }),
    onBusy: () => onProgress?.({ step: 'busy' }),
  };
}

/**
 * Calls the target itself, `repeat` times (default 1), with the arguments of a JavaScript list such as `2, "x"`, and
 * captures those calls. Nothing in the page is replaced. Resolves and throws like {@link capture}.
 */
export async function apply(
  session: CdpSession,
  target: Target,
  args: string,
  options: CaptureOptions & { readonly repeat?: number } = {},
): Promise<Capture> {
  const repeat = options.repeat ?? 1;
  checkCalls(repeat);
  return record(
    session,
    target,
    repeat,
    { ...options, longerThan: 0 },
    async ({ remote, ending, found, callsOptions }) => {
      const { callable, fn } = found;
      if (callable === null) throw new CaptureError({ code: 'cannot apply', path: found.path });
      const hook = await remote.call(callable, 'function (options) { return this.wrap(options); }', {
        value: { ...callsOptions, stays: false },
      });
      const objectId = objectIdOf(hook);
      options.onProgress?.({ step: 'armed', fn, hook: found.hook });
      let over = false;
      void ending.reason.then(() => {
        over = true;
      });
      const results: AppliedResult[] = [];
      const running = (async () => {
        for (let begun = 0; begun < repeat && !over; begun++) {
          options.onProgress?.({ step: 'calls', begun: begun + 1, ended: begun, dropped: 0, trouble: null });
          results.push(await runOnce(remote, objectId, callable, args));
        }
        ending.end('complete');
      })();
      await Promise.race([ending.reason, running]);
      // A call that still runs goes on in the page; nobody waits for it.
      running.catch(() => undefined);
      const kept = results.map((result, call): KeptCall => [call, outcomeOf(result)]);
      return { fn, off: Promise.resolve({ kept, trouble: null }), results };
    },
  );
}

/** As the hook says it in its marks. */
function outcomeOf({ outcome, value }: AppliedResult): Outcome {
  return outcome === 'returned' && value.subtype === 'promise' ? 'returned a promise' : outcome;
}

async function runOnce(remote: Remote, hook: string, found: string, args: string): Promise<AppliedResult> {
  // Evaluated anew for each call: functions change their arguments.
  const list = await remote.evaluate(`[${args}\n]`, args);
  const ran = await remote.call(
    hook,
    'function (found, args) { return this.run(found.receiver, args, found.summary.kind === "class"); }',
    { objectId: found },
    { objectId: objectIdOf(list) },
  );
  const { result } = await remote.properties(objectIdOf(ran));
  const outcome = result.find(({ name }) => name === 'outcome')?.value?.value === 'threw' ? 'threw' : 'returned';
  const value = result.find(({ name }) => name === 'value')?.value ?? { type: 'undefined' };
  return { outcome, value };
}

function checkCalls(calls: number, longerThan = 0): void {
  if (!Number.isInteger(calls) || calls < 1 || calls > MOST_CALLS)
    throw new RangeError(`Expected a whole number of calls from 1 to ${MOST_CALLS}, got ${calls}`);
  if (!(longerThan >= 0 && longerThan <= MOST_MILLISECONDS))
    throw new RangeError(`Expected a time from 0 to ${MOST_MILLISECONDS} ms, got ${longerThan}`);
}
