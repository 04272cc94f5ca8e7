/** Pixels of one character of a label, in the font and size of the graph. */
export type CharWidth = (character: string) => number;

export const fontSize = 11;

/** Room between a box's edge and its label, on either side. */
export const labelPadding = 3;

/** All parts of a path but the last, which says most. What is no path (a RegExp, say) says most at its beginning. */
const leadingParts = /^(?:[\p{ID_Continue}$#<>[\]()*-]+(?:[./]| › ))+(?=.)/su;

/** What of a name is left out first. */
export function leadingPart(name: string): string {
  return leadingParts.exec(name)?.[0] ?? '';
}

/**
 * As much of a name as fits into a box of `width` pixels, with an ellipsis where it was cut: `…Store.dispatch` where its
 * last part fits, else the beginning of that part. Empty when nothing fits.
 */
export function fitLabel(name: string, width: number, charWidth: CharWidth): string {
  const room = width - 2 * labelPadding;
  const ellipsis = charWidth('…');
  if (room < ellipsis) return '';
  const characters = [...name];
  if (fitting(characters, room, charWidth) === characters.length) return name;
  const lastPart = [...leadingPart(name)].length;
  const skipped = characters.length - fitting(characters.toReversed(), room - ellipsis, charWidth);
  if (lastPart > 0 && skipped <= lastPart) return `…${characters.slice(skipped).join('')}`;
  const ending = characters.slice(lastPart);
  const kept = fitting(ending, room - ellipsis, charWidth);
  return kept > 0 ? `${ending.slice(0, kept).join('')}…` : '';
}

/** How many of them fit. */
function fitting(characters: readonly string[], room: number, charWidth: CharWidth): number {
  let used = 0;
  let count = 0;
  for (const character of characters) {
    used += charWidth(character);
    if (used > room) break;
    count++;
  }
  return count;
}
