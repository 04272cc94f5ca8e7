import type { CdpSession } from '../cdp/session.ts';
import { dispatchesOf } from '../profile/dispatches.ts';
import { eventFunction } from './event.ts';
import { EventCounter } from './event-counter.ts';
import type { CaptureOptions, EndReason, Progress } from './record.ts';
import { recordPage } from './record-page.ts';
import type { SeenCalls } from './recorded.ts';
import { pause } from './within.ts';

const DEFAULT_TIMEOUT_SECONDS = 15;
const LOOK_EVERY_MILLISECONDS = 100;
const BUSY_AFTER_MILLISECONDS = 1000;

type EventOptions = Pick<CaptureOptions, 'timeout' | 'signal' | 'giveUp' | 'reader' | 'onProgress' | 'freshlyAttached'>;

/**
 * Captures the next events of a type that the browser dispatches anywhere in the page, such as `click`: each is a call,
 * whose time is that of the dispatch by the browser's own clock, with all that the event's listeners do in it. Takes any
 * type that the browser counts (`performance.eventCounts`), which are those of input. Nothing is hooked, nothing listens.
 * Resolves and throws as `capture` does.
 */
export async function captureEvents(
  session: CdpSession,
  type: string,
  calls: number,
  options: EventOptions = {},
): Promise<SeenCalls> {
  const { timeout = DEFAULT_TIMEOUT_SECONDS, signal, onProgress, freshlyAttached = false, giveUp, reader } = options;
  const stop = new AbortController();
  const stopWhenAborted = () => stop.abort();
  if (signal?.aborted) stop.abort();
  signal?.addEventListener('abort', stopWhenAborted, { once: true });
  const watch = {
    session,
    type,
    calls,
    timeout,
    stopped: stop.signal,
    tell: (progress: Progress) => onProgress?.(progress),
  };
  let end: EndReason = 'cancelled';
  try {
    const recording = await recordPage(session, {
      signal: stop.signal,
      seconds: null,
      ...(giveUp && { giveUp }),
      ...(reader && { reader }),
      freshlyAttached,
      onProgress(progress) {
        if (progress.step !== 'recording') onProgress?.(progress);
        else
          void untilSeen(watch).then((reason) => {
            end = reason;
            stop.abort();
          });
      },
    });
    const { page, startedAt, browser, sampler, askedInterval, lostSamples, profile, dispatches } = recording;
    const isCutShort = recording.end === 'buffer full' || recording.end === 'crashed';
    return {
      target: { kind: 'expression', text: type },
      fn: eventFunction(type),
      hook: null,
      page,
      startedAt,
      browser,
      sampler,
      askedInterval,
      askedCalls: calls,
      end: isCutShort ? recording.end : end,
      trouble: null,
      longerThan: 0,
      lostSamples,
      ...dispatchesOf(profile, dispatches, type, calls),
    };
  } finally {
    stop.abort();
    signal?.removeEventListener('abort', stopWhenAborted);
  }
}

interface Watch {
  readonly session: CdpSession;
  readonly type: string;
  readonly calls: number;
  /** Seconds without such an event; 0 for ever. */
  readonly timeout: number;
  readonly stopped: AbortSignal;
  readonly tell: (progress: Progress) => void;
}

/** Looks every now and then. While the page runs a listener it does not answer, so that no event is seen half done. */
async function untilSeen({ session, type, calls, timeout, stopped, tell }: Watch): Promise<EndReason> {
  const counter = new EventCounter(session, type);
  let seen = -1;
  let since = Date.now();
  while (!stopped.aborted) {
    let wasBusy = false;
    const busy = setTimeout(() => {
      wasBusy = true;
      if (!stopped.aborted) tell({ step: 'busy' });
    }, BUSY_AFTER_MILLISECONDS);
    // What keeps it from looking ends the recording as well, or passes.
    const looked = await counter.look().catch(() => null);
    clearTimeout(busy);
    if (stopped.aborted) break;
    if (looked && (looked.count > seen || wasBusy)) {
      if (seen < 0) tell({ step: 'armed', fn: eventFunction(type), hook: null });
      else tell({ step: 'calls', begun: looked.count, ended: looked.count, dropped: 0, trouble: null });
      seen = looked.count;
      since = Date.now();
    }
    if (seen >= calls) return 'complete';
    if (looked?.hasNavigated) return 'navigated';
    if (timeout > 0 && Date.now() - since > timeout * 1000) return 'timeout';
    await pause(LOOK_EVERY_MILLISECONDS);
  }
  return 'cancelled';
}
