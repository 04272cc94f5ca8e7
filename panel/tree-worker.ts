/** Makes views of trees, off the panel's main thread. */
import type { TreeAnswer, TreeQuestion } from './tree-client.ts';
import { type Subject, type ViewedTree, viewTree } from './tree-views.ts';

let subject: Subject | null = null;

addEventListener('message', ({ data }: MessageEvent<TreeQuestion>) => {
  if (data.subject) subject = data.subject;
  const { trees, applied } = viewTree(subject!, data.wish);
  const rows = subject!.tree.frames.name.length;
  const answer: TreeAnswer = {
    number: data.number,
    applied,
    trees: trees.map(({ tree: { frames, ...columns }, start }) => ({
      columns,
      start,
      groups: frames.name.slice(rows),
    })),
  };
  postMessage(answer, { transfer: trees.flatMap(buffersOf) });
});

/** Columns that stand in the subject's own tree go as copies. */
function buffersOf({ tree: { frames, ...columns }, start }: ViewedTree): ArrayBuffer[] {
  const own = new Set<ArrayBufferLike>(
    Object.values(subject!.tree).flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer] : [])),
  );
  const buffers = [...Object.values(columns), ...(start ? [start] : [])].map(({ buffer }) => buffer);
  return [...new Set(buffers)].filter(
    (buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer && !own.has(buffer),
  );
}
