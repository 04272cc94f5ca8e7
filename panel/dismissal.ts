import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Closes what is open beside a button, which comes first in `root`: Escape gives the focus back, a press elsewhere doesn't. */
export function useDismissal(root: RefObject<HTMLElement | null>, isOpen: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event) => {
      if (!root.current!.contains(event.target as Node)) close();
    };
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close();
      root.current!.querySelector('button')!.focus();
    };
    addEventListener('pointerdown', leave, true);
    addEventListener('keydown', closeOnEscape, true);
    return () => {
      removeEventListener('pointerdown', leave, true);
      removeEventListener('keydown', closeOnEscape, true);
    };
  }, [isOpen]);
}
