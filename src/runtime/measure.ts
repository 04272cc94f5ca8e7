import type { CharWidth } from '../flamegraph/labels.ts';
import { htmlElement } from './dom.ts';

/** Measures characters in the font of an element, each once. */
export function measureIn(element: Element): CharWidth {
  const document = element.ownerDocument;
  const context = htmlElement(document, 'canvas').getContext('2d')!;
  context.font = getComputedStyle(element).font;
  const widths = new Map<string, number>();
  return (character) => {
    let width = widths.get(character);
    if (width === undefined) {
      width = context.measureText(character).width;
      widths.set(character, width);
    }
    return width;
  };
}
