import type { CdpSession } from '../cdp/session.ts';
import { Ending } from './ending.ts';
import { CaptureError } from './errors.ts';
import { type FoundFunction, findReloadable, findTarget } from './find.ts';
import type { CallsOptions, HookState } from './page/calls.ts';
import { hookUrlOf } from './page-code.ts';
import type { AppliedResult, Capture, CaptureOptions, EndReason, TargetFunction } from './record.ts';
import { Remote } from './remote.ts';
import { type Sampler, startSampler } from './sampler.ts';
import { settle } from './settle.ts';
import type { Target } from './target.ts';
import { TraceHere } from './trace-reader.ts';
import { within } from './within.ts';

const LEASE_MILLISECONDS = 30_000;
const BUSY_AFTER_MILLISECONDS = 1000;
const TIDY_MILLISECONDS = 500;

/** What stands ready when sampling has begun and the target is found. */
export interface Ready {
  readonly remote: Remote;
  readonly ending: Ending;
  readonly found: FoundFunction;
  readonly callsOptions: CallsOptions;
}

/** What the hook knew when it came off. */
export type HookEnd = Pick<HookState, 'kept' | 'trouble'>;
const unknownEnd = { kept: null, trouble: null };

export interface Done {
  /** What was called. */
  readonly fn: TargetFunction;
  /** Resolves when nothing of ours stands in the page any more. */
  readonly off: Promise<HookEnd>;
  readonly results?: readonly AppliedResult[];
}

/** What capture and apply have in common: `act` runs while samples are taken. Leaves nothing behind, however it ends. */
export async function record(
  session: CdpSession,
  target: Target,
  askedCalls: number,
  options: CaptureOptions,
  act: (ready: Ready) => Promise<Done>,
): Promise<Capture> {
  const startedAt = Date.now();
  options.onProgress?.({ step: 'attaching' });
  const id = Math.floor(Math.random() * 2 ** 32).toString(16);
  const hookUrl = hookUrlOf(id);
  const remote = new Remote(session);
  const ending = new Ending(session, options.signal);
  let leave = () => Promise.resolve();
  let tidied: Promise<unknown> | undefined;
  const tidy = () => {
    tidied ??= Promise.allSettled([
      leave(),
      remote.release(),
      session.send('Page.disable'),
      session.send('Inspector.disable'),
    ]);
    return tidied;
  };
  const sampling = startSampler(session, options.reader ?? new TraceHere(), id, () => ending.end('buffer full'));
  try {
    const saysBusy = setTimeout(() => options.onProgress?.({ step: 'busy' }), BUSY_AFTER_MILLISECONDS);
    ending.whenOver(() => clearTimeout(saysBusy));
    const [sampler, found, page] = await ending.unlessCrashed(
      Promise.all([
        sampling,
        options.reload
          ? findReloadable(session, remote, target, hookUrl)
          : findTarget(session, remote, target, hookUrl),
        pageFacts(remote),
        settle(session, options.freshlyAttached ?? false),
        session.send('Inspector.enable'),
        session.send('Page.enable'),
      ]),
    );
    clearTimeout(saysBusy);
    leave = found.leave;
    const callsOptions = callsOptionsFor(id, sampler, found, askedCalls, options);
    const done = await act({ remote, ending, found, callsOptions });
    // Without the page or the debugger nobody asks for it, and it fails.
    done.off.catch(() => undefined);
    const end = await ending.reason;
    if (end === 'detached') throw new CaptureError({ code: 'detached' });
    options.onProgress?.({ step: 'reading', bytes: 0 });
    const fetched = Promise.all([
      sampler.stop((bytes) => options.onProgress?.({ step: 'reading', bytes })),
      hookEnd(done, end, options),
    ]);
    const [recording, { kept, trouble }] = await ending.unlessGivenUp(fetched, options.giveUp);
    // The page has nothing more to say, and is left while the samples are read.
    void tidy();
    const outcomes = kept && new Map(kept);
    const key = { id, hookUrl, hook: found.hook, target: done.fn, askedInterval: sampler.askedInterval, outcomes };
    const read = await ending.unlessGivenUp(recording.read(key), options.giveUp);
    return {
      target,
      fn: done.fn,
      hook: found.hook,
      page: { url: page.url, title: page.title },
      browser: page.browser,
      startedAt,
      sampler: sampler.name,
      askedInterval: sampler.askedInterval,
      askedCalls,
      end,
      trouble,
      longerThan: options.longerThan ?? 0,
      ...read,
      ...(done.results && { results: done.results }),
    };
  } catch (error) {
    const abandoned = sampling.then((sampler) => sampler.abandon()).catch(() => undefined);
    // A page in a long task keeps even the sampler from starting; then it is abandoned as soon as it has.
    const hasStarted = await within(
      TIDY_MILLISECONDS,
      sampling.catch(() => undefined),
    );
    if (hasStarted) await abandoned;
    throw ending.explain(error);
  } finally {
    ending.close();
    // A page in a long task answers too late, one that is gone never; with the session all of it goes anyway.
    await within(TIDY_MILLISECONDS, tidy());
  }
}

interface PageFacts {
  readonly url: string;
  readonly title: string;
  readonly browser: string;
}

function pageFacts(remote: Remote): Promise<PageFacts> {
  // Browsers made of Chromium say so first, and their own name after it.
  const browser = 'navigator.userAgent.match(/(\\w*Chrome|Edg|OPR)\\/[\\d.]+/g)?.at(-1) ?? ""';
  return remote.value(`({ url: location.href, title: document.title, browser: ${browser} })`);
}

function callsOptionsFor(
  id: string,
  sampler: Sampler,
  { traceMarks }: FoundFunction,
  calls: number,
  { longerThan = 0 }: CaptureOptions,
): CallsOptions {
  if (sampler.marks === 'trace' && !traceMarks)
    throw new CaptureError({ code: 'natives replaced', names: ['clearTimeout', 'timeStamp'] });
  const marks = sampler.marks === 'trace' ? traceMarks! : sampler.marks;
  return { id, calls, marks, lease: LEASE_MILLISECONDS, longerThan };
}

/** Waits until the hook is off. With the document or its process the hook is gone, and so is what it knew. */
async function hookEnd(done: Done, end: EndReason, options: CaptureOptions): Promise<HookEnd | typeof unknownEnd> {
  if (end === 'navigated' || end === 'crashed') return unknownEnd;
  const busy = setTimeout(() => options.onProgress?.({ step: 'busy' }), BUSY_AFTER_MILLISECONDS);
  try {
    return await done.off;
  } catch {
    // The document went right after the last call.
    return unknownEnd;
  } finally {
    clearTimeout(busy);
  }
}
