import { headLines } from '../src/flamegraph/facts.ts';
import { openableWords } from './openable.ts';
import type { OpenedGraph } from './readers.ts';
import type { ReadingAnswer } from './reading-worker.ts';
import type { OpenedProfile, PanelEvent } from './state.ts';
import { keepSurvey } from './surveys.ts';

export { acceptedFiles } from './openable.ts';

/** Started, and without a file yet. */
let waiting: Worker | null = null;

/** To be called while a file is being chosen: what will read it takes a moment to start. */
export function expectFile(): void {
  waiting ??= new Worker(new URL('./reading-worker.ts', import.meta.url), { type: 'module' });
}

/** Reads the profile in a file, and gives what came of it. Once `signal` is aborted, nothing does any more. */
export function openFile(file: File, signal: AbortSignal, onProgress: (share: number) => void): Promise<PanelEvent> {
  const { name } = file;
  expectFile();
  const worker = waiting!;
  waiting = null;
  signal.addEventListener('abort', () => worker.terminate());
  return new Promise((resolve) => {
    const finish = (event: PanelEvent) => {
      // To end it takes both processors a while, which what came of it needs first.
      requestIdleCallback(() => worker.terminate());
      if (!signal.aborted) resolve(event);
    };
    const refuse = (problem: string) =>
      finish({ type: 'file refused', refusal: { code: 'unreadable file', name, problem, expected: openableWords } });
    worker.addEventListener('message', ({ data: answer }: MessageEvent<ReadingAnswer>) => {
      switch (answer.kind) {
        case 'progress':
          onProgress(answer.share);
          break;
        case 'read':
          keepSurvey(answer.graph.tree, answer.survey);
          finish({ type: 'opened', opened: openedProfile(name, answer.graph) });
          break;
        case 'refused':
          refuse(answer.problem);
          break;
        default:
          answer satisfies never;
      }
    });
    // It may be without memory.
    worker.addEventListener('error', ({ message }) => refuse(message || 'reading it came to an end'));
    worker.postMessage(file);
  });
}

function openedProfile(name: string, graph: OpenedGraph): OpenedProfile {
  const lines = headLines(graph.tree, graph.facts, graph.caption);
  // A file that is all that is known of its graph is named once.
  return { name, graph, about: lines.slice(graph.facts.target === name ? 1 : 0).join(' · ') };
}
