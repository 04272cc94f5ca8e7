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
    const { offsetWidth: width, offsetHeight: height } = box;
    const right = at.x + distance;
    const below = at.y + distance;
    const x = right + width + margin <= innerWidth ? right : at.x - distance - width;
    const y = below + height + margin <= innerHeight ? below : at.y - distance - height;
    box.style.left = `${Math.max(Math.min(x, innerWidth - margin - width), margin)}px`;
    box.style.top = `${Math.max(Math.min(y, innerHeight - margin - height), margin)}px`;
  }

  hide(): void {
    this.#box.hidden = true;
  }
}
