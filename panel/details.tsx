import { describe } from '../src/flamegraph/describe.ts';
import type { CallTree, NodeIndex } from '../src/profile/model.ts';
import type { Page } from './page.ts';
import { SourceLink } from './source-link.tsx';

interface DetailsProps {
  readonly page: Page;
  readonly tree: CallTree;
  readonly node: NodeIndex;
  readonly viewRoot: NodeIndex;
}

/** What there is to know of the box under the pointer, or else of the one that was chosen last. */
export function Details({ page, tree, node, viewRoot }: DetailsProps) {
  const { name, total, self, ofCall, ofView, samples, source } = describe(tree, node, viewRoot);
  const frame = tree.frame[node]!;
  const { url, line, column } = tree.frames;
  return (
    <>
      <strong title={name}>{name}</strong>
      <span>{total}</span>
      <span>self {self}</span>
      <span>{ofCall} of call</span>
      <span>{ofView} of view</span>
      <span>{samples}</span>
      <span>
        <SourceLink page={page} url={url[frame]!} line={line[frame]!} column={column[frame]!} text={source} />
      </span>
    </>
  );
}
