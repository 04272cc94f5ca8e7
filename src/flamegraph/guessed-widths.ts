import { type CharWidth, fontSize } from './labels.ts';

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
