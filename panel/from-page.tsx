import { useSignal } from '@preact/signals';
import type { Controller } from './controller.ts';
import { Listeners } from './listeners.tsx';
import type { OriginalNames } from './original-names.ts';

export interface FromPageProps {
  readonly controller: Controller;
  readonly names: OriginalNames;
  /** Called when something here has begun a capture, or the user is done with it. */
  readonly onLeave: () => void;
}

/** Targets that the page itself shows: events to come, and what listens to those of the selected element. */
export function FromPage({ controller, names, onLeave }: FromPageProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onLeave();
  };
  return (
    <section id="from-page" class="from-page" aria-label="From the page" onKeyDown={onKeyDown}>
      <NextEvent controller={controller} onLeave={onLeave} />
      {controller.page.mode === 'devtools' && <Listeners controller={controller} names={names} onLeave={onLeave} />}
    </section>
  );
}

const usual = [
  { type: 'click', title: 'Click' },
  { type: 'keydown', title: 'Key press' },
  { type: 'input', title: 'Input' },
] as const;

/** What this browser counts, here as in the page. */
const others = [...performance.eventCounts.keys()].filter((type) => usual.every((one) => one.type !== type)).sort();

function NextEvent({ controller, onLeave }: Omit<FromPageProps, 'names'>) {
  const other = useSignal('pointerdown');
  const { running, recording } = controller.state.value;
  const isBusy = running !== null || recording !== null;
  const wait = (type: string) => {
    if (controller.jobs.captureEvent(type)) onLeave();
  };
  return (
    <section class="row" aria-label="Next event">
      <strong title="Anywhere in the page, with all of its listeners, by the browser's own clock">Next event</strong>
      {usual.map(({ type, title }) => (
        <button
          type="button"
          key={type}
          title={`Wait for the next ${type} anywhere in the page`}
          disabled={isBusy}
          onClick={() => wait(type)}
        >
          {title}
        </button>
      ))}
      <span class="other">
        <select
          aria-label="Another event"
          value={other.value}
          onChange={(event) => {
            other.value = event.currentTarget.value;
          }}
        >
          {others.map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
        <button type="button" disabled={isBusy} onClick={() => wait(other.value)}>
          Wait for it
        </button>
      </span>
    </section>
  );
}
