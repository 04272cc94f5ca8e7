/** Letters without case and accents, so that "etude" finds "Étude". */
export function foldLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

/**
 * How well the letters of `query` are found in `text` in their order, 0 (not at all) to 1 (the text begins with it).
 * Letters at word starts and letters in a row count more.
 */
export function fuzzyScore(query: string, text: string): number {
  const wanted = foldLetters(query).replaceAll(' ', '');
  const letters = foldLetters(text);
  if (wanted === '' || !isSubsequence(wanted, letters)) return 0;
  return alignmentWorth(wanted, letters) / (3 * wanted.length);
}

function isSubsequence(wanted: string, letters: string): boolean {
  let found = 0;
  for (const letter of letters) if (letter === wanted[found]) found++;
  return found === wanted.length;
}

/**
 * A letter is worth 3 at the start of a word or in a row from there, 2 in any other row, 1 elsewhere. Column by column, the
 * better way to reach each place in the text is kept.
 */
function alignmentWorth(wanted: string, letters: string): number {
  let best = new Float64Array(letters.length + 1);
  let run = new Uint8Array(letters.length + 1);
  for (const letter of wanted) {
    const nextBest = new Float64Array(letters.length + 1).fill(Number.NEGATIVE_INFINITY);
    const nextRun = new Uint8Array(letters.length + 1);
    for (let at = 0; at < letters.length; at++) {
      nextBest[at + 1] = nextBest[at]!;
      if (letters[at] !== letter) continue;
      const worth = isWordStart(letters, at) ? 3 : Math.max(1, run[at]!);
      const total = best[at]! + worth;
      if (total < nextBest[at + 1]!) continue;
      nextBest[at + 1] = total;
      nextRun[at + 1] = Math.max(2, worth);
    }
    best = nextBest;
    run = nextRun;
  }
  return Math.max(0, best[letters.length]!);
}

function isWordStart(letters: string, at: number): boolean {
  return at === 0 || letters[at - 1] === ' ';
}
