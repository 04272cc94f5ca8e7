import { useSignal } from '@preact/signals';
import { ChangingButton } from './changing-button.tsx';
import type { Controller } from './controller.ts';
import { FromPageButton, FromPageDoor } from './from-page-door.tsx';
import { FunctionPicker } from './function-picker.tsx';
import { CameraIcon, ChevronIcon, OptionsIcon, RecordIcon, ReloadIcon, RunIcon, StopIcon } from './icons.tsx';
import { NumberInput } from './number-input.tsx';
import { OpenProfile } from './open-profile.tsx';
import type { OriginalNames } from './original-names.ts';
import { AddMap } from './source-maps.tsx';
import { TargetPlace } from './target-place.tsx';

interface ToolbarProps {
  readonly controller: Controller;
  readonly names: OriginalNames;
}

/** The controls that begin and end a job. Enter in a field does what its row's button does. */
export function Toolbar({ controller, names }: ToolbarProps) {
  const appliesItself = useSignal(false);
  const showsOptions = useSignal(false);
  const showsFromPage = useSignal(false);
  const { running, recording } = controller.state.value;

  return (
    <div class="toolbar">
      <form class="row" noValidate onSubmit={submitting(() => controller.jobs.capture())}>
        <FunctionPicker controller={controller} />
        <FromPageButton shows={showsFromPage} />
        <NumberInput controller={controller} name="calls" />
        <NumberInput controller={controller} name="timeout" />
        {running ? (
          <ChangingButton
            key="start"
            does={running.step === 'reading' ? 'give up' : 'cancel'}
            class="start"
            title={running.step === 'reading' ? 'Show nothing of what was captured' : 'End with what is there'}
            onPress={() => controller.jobs.cancel()}
          >
            <StopIcon /> Cancel
          </ChangingButton>
        ) : (
          <ChangingButton
            key="start"
            does="capture"
            type="submit"
            class="start"
            title="Capture the next calls of the function (Enter in a field of this row)"
            disabled={recording !== null}
          >
            <RecordIcon /> Capture
          </ChangingButton>
        )}
        {recording ? (
          <ChangingButton
            key="record"
            does={recording.step === 'reading' ? 'give up' : 'stop'}
            class="recorder"
            title={recording.step === 'reading' ? 'Show nothing of what was recorded' : 'End with what is there'}
            disabled={recording.isStopped && recording.step !== 'reading'}
            onPress={() => controller.recorder.stop()}
          >
            <StopIcon /> <span class="label">{recording.step === 'reading' ? 'Cancel' : 'Stop'}</span>
          </ChangingButton>
        ) : (
          <ChangingButton
            key="record"
            does="record"
            class="recorder"
            title="Record whatever the page does, then pick a function from what ran"
            disabled={running !== null}
            onPress={() => void controller.recorder.record()}
          >
            <CameraIcon /> <span class="label">Record</span>
          </ChangingButton>
        )}
        <button
          type="button"
          class="disclosure"
          title="Call the function from here, with arguments"
          aria-expanded={appliesItself.value}
          aria-controls="apply"
          onClick={() => {
            appliesItself.value = !appliesItself.value;
          }}
        >
          <ChevronIcon /> Apply
        </button>
        <button
          type="button"
          class={`icon-only ${controller.state.value.form.longerThan === '0' ? '' : 'in-force'}`}
          aria-label="Options"
          title="Which calls to keep, and from when on"
          aria-expanded={showsOptions.value}
          aria-controls="options"
          onClick={() => {
            showsOptions.value = !showsOptions.value;
          }}
        >
          <OptionsIcon />
        </button>
        <TargetPlace controller={controller} />
        {showsOptions.value && (
          <div id="options" class="options">
            <NumberInput controller={controller} name="longerThan" />
            <button
              type="button"
              title="Reloads the page and captures the function from its very first call on, by breakpoints that never pause"
              disabled={running !== null || recording !== null}
              onClick={() => controller.jobs.capture({ reload: true })}
            >
              <ReloadIcon /> Reload and capture
            </button>
            <AddMap names={names} />
            <OpenProfile controller={controller} />
          </div>
        )}
      </form>
      {appliesItself.value && (
        <form id="apply" class="row" noValidate onSubmit={submitting(() => controller.jobs.run())}>
          <label class="arguments">
            Arguments
            <input
              placeholder={'2, "x", {a: 1}'}
              title="A JavaScript list, evaluated in the page on Run"
              autocomplete="off"
              spellcheck={false}
              value={controller.state.value.form.args}
              onInput={(event) => controller.type('args', event.currentTarget.value)}
            />
          </label>
          <NumberInput controller={controller} name="repeat" />
          <button
            type="submit"
            title="Call the function and capture it (Enter in a field of this row)"
            disabled={running !== null || recording !== null}
          >
            <RunIcon /> Run
          </button>
        </form>
      )}
      {showsFromPage.value && <FromPageDoor controller={controller} names={names} shows={showsFromPage} />}
    </div>
  );
}

/** Starts a job, or shows the field that keeps it from starting. */
function submitting(start: () => boolean) {
  return (event: SubmitEvent) => {
    event.preventDefault();
    if (start()) return;
    const form = event.currentTarget as HTMLFormElement;
    const wrong = form.querySelector<HTMLInputElement>('input[aria-invalid=true], input:invalid');
    (wrong ?? document.querySelector<HTMLInputElement>('[role=combobox]'))?.focus();
  };
}
