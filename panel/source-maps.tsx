import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { harmless } from '../src/flamegraph/names.ts';
import { shortPath } from '../src/sources/urls.ts';
import type { Controller } from './controller.ts';
import { InfoIcon } from './icons.tsx';
import type { OriginalNames, UnclearMap } from './original-names.ts';

interface SourceMapsProps {
  readonly names: OriginalNames;
}

interface DropProps extends SourceMapsProps {
  readonly controller: Controller;
}

/** Takes files that are dropped anywhere on the panel: profiles, and source maps, of which it says what became of them. */
export function DroppedFiles({ controller, names }: DropProps) {
  const isOver = useFilesDropped(async (files) => {
    const { isNamedAsProfile } = await import('./openable.ts');
    const profile = files.find(({ name }) => isNamedAsProfile(name));
    if (profile) await controller.openProfile(profile);
    else await names.give(files);
  });
  const { note, unclear } = names;
  return (
    <>
      {isOver && (
        <div class="drop" aria-hidden="true">
          Drop a profile (.cpuprofile, .svg) or source maps here
        </div>
      )}
      {unclear.value && <Question key={unclear.value.map.name} names={names} unclear={unclear.value} />}
      {note.value !== null && (
        <p class="row notice">
          <InfoIcon />
          <span role="status">{harmless(note.value)}</span>
          <button
            type="button"
            onClick={() => {
              note.value = null;
            }}
          >
            Got it
          </button>
        </p>
      )}
    </>
  );
}

/** Chooses the files, for those who don't drag. */
export function AddMap({ names }: SourceMapsProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        title="For original names: a map in a file of its own, as your bundler wrote it. It can be dropped on the panel, too."
        onClick={() => input.current!.click()}
      >
        Add a source map…
      </button>
      <input
        ref={input}
        type="file"
        accept=".map,.json"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          void names.give([...(currentTarget.files ?? [])]);
          // The same file again is a change, too.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

function Question({ names, unclear: { map, scripts } }: SourceMapsProps & { readonly unclear: UnclearMap }) {
  const chosen = useSignal(0);
  return (
    <form
      class="row notice"
      aria-label="Source map"
      onSubmit={(event) => {
        event.preventDefault();
        void names.settle(scripts[chosen.value]!);
      }}
    >
      <InfoIcon />
      <label>
        {harmless(map.name)} is of
        <select
          value={chosen.value}
          onChange={(event) => {
            chosen.value = event.currentTarget.selectedIndex;
          }}
        >
          {scripts.map(({ url, hash }, index) => (
            <option key={`${url} ${hash}`} value={index}>
              {harmless(shortPath(url), 60)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Use it</button>
      <button type="button" onClick={() => void names.settle(null)}>
        Drop it
      </button>
    </form>
  );
}

/** Whether files are being dragged over the panel. */
function useFilesDropped(take: (files: readonly File[]) => Promise<void>): boolean {
  const isOver = useSignal(false);
  useEffect(() => {
    const listeners = new AbortController();
    const hear = (type: 'dragover' | 'dragleave' | 'drop', does: (event: DragEvent) => void) => {
      const heard = (event: DragEvent) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        does(event);
      };
      document.addEventListener(type, heard, { signal: listeners.signal });
    };
    hear('dragover', () => {
      if (!isOver.value) void import('./opening.ts').then(({ expectFile }) => expectFile());
      isOver.value = true;
    });
    hear('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) isOver.value = false;
    });
    hear('drop', ({ dataTransfer }) => {
      isOver.value = false;
      void take([...dataTransfer!.files]);
    });
    return () => listeners.abort();
  }, []);
  return isOver.value;
}
