import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Controller } from './controller.ts';
import { InfoIcon } from './icons.tsx';
import { type Settings, saveSettings } from './settings.ts';

/** Says why Chrome will show its bar, until the first capture or a click. */
export function BarNotice({ controller, settings }: { readonly controller: Controller; readonly settings: Settings }) {
  const isKnown = useSignal(settings.knowsBar);
  const { running, recording } = controller.state.value;
  const isRunning = running !== null || recording !== null;

  const learn = () => {
    isKnown.value = true;
    void saveSettings({ knowsBar: true });
  };
  useEffect(() => {
    if (isRunning && !isKnown.value) learn();
  });

  if (isKnown.value) return null;
  const when =
    controller.page.mode === 'devtools' ? 'During a capture or a recording' : 'As long as this window is open';
  return (
    <p class="row notice">
      <InfoIcon />
      <span>
        {when} Chrome shows a bar, “Flambe started debugging this browser”: samples come from the debugger. Cancel there
        ends it.
      </span>
      <button type="button" onClick={learn}>
        Got it
      </button>
    </p>
  );
}
