/** Runs in the page: waits for it. */
const MOST_MILLISECONDS = 300;
/** A page in the background draws no frames. */
const FRAMES_MOST_MILLISECONDS = 100;

/**
 * For right after the debugger came: its bar shrinks the page and fires `resize`, which must not be taken for something
 * that the page does. Resolves after the first `resize`, or 300 ms without one, and two frames.
 */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    const onResize = () => {
      clearTimeout(timer);
      removeEventListener('resize', onResize);
      if (document.visibilityState === 'hidden') resolve();
      else requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      setTimeout(resolve, FRAMES_MOST_MILLISECONDS);
    };
    const timer = setTimeout(onResize, MOST_MILLISECONDS);
    addEventListener('resize', onResize);
  });
}

export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
