/** Reads traces, and folds what is in them, off the panel's main thread: seconds for one that is full. */
import { CaptureError } from '../src/capture/errors.ts';
import { sumsOf } from '../src/capture/recorded.ts';
import { TraceHere } from '../src/capture/trace-reader.ts';
import { callTree } from '../src/capture/trees.ts';
import { callCount } from '../src/profile/model.ts';
import { survey } from './surveys.ts';
import type { TraceAnswer, TraceQuestion } from './trace-client.ts';
import { buffersIn } from './worker-line.ts';

const trace = new TraceHere();

addEventListener('message', async ({ data }: MessageEvent<TraceQuestion>) => {
  if (data.ask === 'begin') trace.begin(data.captureId);
  else if (data.ask === 'take') trace.take(data.part);
  else {
    const answer = await answerTo(data);
    postMessage(answer, { transfer: [...buffersIn(answer)] });
  }
});

async function answerTo(question: Exclude<TraceQuestion, { ask: 'begin' | 'take' }>): Promise<TraceAnswer> {
  try {
    if (question.ask === 'page') {
      const page = await trace.page(question.askedInterval);
      return { page: { ...page, sums: sumsOf(page.profile, page.entries) } };
    }
    const read = await trace.calls(question.key);
    if (callCount(read.calls) === 0) return { calls: read, survey: null };
    const tree = callTree(read, 'all');
    return { calls: { ...read, tree }, survey: survey(tree) };
  } catch (error) {
    if (error instanceof CaptureError) return { failure: error.failure };
    throw error;
  }
}
