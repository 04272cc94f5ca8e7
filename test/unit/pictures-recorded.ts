import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { CaptureKey } from '../../src/formats/sampled.ts';
import type { Outcome } from '../../src/profile/model.ts';

/** What the recorded page wrote down of a call; milliseconds of its own clock. */
export interface BookedCall {
  readonly job: string;
  readonly outcome: Outcome;
  /** Clocked within the function: the call lasted at least so long. */
  readonly inside: number;
  /** Clocked by the caller, marks and all: it lasted at most so long. */
  readonly outside: number;
}

export interface Recording {
  readonly bytes: Uint8Array;
  readonly key: CaptureKey;
  readonly calls: readonly BookedCall[];
  /** Layouts that the job `thrash` forced, and levels that the job `deep` went down. */
  readonly layouts: number;
  readonly levels: number;
}

/** A trace of test/fixtures, as the browser wrote it, with what the page knew. */
export function recording(name: 'calls' | 'threads' | 'cut-off'): Recording {
  const folder = path.join(import.meta.dirname, '../fixtures');
  const facts = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
  return { ...facts, bytes: new Uint8Array(gunzipSync(readFileSync(path.join(folder, `${name}.trace.gz`)))) };
}
