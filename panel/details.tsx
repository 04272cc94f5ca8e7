import { placeTarget } from '../src/capture/frame-place.ts';
import { describe, detailsLines } from '../src/flamegraph/describe.ts';
import { displayName, harmless, sourceText } from '../src/flamegraph/names.ts';
import { type Item, isStrip, type Plan } from '../src/flamegraph/view.ts';
import { type CallTree, type FrameIndex, type FrameTable, type Microseconds, SAMPLED } from '../src/profile/model.ts';
import { packageOf } from '../src/sources/urls.ts';
import type { Controller } from './controller.ts';
import { RecordIcon } from './icons.tsx';
import type { OriginalNames } from './original-names.ts';
import type { Page } from './page.ts';
import { SourceLink } from './source-link.tsx';

interface DetailsProps {
  readonly controller: Controller;
  /** As it was captured. */
  readonly tree: CallTree;
  readonly names: OriginalNames;
  readonly plan: Plan;
  readonly item: Item;
  /** The time that fills the width of the graph. */
  readonly viewed: Microseconds;
  /** Times come from samples alone. */
  readonly isSampled: boolean;
}

/** What there is to know of the box under the pointer, or else of the one that was chosen last. */
export function Details({ controller, tree, names, plan, item, viewed, isSampled }: DetailsProps) {
  if (isStrip(item)) {
    const [head, ...lines] = detailsLines(plan, item, viewed);
    return (
      <>
        <strong>{head}</strong>
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </>
    );
  }
  const { node } = item;
  const { frames } = plan.tree;
  const { name, total, self, ofCall, ofView, samples } = describe(plan, node, viewed);
  const frame = plan.tree.frame[node]!;
  const library = packageOf(frames.url[frame]!);
  const originals = names.of(tree.frames);
  /** Boxes that stand for several functions are none of the captured tree. */
  const isFunction = frame < tree.frames.name.length;
  const other = names.shown(tree.frames) === tree.frames ? names.original(tree.frames) : tree.frames;
  const { running, recording } = controller.state.value;
  const isBusy = running !== null || recording !== null;
  return (
    <>
      <strong class="gives-way" title={name}>
        {name}
      </strong>
      <span>{isSampled ? `≈ ${total}` : total}</span>
      <span>self {self}</span>
      <span>
        {ofCall} of {plan.of}
      </span>
      <span>{ofView} of view</span>
      <span class="samples">{samples}</span>
      {library !== null && (
        <span class="gives-way" title="The package that it is of">
          {harmless(library)}
        </span>
      )}
      <span>
        <FrameLink page={controller.page} frames={frames} frame={frame} />
      </span>
      {originals.has(frame) && (
        <span class="gives-way" title={other === tree.frames ? 'What the browser runs' : 'What people wrote'}>
          {other === tree.frames ? 'generated' : 'original'}: {displayName(other, frame)}{' '}
          <FrameLink page={controller.page} frames={other} frame={frame} hasColumn={other === tree.frames} />
        </span>
      )}
      {isSampled && <span class="sampled">{SAMPLED}</span>}
      {isFunction && placeTarget(tree.frames, frame) && (
        <button
          type="button"
          class="capture-this"
          title="Hook the function of this box, for exact clocks (C)"
          disabled={isBusy}
          onClick={() => controller.captureFrame(tree.frames, frame)}
        >
          <RecordIcon /> <span class="label">Capture this one</span>
        </button>
      )}
    </>
  );
}

interface FrameLinkProps {
  readonly page: Page;
  readonly frames: FrameTable;
  readonly frame: FrameIndex;
  /** Minified code is told apart by it alone. */
  readonly hasColumn?: boolean;
}

function FrameLink({ page, frames, frame, hasColumn = false }: FrameLinkProps) {
  const [url, line, column] = [frames.url[frame]!, frames.line[frame]!, frames.column[frame]!];
  const text = hasColumn ? `${sourceText(frames, frame)}:${column}` : sourceText(frames, frame);
  return <SourceLink page={page} url={url} line={line} column={column} text={text} />;
}
