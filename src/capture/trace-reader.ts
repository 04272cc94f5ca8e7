import { readRecording, type SampledPage } from '../formats/recording.ts';
import type { CaptureKey, SampledCalls } from '../formats/sampled.ts';
import { readTrace } from '../formats/trace.ts';
import { Column } from '../profile/column.ts';
import type { CallTree, Microseconds } from '../profile/model.ts';
import { CaptureError } from './errors.ts';
import type { Sums } from './recorded.ts';

/** What was read of a capture; with the tree of all its calls, where the reader has folded them too. */
export type ReadCalls = SampledCalls & { readonly tree?: CallTree };

/** What was read of a recording; with what it adds up to, where the reader has done that too. */
export type ReadPage = SampledPage & { readonly sums?: Sums };

/**
 * Reads one trace, a stream that comes in parts, all of which are taken before it is asked what they say. Rejects
 * with a {@link CaptureError} where they make no sense.
 */
export interface TraceReader {
  /** @param part in base64 */
  take(part: string): void;
  calls(key: CaptureKey): Promise<ReadCalls>;
  page(askedInterval: Microseconds): Promise<ReadPage>;
}

/** Reads a trace right here. */
export class TraceHere implements TraceReader {
  readonly #bytes = Column.bytes();
  #taken: Promise<void> = Promise.resolve();

  take(part: string): void {
    this.#taken = this.#taken.then(async () => this.#bytes.append(await decodeBase64(part)));
    // Who asks what they say hears of it.
    this.#taken.catch(() => undefined);
  }

  async calls(key: CaptureKey): Promise<SampledCalls> {
    const bytes = await this.#all();
    return reading(() => readTrace(bytes, key));
  }

  async page(askedInterval: Microseconds): Promise<SampledPage> {
    const bytes = await this.#all();
    return reading(() => readRecording(bytes, askedInterval));
  }

  async #all(): Promise<Uint8Array> {
    try {
      await this.#taken;
    } catch (cause) {
      throw new CaptureError({ code: 'bad trace', message: 'a part of the stream is no base64' }, { cause });
    }
    return this.#bytes.view;
  }
}

/** Of later browsers than the oldest ones that Flambe runs in. */
const { fromBase64 } = Uint8Array as { readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };

async function decodeBase64(text: string): Promise<Uint8Array<ArrayBuffer>> {
  if (fromBase64) return fromBase64.call(Uint8Array, text);
  const response = await fetch(`data:application/octet-stream;base64,${text}`);
  return new Uint8Array(await response.arrayBuffer());
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
