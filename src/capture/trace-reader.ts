import { pageOf, type SampledPage } from '../formats/recording.ts';
import type { CaptureKey, SampledCalls } from '../formats/sampled.ts';
import { callsOf, traceLog } from '../formats/trace.ts';
import type { TraceLog } from '../formats/trace-log.ts';
import type { CallTree, Microseconds } from '../profile/model.ts';
import { CaptureError } from './errors.ts';
import type { Sums } from './recorded.ts';

/** What was read of a capture; with the tree of all its calls, where the reader has folded them too. */
export type ReadCalls = SampledCalls & { readonly tree?: CallTree };

/** What was read of a recording; with what it adds up to, where the reader has done that too. */
export type ReadPage = SampledPage & { readonly sums?: Sums };

/**
 * Reads one trace at a time, a stream that comes in parts, all of which are taken before it is asked what they say.
 * Rejects with a {@link CaptureError} where they make no sense.
 */
export interface TraceReader {
  /** A trace begins; whatever was taken before is dropped. @param captureId null for a recording */
  begin(captureId: string | null): void;
  /** @param part in base64 */
  take(part: string): void;
  calls(key: CaptureKey): Promise<ReadCalls>;
  page(askedInterval: Microseconds): Promise<ReadPage>;
}

/** Reads a trace right here, each part as it comes. */
export class TraceHere implements TraceReader {
  #log: TraceLog | null = null;
  #taken: Promise<void> = Promise.resolve();

  begin(captureId: string | null): void {
    this.#log = traceLog(captureId);
    this.#taken = Promise.resolve();
  }

  take(part: string): void {
    const log = this.#begun;
    this.#taken = this.#taken.then(async () => {
      const bytes = await decoded(part);
      reading(() => log.take(bytes));
    });
    // Who asks what they say hears of it.
    this.#taken.catch(() => undefined);
  }

  calls(key: CaptureKey): Promise<SampledCalls> {
    return this.#read((log) => callsOf(log, key));
  }

  page(askedInterval: Microseconds): Promise<SampledPage> {
    return this.#read((log) => pageOf(log, askedInterval));
  }

  async #read<T>(read: (log: TraceLog) => T): Promise<T> {
    const log = this.#begun;
    this.#log = null;
    await this.#taken;
    return reading(() => {
      log.finish();
      return read(log);
    });
  }

  get #begun(): TraceLog {
    if (!this.#log) throw new Error('no trace has begun');
    return this.#log;
  }
}

/** Of later browsers than the oldest ones that Flambe runs in. */
const { fromBase64 } = Uint8Array as { readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };

/** Rejects with a {@link CaptureError} on what is no base64. */
async function decoded(text: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if (fromBase64) return fromBase64.call(Uint8Array, text);
    const response = await fetch(`data:application/octet-stream;base64,${text}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new CaptureError({ code: 'bad trace', message: 'a part of the stream is no base64' }, { cause });
  }
}

/** What is wrong with the data becomes a {@link CaptureError}. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RangeError) throw new CaptureError({ code: 'bad trace', message: cause.message }, { cause });
    throw cause;
  }
}
