/** Pixels of one character of a label, in the font and size of the graph. */
export type CharWidth = (character: string) => number;

export const fontSize = 11;

/** Room between a box's edge and its label, on either side. */
export const labelPadding = 3;

/** Advance widths in em of a common sans-serif, where no font can be measured: a little more than Helvetica's. */
const emByCharacter = new Map(
  (
    [
      [0.3, " !',./:;I[\\]fijlt|"],
      [0.38, '"()-`r{}'],
      [0.54, '*J^cksvxyz'],
      [0.72, '&ABEKPSVXYCDHNRU'],
      [0.8, 'GOQw'],
      [0.94, '%Mm'],
      [1.04, '@W'],
    ] as const
  ).flatMap(([em, characters]) => [...characters].map((character) => [character, em] as const)),
);

/** The width of a character as far as it can be told without a font: other ASCII is 0.6 em, the rest of Unicode 1 em. */
export const guessCharWidth: CharWidth = (character) =>
  (emByCharacter.get(character) ?? (character < '\u0250' ? 0.6 : 1)) * fontSize;

/** As much of a name as fits into a box of `width` pixels, with an ellipsis where it was cut; empty when nothing fits. */
export function fitLabel(name: string, width: number, charWidth: CharWidth): string {
  const room = width - 2 * labelPadding;
  const ellipsis = charWidth('…');
  if (room < ellipsis) return '';
  let used = 0;
  /** Length of the longest beginning that leaves room for the ellipsis. */
  let cut = 0;
  let length = 0;
  for (const character of name) {
    used += charWidth(character);
    if (used > room) return cut > 0 ? `${name.slice(0, cut)}…` : '';
    length += character.length;
    if (used + ellipsis <= room) cut = length;
  }
  return name;
}
