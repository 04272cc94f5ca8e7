import { useRef } from 'preact/hooks';
import type { Controller } from './controller.ts';

/** The button that opens a file; a file can be dropped on the panel, too. */
export function OpenProfile({ controller }: { readonly controller: Controller }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        title="A .cpuprofile file, or a graph that was exported as SVG. It can be dropped on the panel, too."
        onClick={async () => {
          const { acceptedFiles, expectFile } = await import('./opening.ts');
          expectFile();
          input.current!.accept = acceptedFiles;
          input.current!.click();
        }}
      >
        Open a profile…
      </button>
      <input
        ref={input}
        type="file"
        aria-label="Profile"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void controller.openProfile(file);
          // The same file again is a change, too.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
