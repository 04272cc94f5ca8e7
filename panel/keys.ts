/**
 * DevTools listens on the document of a panel: it opens its drawer on an Escape and its Find bar on Ctrl+F, whether or
 * not their default was prevented. So the first never gets there, and the second not while there is something of ours
 * to search.
 */
export function keepKeys(root: HTMLElement): void {
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') event.stopPropagation();
    if (!isFind(event)) return;
    const box = root.querySelector<HTMLInputElement>('input[type=search]');
    if (!box) return;
    event.preventDefault();
    event.stopPropagation();
    box.focus();
    box.select();
  });
}

function isFind({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'f' && (ctrlKey || metaKey) && !shiftKey && !altKey;
}
