import { placeTarget } from '../src/capture/frame-place.ts';
import { describe } from '../src/flamegraph/describe.ts';
import { type CallTree, type NodeIndex, SAMPLED } from '../src/profile/model.ts';
import type { Controller } from './controller.ts';
import { RecordIcon } from './icons.tsx';
import { SourceLink } from './source-link.tsx';

interface DetailsProps {
  readonly controller: Controller;
  readonly tree: CallTree;
  readonly node: NodeIndex;
  readonly viewRoot: NodeIndex;
  /** Times come from samples alone. */
  readonly isSampled: boolean;
}

/** What there is to know of the box under the pointer, or else of the one that was chosen last. */
export function Details({ controller, tree, node, viewRoot, isSampled }: DetailsProps) {
  const { name, total, self, ofCall, ofView, samples, source } = describe(tree, node, viewRoot);
  const frame = tree.frame[node]!;
  const { url, line, column } = tree.frames;
  const { running, recording } = controller.state.value;
  const isBusy = running !== null || recording !== null;
  return (
    <>
      <strong title={name}>{name}</strong>
      <span>{isSampled ? `≈ ${total}` : total}</span>
      <span>self {self}</span>
      <span>{ofCall} of call</span>
      <span>{ofView} of view</span>
      <span>{samples}</span>
      <span>
        <SourceLink
          page={controller.page}
          url={url[frame]!}
          line={line[frame]!}
          column={column[frame]!}
          text={source}
        />
      </span>
      {isSampled && <span class="sampled">{SAMPLED}</span>}
      {placeTarget(tree.frames, frame) && (
        <button
          type="button"
          class="capture-this"
          title="Hook the function of this box, for exact clocks (C)"
          disabled={isBusy}
          onClick={() => controller.captureFrame(tree.frames, frame)}
        >
          <RecordIcon /> Capture this one
        </button>
      )}
    </>
  );
}
