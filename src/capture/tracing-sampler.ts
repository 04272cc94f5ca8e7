import { CdpError, type CdpSession } from '../cdp/session.ts';
import { CaptureError } from './errors.ts';
import { ownWorld } from './own-world.ts';
import type { Recording, Sampler } from './sampler.ts';
import type { TraceReader } from './trace-reader.ts';
import { pause, within } from './within.ts';

const categories = [
  'disabled-by-default-v8.cpu_profiler',
  'disabled-by-default-v8.cpu_profiler.hires',
  // Our marks, and what the browser did inside the calls.
  'devtools.timeline',
];
/** V8's chunks name each node once, so nothing may be overwritten: the buffer fills up and says so. */
const BUFFER_KILOBYTES = 512 * 1024;
const REPORT_USAGE_EVERY_MS = 500;
const FULL = 0.98;
/** Bytes that are fetched at a time: what comes takes the panel's main thread a few ms, and larger ones come slower in all. */
const READ_SIZE = 256 * 1024;
/** Bytes between two words of how many have come. */
const REPORT_EVERY = 4 * 1024 * 1024;

/**
 * V8 writes samples into the trace a hundred at a time, and the last ones not at all when it ends: up to 18 ms of the last call.
 * So that many more are taken first, which `console.timeStamp` does at once, in a world that the page does not see.
 */
const forceSamples = 'for (let sample = 0; sample < 120; sample++) console.timeStamp()';
/** A page in a long task does not get to it, one that is gone never. */
const FORCING_MILLISECONDS = 100;
/** The same for who is in no hurry and must not have samples of ours among the page's: what V8 takes of itself meanwhile. */
const WAITING_MILLISECONDS = 50;

/** Samples through a trace, which every extension may record. */
export class TracingSampler implements Sampler {
  readonly name = 'Tracing';
  readonly marks = 'trace';
  /** What V8 takes in a trace with `hires`. */
  readonly askedInterval = 100;
  readonly #session: CdpSession;
  readonly #reader: TraceReader;
  readonly #captureId: string | null;
  #stopListening: (() => void) | undefined;
  /** A second `Tracing.end` while the first is on its way kills the browser (seen in Chromium 156). */
  #ended: Promise<string> | undefined;
  #stopped: Promise<void> | undefined;
  #isAbandoned = false;

  /** @param captureId null for a recording */
  constructor(session: CdpSession, reader: TraceReader, captureId: string | null) {
    this.#session = session;
    this.#reader = reader;
    this.#captureId = captureId;
  }

  async start(onFull: () => void): Promise<void> {
    this.#reader.begin(this.#captureId);
    try {
      await this.#session.send('Tracing.start', {
        transferMode: 'ReturnAsStream',
        streamFormat: 'proto',
        bufferUsageReportingInterval: REPORT_USAGE_EVERY_MS,
        traceConfig: {
          recordMode: 'recordUntilFull',
          traceBufferSizeInKb: BUFFER_KILOBYTES,
          includedCategories: categories,
          excludedCategories: ['*'],
        },
      });
    } catch (error) {
      if (error instanceof CdpError && /already been started|already started/i.test(error.message))
        throw new CaptureError({ code: 'tracing busy' }, { cause: error });
      throw error;
    }
    this.#stopListening = this.#session.on('Tracing.bufferUsage', ({ percentFull, value }) => {
      if ((percentFull ?? value ?? 0) >= FULL) onFull();
    });
  }

  async stop(onBytes: (bytes: number) => void): Promise<Recording> {
    const forced = within(FORCING_MILLISECONDS, this.#forceSamples());
    await this.#stop(forced, onBytes);
    return { read: (key) => this.#reader.calls(key) };
  }

  /** The same for whoever asks the reader in another way. */
  stopUnread(onBytes: (bytes: number) => void): Promise<void> {
    return this.#stop(pause(WAITING_MILLISECONDS), onBytes);
  }

  #stop(ready: Promise<unknown>, onBytes: (bytes: number) => void): Promise<void> {
    this.#stopped = ready.then(() => this.#fetch(onBytes));
    return this.#stopped;
  }

  /** Never rejects: without a page there is nothing to be sampled. */
  async #forceSamples(): Promise<void> {
    try {
      const { frameTree } = await this.#session.send('Page.getFrameTree');
      const { remote } = await ownWorld(this.#session, frameTree.frame.id);
      await remote.value(forceSamples);
    } catch (error) {
      console.debug('The last samples may be missing:', error);
    }
  }

  async #fetch(onBytes: (bytes: number) => void): Promise<void> {
    const stream = await this.#end();
    let bytes = 0;
    let told = 0;
    const read = () => {
      const part = this.#session.send('IO.read', { handle: stream, size: READ_SIZE });
      part.catch(() => undefined);
      return part;
    };
    // The browser gets one ready while the one before it is taken.
    let next = read();
    for (let eof = false; !eof && !this.#isAbandoned; ) {
      const asked = next;
      next = read();
      const part = await asked;
      // What is not text always comes in base64.
      if (part.data !== '' && !this.#isAbandoned) this.#reader.take(part.data);
      bytes += Math.floor((part.data.length * 3) / 4);
      if (bytes >= told + REPORT_EVERY) {
        told = bytes;
        onBytes(bytes);
      }
      eof = part.eof;
    }
    // Nobody has to wait for it.
    this.#session.send('IO.close', { handle: stream }).catch(() => undefined);
  }

  async abandon(): Promise<void> {
    this.#isAbandoned = true;
    const abandoned = this.#stopped ?? this.#end().then((handle) => this.#session.send('IO.close', { handle }));
    await abandoned.catch(() => undefined);
  }

  #end(): Promise<string> {
    this.#ended ??= this.#endOnce();
    return this.#ended;
  }

  async #endOnce(): Promise<string> {
    this.#stopListening?.();
    const stopListening: (() => void)[] = [];
    const complete = new Promise<string>((resolve, reject) => {
      stopListening.push(
        this.#session.on('Tracing.tracingComplete', ({ stream }) => {
          if (stream === undefined)
            reject(new CaptureError({ code: 'bad trace', message: 'the browser gave no stream' }));
          else resolve(stream);
        }),
        this.#session.onDetach(() => reject(new CaptureError({ code: 'detached' }))),
      );
    });
    try {
      const [, stream] = await Promise.all([this.#session.send('Tracing.end'), complete]);
      return stream;
    } catch (error) {
      // Where even that is refused (a tab that shows a page of the browser's own), only detaching ends the trace.
      const isRefused = error instanceof CdpError && /Cannot access/.test(error.message);
      throw isRefused ? new CaptureError({ code: 'detached' }, { cause: error }) : error;
    } finally {
      for (const stop of stopListening) stop();
    }
  }
}
