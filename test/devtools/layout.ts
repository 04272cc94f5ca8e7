export interface Layout {
  /** What is wrong, in words. */
  readonly problems: readonly string[];
  /** Of the panel's height that the graph has, 0 to 1. */
  readonly graphShare: number;
}

/** Runs in the panel: looks for controls that are cut off or covered, and for text that nobody can read to its end. */
export function layoutOf(): Layout {
  const problems: string[] = [];
  const controls = [
    ...document.querySelectorAll<HTMLElement>('button, input, summary, [role=status], [role=alert], [role=note]'),
  ].filter((element) => element.checkVisibility());
  const nameOf = (element: Element) =>
    `${element.tagName.toLowerCase()} "${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}"`;

  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) problems.push(`the panel scrolls sideways: ${root.scrollWidth} px`);
  if (root.scrollHeight > innerHeight) problems.push(`the panel scrolls: ${root.scrollHeight} px`);

  for (const control of controls) {
    const box = control.getBoundingClientRect();
    const list = control.closest(
      '[role=listbox], .empty, .waiting, .record-rows, .from-page, .menu, .legend, .sheet, dialog',
    );
    if (!list && (box.left < 0 || box.top < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5))
      problems.push(`${nameOf(control)} is cut off at ${[box.left, box.top, box.right, box.bottom].map(Math.round)}`);
    const isShortened = control.scrollWidth > control.clientWidth + 1 && control.tagName !== 'INPUT';
    if (isShortened && !control.title && !list) problems.push(`${nameOf(control)} is shortened and has no title`);
  }

  // What opens over the panel covers what is under it.
  const inPopup = (element: Element) => element.closest('.popup, .sheet, .menu, dialog') !== null;
  const isScrolled = (element: Element) =>
    element.closest('[role=listbox], .from-page, .record-rows, .legend') !== null;
  const onTop = controls.filter((control) => !isScrolled(control) && !inPopup(control));
  for (const [index, one] of onTop.entries()) {
    const a = one.getBoundingClientRect();
    for (const other of onTop.slice(index + 1)) {
      const b = other.getBoundingClientRect();
      const overlap = a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      if (overlap && !one.contains(other) && !other.contains(one))
        problems.push(`${nameOf(one)} and ${nameOf(other)} cover each other`);
    }
  }
  const graph = document.querySelector('[role=tree]')?.closest('.graph');
  return { problems, graphShare: (graph?.getBoundingClientRect().height ?? 0) / innerHeight };
}
