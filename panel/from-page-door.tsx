import { type Signal, useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Controller } from './controller.ts';
import type { FromPageProps } from './from-page.tsx';
import { FromPageIcon } from './icons.tsx';
import type { OriginalNames } from './original-names.ts';

/** Opens what is to be had from the page. */
export function FromPageButton({ shows }: { readonly shows: Signal<boolean> }) {
  return (
    <button
      type="button"
      class="icon-only"
      aria-label="From the page…"
      title="From the page: its next click or other event, or a listener of the selected element"
      aria-expanded={shows.value}
      aria-controls="from-page"
      onClick={() => {
        shows.value = !shows.value;
      }}
    >
      <FromPageIcon />
    </button>
  );
}

interface FromPageDoorProps {
  readonly controller: Controller;
  readonly names: OriginalNames;
  readonly shows: Signal<boolean>;
}

/** Loads it when it is needed first. */
export function FromPageDoor({ controller, names, shows }: FromPageDoorProps) {
  const loaded = useSignal<{ readonly FromPage: ComponentType<FromPageProps> } | null>(null);
  useEffect(() => {
    void import('./from-page.tsx').then((module) => {
      loaded.value = module;
    });
  }, [loaded]);
  const FromPage = loaded.value?.FromPage;
  return (
    FromPage && (
      <FromPage
        controller={controller}
        names={names}
        onLeave={() => {
          shows.value = false;
          // What had the focus is gone with it.
          document.querySelector<HTMLElement>('[aria-controls="from-page"]')?.focus();
        }}
      />
    )
  );
}
