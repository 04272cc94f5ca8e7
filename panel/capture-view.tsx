import type { Signal } from '@preact/signals';
import { callCount } from '../src/profile/model.ts';
import type { Controller } from './controller.ts';
import { GraphPane } from './graph-pane.tsx';
import type { GraphViews } from './graph-views.ts';
import { isSampled, shortageOf } from './samples.ts';
import { ShortageBox } from './shortage-box.tsx';
import type { Shown } from './shown.ts';

interface CaptureViewProps {
  readonly controller: Controller;
  readonly shown: Shown;
  readonly views: GraphViews;
  readonly exporting: Signal<unknown>;
}

/** The graph of a capture or of a file that was opened, below what a capture is short of. */
export function CaptureView({ controller, shown, views, exporting }: CaptureViewProps) {
  const { opened } = controller.state.value;
  const capture = shown.capture.value;
  const tree = shown.tree.value;
  const totals = shown.totals.value;
  const pane = { controller, views, exporting, names: shown.names };
  if (opened && tree) return <GraphPane {...pane} capture={opened} tree={tree} />;
  if (!capture || !tree || !totals) return null;
  const { calls, profile } = capture;
  const shortage = shortageOf(totals.samples, callCount(calls), totals.time, profile.medianInterval);
  return (
    <>
      {shortage && (
        <ShortageBox controller={controller} shortage={shortage} time={totals.time} isSampled={isSampled(calls)} />
      )}
      <GraphPane {...pane} capture={capture} tree={tree} />
    </>
  );
}
