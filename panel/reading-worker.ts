/** Reads one file, off the panel's main thread. */
import { bytesOf } from './file-bytes.ts';
import { type OpenedGraph, readOpenable } from './readers.ts';
import { rehearse } from './rehearsal.ts';
import { type Survey, survey } from './surveys.ts';
import { buffersIn } from './worker-line.ts';

export type ReadingAnswer =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'read'; readonly graph: OpenedGraph; readonly survey: Survey }
  /** What is wrong with the file, in words. */
  | { readonly kind: 'refused'; readonly problem: string };

let hasFile = false;
void rehearse(() => hasFile);

addEventListener('message', async ({ data: file }: MessageEvent<File>) => {
  hasFile = true;
  try {
    const bytes = await bytesOf(file, (share) => tell(share / 2));
    tell(1 / 2);
    const graph = readOpenable({ name: file.name, bytes }, (at) => tell((1 + at / bytes.length) / 2));
    const made = { graph, survey: survey(graph.tree) };
    answer({ kind: 'read', ...made }, [...buffersIn(made)]);
  } catch (error) {
    answer({ kind: 'refused', problem: (error as Error).message });
  }
});

let told = 0;

/** Each hundredth is worth a word. */
function tell(share: number): void {
  if (share < told + 0.01) return;
  told = share;
  answer({ kind: 'progress', share });
}

function answer(words: ReadingAnswer, transfer: ArrayBuffer[] = []): void {
  postMessage(words, { transfer });
}
