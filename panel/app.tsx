import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { AlertBox } from './alert-box.tsx';
import { BarNotice } from './bar-notice.tsx';
import type { Controller } from './controller.ts';
import { EmptyState } from './empty-state.tsx';
import type { GraphViews } from './graph-views.ts';
import { Lazy } from './lazy.ts';
import { Recording } from './recording.tsx';
import type { Settings } from './settings.ts';
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
      <h1 class="unseen">Flambe</h1>
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
/** To be loaded as soon as the panel shows, which it does faster without. */
export const captureView = new Lazy(() => import('./capture-view.tsx'));

interface ContentProps extends Omit<AppProps, 'settings'> {
  readonly exporting: Signal<unknown>;
}

function Content({ controller, shown, views, exporting }: ContentProps) {
  const { running, recording, recorded, showsTable, opened, capture } = controller.state.value;
  const isRecording = recording !== null;
  useEffect(() => {
    if (isRecording) void recordTable.load();
  }, [isRecording]);
  if (recording) return <Recording seconds={recording.seconds} />;
  if (recorded && showsTable) {
    const RecordTable = recordTable.value?.RecordTable;
    return RecordTable && <RecordTable controller={controller} recorded={recorded} names={shown.names} />;
  }
  if (opened || capture) {
    const CaptureView = captureView.value?.CaptureView;
    return CaptureView && <CaptureView controller={controller} shown={shown} views={views} exporting={exporting} />;
  }
  return running ? <Waiting running={running} /> : <EmptyState controller={controller} />;
}
