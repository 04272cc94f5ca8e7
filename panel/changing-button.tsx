import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** ms that a button has to be what it is until a press is meant for that: a double click takes no longer. */
const settlingTime = 500;

interface ChangingButtonProps {
  /** What a press does now. */
  readonly does: string;
  readonly type?: 'button' | 'submit';
  readonly class: string;
  readonly title: string;
  readonly disabled?: boolean;
  /** A submit button needs none. */
  onPress?(): void;
  readonly children: ComponentChildren;
}

/**
 * A button that begins something and then ends it: one element, so that the focus stays on it. What it does may change
 * under the finger, and so a press that began before that, or right after it, is not taken.
 */
export function ChangingButton({ does, type = 'button', onPress, children, ...attributes }: ChangingButtonProps) {
  const settled = useSignal(does);
  /** What the press under way is meant for; null without one, as for Enter in a field of the form. */
  const meant = useRef<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      settled.value = does;
    }, settlingTime);
    return () => clearTimeout(timer);
  }, [does, settled]);
  const note = () => {
    meant.current = settled.value;
  };
  const forget = () => {
    meant.current = null;
  };

  return (
    <button
      {...attributes}
      type={type}
      aria-disabled={settled.value !== does}
      onPointerDown={note}
      onKeyDown={(event) => {
        // A key that is held down would press what comes next.
        if (event.repeat) event.preventDefault();
        else if (event.key === 'Enter' || event.key === ' ') note();
      }}
      onBlur={forget}
      onClick={(event) => {
        const isMeant = meant.current === null || meant.current === does;
        forget();
        if (isMeant) onPress?.();
        else event.preventDefault();
      }}
    >
      {children}
    </button>
  );
}
