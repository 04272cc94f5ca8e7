import type { ComponentChildren } from 'preact';
import { useEffect, useReducer, useRef } from 'preact/hooks';

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
  const [, refresh] = useReducer((times: number) => times + 1, 0);
  const last = useRef(does);
  /** What it has done for long enough; empty right after a change, also after one there and back. */
  const settled = useRef(does);
  if (last.current !== does) {
    last.current = does;
    settled.current = '';
  }
  useEffect(() => {
    if (settled.current === does) return;
    const timer = setTimeout(() => {
      settled.current = does;
      refresh(undefined);
    }, settlingTime);
    return () => clearTimeout(timer);
  }, [does]);
  /** What the press under way is meant for; null without one, as for Enter in a field of the form. */
  const meant = useRef<string | null>(null);
  const note = () => {
    meant.current = settled.current;
  };
  const forget = () => {
    meant.current = null;
  };

  return (
    <button
      {...attributes}
      type={type}
      aria-disabled={settled.current !== does}
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
