import { PerfettoReader, type TraceEvent } from '../../src/formats/perfetto.ts';
import { pageOf, type SampledPage } from '../../src/formats/recording.ts';
import type { CaptureKey, SampledCalls } from '../../src/formats/sampled.ts';
import { callsOf, traceLog } from '../../src/formats/trace.ts';
import type { Microseconds } from '../../src/profile/model.ts';

/** Whole traces, which come in parts as the browser hands them over. */

/** Bytes of a part. */
export const PART = 1 << 18;

export function readCalls(bytes: Uint8Array, key: CaptureKey, part = PART): SampledCalls {
  return callsOf(taken(traceLog(key.id), bytes, part), key);
}

export function readPage(bytes: Uint8Array, askedInterval: Microseconds, part = PART): SampledPage {
  return pageOf(taken(traceLog(null), bytes, part), askedInterval);
}

/** All events, or those of some names. */
export function readEvents(
  bytes: Uint8Array,
  takeEvent: (event: TraceEvent) => void,
  names: readonly string[] | null = null,
  part = PART,
): void {
  taken(new PerfettoReader({ takeEvent, textsGo: () => {} }, names), bytes, part);
}

function taken<Reader extends Pick<PerfettoReader, 'take' | 'finish'>>(
  reader: Reader,
  bytes: Uint8Array,
  part: number,
): Reader {
  for (let start = 0; start < bytes.length; start += part) reader.take(bytes.subarray(start, start + part));
  reader.finish();
  return reader;
}
