import type { CdpSession } from '../cdp/session.ts';
import type { Microseconds } from '../profile/model.ts';
import { Ending } from './ending.ts';
import { CaptureError } from './errors.ts';
import { Remote } from './remote.ts';
import { settle } from './settle.ts';
import { type ReadPage, TraceHere, type TraceReader } from './trace-reader.ts';
import { TracingSampler } from './tracing-sampler.ts';
import { within } from './within.ts';

const DEFAULT_SECONDS = 30;
const TIDY_MILLISECONDS = 500;
/** A page in a long task answers too late to be asked where it is. */
const ANSWER_MILLISECONDS = 1000;

/** Why a recording ended; what was recorded is there in any case. */
export type RecordingEnd = 'stopped' | 'time up' | 'buffer full' | 'crashed';

/** One press of Record: what a page did meanwhile. Survives structured clone. */
export type PageRecording = ReadPage & {
  readonly page: { readonly url: string; readonly title: string };
  /** When it began, ms since 1970. */
  readonly startedAt: number;
  /** ms that it took. */
  readonly duration: number;
  readonly browser: string;
  readonly sampler: 'Tracing';
  readonly askedInterval: Microseconds;
  readonly end: RecordingEnd;
  /** The page loaded another document meanwhile; in another process, that one was not seen. */
  readonly hasNavigated: boolean;
};

export type RecordingProgress =
  | { readonly step: 'attaching' }
  | { readonly step: 'recording' }
  | { readonly step: 'reading'; readonly bytes: number };

export interface RecordingOptions {
  /** Aborting ends the recording with what is there. */
  readonly signal?: AbortSignal;
  /** It ends by itself after so many; with null only when it is stopped. Default 30. */
  readonly seconds?: number | null;
  /** As for captures. */
  readonly giveUp?: AbortSignal;
  readonly reader?: TraceReader;
  readonly onProgress?: (progress: RecordingProgress) => void;
  /** As for captures. */
  readonly freshlyAttached?: boolean;
}

/**
 * Records what the page does until it is stopped: nothing is hooked, nothing in the page touched. Goes on when the page
 * loads another document. Throws a {@link CaptureError} when nothing can be recorded.
 */
export async function recordPage(session: CdpSession, options: RecordingOptions = {}): Promise<PageRecording> {
  const { signal, seconds = DEFAULT_SECONDS, giveUp, onProgress, freshlyAttached = false } = options;
  const reader = options.reader ?? new TraceHere();
  onProgress?.({ step: 'attaching' });
  const remote = new Remote(session);
  // It ends with a document only if it hears of that: Page.enable stays out of this.
  const ending = new Ending(session, signal);
  const sampler = new TracingSampler(session, reader, null);
  let starting: Promise<void> | undefined;
  try {
    const [page] = await ending.unlessCrashed(
      Promise.all([pageFacts(remote), settle(session, freshlyAttached), session.send('Inspector.enable')]),
    );
    // Only now, or the page's answer to the browser's bar would be in it.
    const startedAt = Date.now();
    starting = sampler.start(() => ending.end('buffer full'));
    await ending.unlessCrashed(starting);
    onProgress?.({ step: 'recording' });
    if (seconds !== null) {
      const timer = setTimeout(() => ending.end('timeout'), seconds * 1000);
      ending.whenOver(() => clearTimeout(timer));
    }
    const end = endOf(await ending.reason);
    const duration = Date.now() - startedAt;
    onProgress?.({ step: 'reading', bytes: 0 });
    const fetched = sampler.stopUnread((bytes) => onProgress?.({ step: 'reading', bytes }));
    await ending.unlessGivenUp(fetched, giveUp);
    const sampled = await ending.unlessGivenUp(reader.page(sampler.askedInterval), giveUp);
    return {
      page: { url: page.url, title: page.title },
      startedAt,
      duration,
      browser: page.browser,
      sampler: sampler.name,
      askedInterval: sampler.askedInterval,
      end,
      hasNavigated: end !== 'crashed' && (await isElsewhere(remote, page)),
      ...sampled,
    };
  } catch (error) {
    const abandoned = starting?.then(() => sampler.abandon()).catch(() => undefined);
    if (abandoned) await within(TIDY_MILLISECONDS, abandoned);
    throw ending.explain(error);
  } finally {
    ending.close();
    // With the session it goes anyway.
    await within(TIDY_MILLISECONDS, Promise.allSettled([session.send('Inspector.disable')]));
  }
}

interface PageFacts {
  readonly url: string;
  readonly title: string;
  readonly browser: string;
  /** When the document began, which tells one from the next. */
  readonly since: number;
}

function pageFacts(remote: Remote): Promise<PageFacts> {
  // Browsers made of Chromium say so first, and their own name after it.
  const browser = 'navigator.userAgent.match(/(\\w*Chrome|Edg|OPR)\\/[\\d.]+/g)?.at(-1) ?? ""';
  const since = 'performance.timeOrigin';
  return remote.value(`({ url: location.href, title: document.title, browser: ${browser}, since: ${since} })`);
}

async function isElsewhere(remote: Remote, before: PageFacts): Promise<boolean> {
  let since: number | null = before.since;
  const asked = pageFacts(remote).then(
    (now) => {
      since = now.since;
    },
    () => {
      since = null;
    },
  );
  await within(ANSWER_MILLISECONDS, asked);
  return since !== before.since;
}

function endOf(reason: Awaited<Ending['reason']>): RecordingEnd {
  switch (reason) {
    case 'cancelled':
      return 'stopped';
    case 'timeout':
      return 'time up';
    case 'buffer full':
    case 'crashed':
      return reason;
    default:
      throw new CaptureError({ code: 'detached' });
  }
}
