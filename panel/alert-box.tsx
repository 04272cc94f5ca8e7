import type { Controller } from './controller.ts';
import { CloseIcon, ErrorIcon } from './icons.tsx';
import { Say } from './phrase.tsx';
import { alertFor } from './words.ts';

/** What went wrong, why, and what to do. */
export function AlertBox({ controller }: { readonly controller: Controller }) {
  const { failure } = controller.state.value;
  const alert = failure && alertFor(failure);
  if (!alert) return null;
  const { suggestion } = alert;
  return (
    <div class="box error">
      <ErrorIcon />
      <div role="alert">
        <strong>
          <Say phrase={alert.what} />
        </strong>
        <Say phrase={alert.why} /> <Say phrase={alert.advice} />
      </div>
      {suggestion !== undefined && (
        <button
          type="button"
          title={`Use ${suggestion}`}
          onClick={() => {
            controller.target.choose(suggestion);
            controller.dismiss();
          }}
        >
          Use <code>{suggestion}</code>
        </button>
      )}
      <button type="button" class="icon-only" aria-label="Dismiss" title="Dismiss" onClick={() => controller.dismiss()}>
        <CloseIcon />
      </button>
    </div>
  );
}
