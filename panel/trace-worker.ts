/** Reads traces, and folds what is in them, off the panel's main thread: seconds for one that is full. */
import { CaptureError } from '../src/capture/errors.ts';
import { TraceHere, type TraceReader } from '../src/capture/trace-reader.ts';
import { callTree } from '../src/capture/trees.ts';
import { callCount } from '../src/profile/model.ts';
import type { TraceAnswer, TraceQuestion } from './trace-client.ts';

let trace: TraceReader = new TraceHere();

addEventListener('message', async ({ data }: MessageEvent<TraceQuestion>) => {
  if (data.ask === 'take') {
    trace.take(data.part);
    return;
  }
  const taken = trace;
  trace = new TraceHere();
  const answer = await answerOf(taken, data);
  const buffers = new Set<ArrayBuffer>();
  collectBuffers(answer, buffers);
  postMessage(answer, { transfer: [...buffers] });
});

async function answerOf(taken: TraceReader, question: Exclude<TraceQuestion, { ask: 'take' }>): Promise<TraceAnswer> {
  try {
    if (question.ask === 'page') return { page: await taken.page(question.askedInterval) };
    const read = await taken.calls(question.key);
    return { calls: callCount(read.calls) === 0 ? read : { ...read, tree: callTree(read, 'all') } };
  } catch (error) {
    if (error instanceof CaptureError) return { failure: error.failure };
    throw error;
  }
}

/** Columns go without a copy. */
function collectBuffers(value: unknown, into: Set<ArrayBuffer>): void {
  if (ArrayBuffer.isView(value)) into.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null && !Array.isArray(value))
    for (const each of Object.values(value)) collectBuffers(each, into);
}
