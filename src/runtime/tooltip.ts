import { htmlElement } from './dom.ts';

/** Pixels between the pointer and the tooltip, and between that and the window's edges. */
const distance = 14;
const margin = 4;

/** A few lines that follow the pointer and never leave the window. What they say stands elsewhere for other senses. */
export class Tooltip {
  readonly #box: HTMLElement;

  constructor(within: HTMLElement) {
    this.#box = htmlElement(within.ownerDocument, 'div', {
      class: 'flambe-tooltip',
      'aria-hidden': 'true',
      hidden: '',
    });
    within.append(this.#box);
  }

  /** `at` is in CSS pixels of the window. */
  show([head, ...lines]: readonly string[], at: { readonly x: number; readonly y: number }): void {
    const box = this.#box;
    const document = box.ownerDocument;
    const title = htmlElement(document, 'b');
    title.textContent = head ?? '';
    const rest = lines.map((line) => {
      const row = htmlElement(document, 'div');
      row.textContent = line;
      return row;
    });
    box.replaceChildren(title, ...rest);
    box.hidden = false;
    const { innerWidth, innerHeight } = document.defaultView!;
    box.style.left = `${beside(at.x, box.offsetWidth, innerWidth)}px`;
    box.style.top = `${beside(at.y, box.offsetHeight, innerHeight)}px`;
  }

  hide(): void {
    this.#box.hidden = true;
  }
}

/** Where something of that size begins: after a point if there is room, else before it, and within in any case. */
function beside(point: number, size: number, room: number): number {
  const after = point + distance;
  const most = room - margin - size;
  return Math.max(Math.min(after <= most ? after : point - distance - size, most), margin);
}
