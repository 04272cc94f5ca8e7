import type { Page } from 'playwright';

/** Whether all boxes in sight have their names, which wait for the end of a zoom; to be evaluated in the page. */
export function areBoxesNamed(): boolean {
  const unnamed = document.querySelectorAll('[role=treeitem]:not([aria-label])');
  return ![...unnamed].some((box) => box.checkVisibility());
}

export async function boxesNamed(page: Page): Promise<void> {
  await page.waitForFunction(areBoxesNamed);
}
