import type { Place } from '../src/sources/lines.ts';
import type { MapText } from '../src/sources/script.ts';
import type { MappedScript } from './map-reader.ts';

export interface LinesQuestion {
  readonly number: number;
  readonly map: MapText;
  /** Where the script begins in its document. */
  readonly begin: Place;
  readonly source: string;
  /** In the document. */
  readonly places: readonly Place[];
}

export interface LinesAnswer {
  readonly number: number;
  readonly lines: Int32Array | null;
}

let worker: Worker | null = null;
let number = 0;

/**
 * The lines of an original source that places of a script came of; 0 for one that came of another source, or of none. Null where
 * the script's map can't be read, which for megabytes of it takes some 100 ms.
 */
export function originalLines(
  { script, map }: MappedScript,
  source: string,
  places: readonly Place[],
): Promise<Int32Array | null> {
  worker ??= new Worker(new URL('./lines-worker.ts', import.meta.url), { type: 'module' });
  const own = worker;
  const question: LinesQuestion = { number: ++number, map, begin: script.begin, source, places };
  return new Promise((resolve) => {
    const settled = new AbortController();
    const settle = (lines: Int32Array | null) => {
      settled.abort();
      resolve(lines);
    };
    const { signal } = settled;
    own.addEventListener(
      'message',
      ({ data }: MessageEvent<LinesAnswer>) => {
        if (data.number === question.number) settle(data.lines);
      },
      { signal },
    );
    own.addEventListener(
      'error',
      () => {
        // It may be without memory: the next question gets another one.
        own.terminate();
        worker = null;
        settle(null);
      },
      { signal },
    );
    own.postMessage(question);
  });
}
