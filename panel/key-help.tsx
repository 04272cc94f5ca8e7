import { useLayoutEffect, useRef } from 'preact/hooks';
import { keyTable } from './graph-keys.ts';
import { CloseIcon } from './icons.tsx';

/** The dialog "Keys". */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="keys"
      aria-label="Keys"
      onClose={onClose}
      onKeyDown={(event) => {
        // DevTools would hear of it as well.
        event.stopPropagation();
        if (event.key === '?') dialog.current!.close();
      }}
    >
      <button type="button" class="icon-only" aria-label="Close" onClick={() => dialog.current!.close()}>
        <CloseIcon />
      </button>
      {keyTable.map(({ title, keys }) => (
        <section key={title}>
          <h2>{title}</h2>
          <dl>
            {keys.map(([key, words]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </dialog>
  );
}
