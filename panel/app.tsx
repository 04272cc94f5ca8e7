import { callCount } from '../src/profile/model.ts';
import { AlertBox } from './alert-box.tsx';
import { BarNotice } from './bar-notice.tsx';
import type { Controller } from './controller.ts';
import { EmptyState } from './empty-state.tsx';
import { GraphPane } from './graph-pane.tsx';
import { RecordTable } from './record-table.tsx';
import { Recording } from './recording.tsx';
import { isSampled, shortageOf } from './samples.ts';
import type { Settings } from './settings.ts';
import { ShortageBox } from './shortage-box.tsx';
import type { Shown } from './shown.ts';
import { StatusRow } from './status-row.tsx';
import { tableViewOf } from './table-view.ts';
import { Toolbar } from './toolbar.tsx';
import { Waiting } from './waiting.tsx';

interface AppProps {
  readonly controller: Controller;
  readonly shown: Shown;
  readonly settings: Settings;
}

export function App({ controller, shown, settings }: AppProps) {
  return (
    <main>
      <Toolbar controller={controller} />
      <StatusRow controller={controller} shown={shown} />
      <BarNotice controller={controller} settings={settings} />
      <AlertBox controller={controller} />
      <Content controller={controller} shown={shown} />
    </main>
  );
}

function Content({ controller, shown }: Omit<AppProps, 'settings'>) {
  const { running, recording, recorded, showsTable } = controller.state.value;
  const capture = shown.capture.value;
  const tree = shown.tree.value;
  const totals = shown.totals.value;
  if (recording) return <Recording />;
  if (recorded && showsTable)
    return <RecordTable controller={controller} recorded={recorded} view={tableViewOf(recorded)} />;
  if (capture && tree && totals) {
    const { calls, profile } = capture;
    const shortage = shortageOf(totals.samples, callCount(calls), totals.time, profile.medianInterval);
    return (
      <>
        {shortage && (
          <ShortageBox controller={controller} shortage={shortage} time={totals.time} isSampled={isSampled(calls)} />
        )}
        <GraphPane controller={controller} capture={capture} tree={tree} />
      </>
    );
  }
  return running ? <Waiting running={running} /> : <EmptyState controller={controller} />;
}
