import type { TargetFunction } from '../src/capture/record.ts';
import type { Controller } from './controller.ts';
import { StopIcon } from './icons.tsx';
import { Say } from './phrase.tsx';
import { plain } from './phrases.ts';
import { placeOf } from './places.ts';
import { isEvent } from './samples.ts';
import type { Shown } from './shown.ts';
import { SourceLink } from './source-link.tsx';
import { statusOf } from './status.ts';

/** What is going on, and which function it is about. */
export function StatusRow({ controller, shown }: { readonly controller: Controller; readonly shown: Shown }) {
  const state = controller.state.value;
  const { capture } = state;
  const named = shown.fn.value;
  const seen = capture && named ? { ...state, capture: { ...capture, fn: named } } : state;
  const phrase = statusOf(seen, shown.totals.value);
  const isAboutPage = state.recording !== null || (state.showsTable && state.running === null);
  const fn = state.running ? state.running.fn : isAboutPage ? null : named;
  return (
    <div class="row status">
      <span role="status" title={plain(phrase)}>
        <Say phrase={phrase} />
      </span>
      {state.reading && (
        <button type="button" title="Leave the file as it is" onClick={() => controller.cancelReading()}>
          <StopIcon /> Cancel reading
        </button>
      )}
      {fn && !isEvent({ fn }) && <Place fn={fn} controller={controller} />}
    </div>
  );
}

function Place({ fn, controller }: { readonly fn: TargetFunction; readonly controller: Controller }) {
  const { url, line, column } = fn;
  return <SourceLink page={controller.page} url={url} line={line} column={column} text={placeOf(fn)} />;
}
