/** Makes views of trees, off the panel's main thread. */
import { survey } from './surveys.ts';
import type { TreeAnswer } from './tree-client.ts';
import { type Subject, viewTree, type Wish } from './tree-views.ts';
import { answerLine } from './worker-line.ts';

answerLine((subject: Subject, wish: Wish): TreeAnswer => {
  const { trees, applied } = viewTree(subject, wish);
  const rows = subject.tree.frames.name.length;
  return {
    applied,
    trees: trees.map(({ tree, start }) => {
      const { frames, ...columns } = tree;
      return { columns, survey: survey(tree, start), groups: frames.name.slice(rows) };
    }),
  };
});
