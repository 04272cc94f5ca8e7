import { CaptureError, type CaptureFailure } from '../src/capture/errors.ts';
import type { ReadCalls, ReadPage, TraceReader } from '../src/capture/trace-reader.ts';
import type { CaptureKey } from '../src/formats/sampled.ts';
import type { Microseconds } from '../src/profile/model.ts';
import { keepSurvey, type Survey } from './surveys.ts';

export type TraceQuestion =
  | { readonly ask: 'begin'; readonly captureId: string | null }
  | { readonly ask: 'take'; readonly part: string }
  | { readonly ask: 'calls'; readonly key: CaptureKey }
  | { readonly ask: 'page'; readonly askedInterval: Microseconds };

/** To the last two questions. */
export type TraceAnswer =
  | { readonly calls: ReadCalls; readonly survey: Survey | null }
  | { readonly page: ReadPage }
  | { readonly failure: CaptureFailure };

/** Has traces read in a worker, one at a time. */
export class TraceClient implements TraceReader {
  #worker: Worker | null = null;
  /** Whether it has parts of a trace that nobody has asked about. */
  #holdsParts = false;

  /** To be called in good time before a trace begins. */
  start(): void {
    if (this.#holdsParts) this.drop();
    this.#worker ??= new Worker(new URL('./trace-worker.ts', import.meta.url), { type: 'module' });
  }

  /** Drops what it was told so far, and whatever it is at. */
  drop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#holdsParts = false;
  }

  begin(captureId: string | null): void {
    this.#worker?.postMessage({ ask: 'begin', captureId } satisfies TraceQuestion);
  }

  take(part: string): void {
    this.#holdsParts = true;
    this.#worker?.postMessage({ ask: 'take', part } satisfies TraceQuestion);
  }

  async calls(key: CaptureKey): Promise<ReadCalls> {
    const answer = await this.#answer({ ask: 'calls', key });
    if ('calls' in answer) {
      const { calls, survey } = answer;
      if (calls.tree && survey) keepSurvey(calls.tree, survey);
      return calls;
    }
    throw refused(answer);
  }

  async page(askedInterval: Microseconds): Promise<ReadPage> {
    const answer = await this.#answer({ ask: 'page', askedInterval });
    if ('page' in answer) return answer.page;
    throw refused(answer);
  }

  #answer(question: TraceQuestion): Promise<TraceAnswer> {
    const worker = this.#worker;
    if (!worker) return Promise.reject(new Error('nothing was taken to be read'));
    this.#holdsParts = false;
    worker.postMessage(question);
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<TraceAnswer>) => resolve(data);
      worker.onerror = ({ message }) => {
        // It may be without memory: the next trace gets another one.
        this.drop();
        reject(new Error(message));
      };
    });
  }
}

function refused(answer: TraceAnswer): Error {
  return 'failure' in answer ? new CaptureError(answer.failure) : new Error('the worker was asked for something else');
}
