/**
 * Runs in the page: waits for it. Time is told by signals that abort themselves, since many a page has timers of its own.
 */
const MOST_MILLISECONDS = 300;
/** A page in the background draws no frames. */
const FRAMES_MOST_MILLISECONDS = 100;

/**
 * For right after the debugger came: its bar shrinks the page and fires `resize`, which must not be taken for something
 * that the page does. Resolves after the first `resize`, or 300 ms without one, and two frames.
 */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    const late = AbortSignal.timeout(MOST_MILLISECONDS);
    let hasBegun = false;
    const onResize = () => {
      if (hasBegun) return;
      hasBegun = true;
      removeEventListener('resize', onResize);
      if (document.visibilityState === 'hidden') resolve();
      else requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      AbortSignal.timeout(FRAMES_MOST_MILLISECONDS).onabort = () => resolve();
    };
    late.onabort = onResize;
    addEventListener('resize', onResize);
  });
}

export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    AbortSignal.timeout(0).onabort = () => resolve();
  });
}
