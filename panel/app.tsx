import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { callCount } from '../src/profile/model.ts';
import { AlertBox } from './alert-box.tsx';
import { BarNotice } from './bar-notice.tsx';
import type { Controller } from './controller.ts';
import { EmptyState } from './empty-state.tsx';
import type { GraphViews } from './graph-views.ts';
import { Lazy } from './lazy.ts';
import { Recording } from './recording.tsx';
import { isSampled, shortageOf } from './samples.ts';
import type { Settings } from './settings.ts';
import { ShortageBox } from './shortage-box.tsx';
import type { Shown } from './shown.ts';
import { DroppedFiles } from './source-maps.tsx';
import { StatusRow } from './status-row.tsx';
import { Toolbar } from './toolbar.tsx';
import { Waiting } from './waiting.tsx';

interface AppProps {
  readonly controller: Controller;
  readonly shown: Shown;
  readonly views: GraphViews;
  readonly settings: Settings;
}

export function App({ controller, shown, views, settings }: AppProps) {
  const exporting = useSignal(settings.exporting);
  return (
    <main>
      <Toolbar controller={controller} names={shown.names} />
      <StatusRow controller={controller} shown={shown} />
      <BarNotice controller={controller} settings={settings} />
      <AlertBox controller={controller} />
      <DroppedFiles controller={controller} names={shown.names} />
      <Content controller={controller} shown={shown} views={views} exporting={exporting} />
    </main>
  );
}

/** Loaded while something is recorded, as much of the panel's work is done without it. */
const recordTable = new Lazy(() => import('./record-table.tsx'));
/** Loaded as soon as the panel shows, which it does faster without. */
const graphPane = new Lazy(() => import('./graph-pane.tsx'));

interface ContentProps extends Omit<AppProps, 'settings'> {
  readonly exporting: Signal<unknown>;
}

function Content({ controller, shown, views, exporting }: ContentProps) {
  const { running, recording, recorded, showsTable, opened } = controller.state.value;
  const capture = shown.capture.value;
  const tree = shown.tree.value;
  const totals = shown.totals.value;
  const isRecording = recording !== null;
  useEffect(() => {
    void graphPane.load();
  }, []);
  useEffect(() => {
    if (isRecording) void recordTable.load();
  }, [isRecording]);
  if (recording) return <Recording seconds={recording.seconds} />;
  if (recorded && showsTable) {
    const RecordTable = recordTable.value?.RecordTable;
    return RecordTable && <RecordTable controller={controller} recorded={recorded} names={shown.names} />;
  }
  const GraphPane = graphPane.value?.GraphPane;
  const shared = { controller, views, exporting, names: shown.names };
  if (opened && tree) return GraphPane && <GraphPane {...shared} capture={opened} tree={tree} />;
  if (capture && tree && totals) {
    const { calls, profile } = capture;
    const shortage = shortageOf(totals.samples, callCount(calls), totals.time, profile.medianInterval);
    return (
      <>
        {shortage && (
          <ShortageBox controller={controller} shortage={shortage} time={totals.time} isSampled={isSampled(calls)} />
        )}
        {GraphPane && <GraphPane {...shared} capture={capture} tree={tree} />}
      </>
    );
  }
  return running ? <Waiting running={running} /> : <EmptyState controller={controller} />;
}
