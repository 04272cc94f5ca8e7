import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { useDismissal } from './dismissal.ts';

interface OpenerProps {
  readonly name: string;
  readonly title: string;
  readonly icon: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A button that opens a sheet below it. A click elsewhere and Escape close it. */
export function Opener({ name, title, icon, children }: OpenerProps) {
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();

  useDismissal(root, isOpen.value, () => {
    isOpen.value = false;
  });

  return (
    <div ref={root} class="opener">
      <button
        type="button"
        class="icon-only"
        aria-label={name}
        title={title}
        aria-expanded={isOpen.value}
        aria-controls={id}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {icon}
      </button>
      {isOpen.value && (
        <div id={id} class="sheet">
          {children}
        </div>
      )}
    </div>
  );
}
