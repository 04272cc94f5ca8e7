import type { CdpSession } from '../cdp/session.ts';
import type { CaptureKey } from '../formats/sampled.ts';
import type { Microseconds } from '../profile/model.ts';
import { profilerSampler } from './profiler-sampler.ts';
import type { SamplerName } from './record.ts';
import type { ReadCalls, TraceReader } from './trace-reader.ts';
import { TracingSampler } from './tracing-sampler.ts';

/**
 * Where samples come from. Used once: `start`, then `stop` or `abandon`. Whichever domain it drives, the result is the
 * same: calls clocked by the hook's marks, and samples in the same clock.
 */
export interface Sampler {
  readonly name: SamplerName;
  /** How the hook's marks must get into this sampler's stream. */
  readonly marks: 'trace' | 'profile';
  readonly askedInterval: Microseconds;
  /** Resolves when samples are being taken. Rejects with a CaptureError when somebody else keeps it from that. */
  start(onFull: () => void): Promise<void>;
  /** Ends sampling and fetches what came. `onBytes` tells how much has come so far. */
  stop(onBytes: (bytes: number) => void): Promise<Recording>;
  /** Ends sampling and drops what came, also while it is fetched. Never rejects. */
  abandon(): Promise<void>;
}

export interface Recording {
  /** Rejects with a CaptureError on data that makes no sense. */
  read(key: CaptureKey): Promise<ReadCalls>;
}

/**
 * Starts a sampler: over the Profiler domain where the browser grants it, which is to trusted clients, over the Tracing
 * domain otherwise, whose trace the reader reads.
 */
export async function startSampler(
  session: CdpSession,
  reader: TraceReader,
  captureId: string,
  onFull: () => void,
): Promise<Sampler> {
  const sampler = (await profilerSampler(session)) ?? new TracingSampler(session, reader, captureId);
  await sampler.start(onFull);
  return sampler;
}
