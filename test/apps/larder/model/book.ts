import type { Recipe } from './recipes.ts';

/** A recipe as it was read: lists hold lines and further lists. */
export interface Entry {
  readonly text: string;
  readonly under: readonly Entry[];
}

export class BookError extends Error {
  override name = 'BookError';
  readonly line: number;

  constructor(line: number, found: string) {
    super(`Line ${line} is no entry: ${found}`);
    this.line = line;
  }
}

/** All recipes as one text, each a list with its ingredients indented. */
export function writeBook(recipes: readonly Recipe[]): string {
  return recipes.flatMap((recipe) => [`- ${recipe.title}`, ...recipe.ingredients.map(writeIngredient)]).join('\n');
}

const writeIngredient = ({ name, grams }: Recipe['ingredients'][number]) => `  - ${grams} g\n    - ${name}`;

/** Throws a BookError at the first line that is no entry. */
export function readBook(text: string): Entry[] {
  const lines = text.split('\n').map((line, index) => readLine(line, index + 1));
  return readEntries(lines, { next: 0 }, 0);
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

function readLine(line: string, number: number): Line {
  const found = /^( *)- (.+)$/.exec(line);
  if (!found) throw new BookError(number, line);
  return { indent: found[1]!.length, text: found[2]!.normalize('NFC') };
}

/** Calls itself for what is indented further. */
function readEntries(lines: readonly Line[], cursor: { next: number }, indent: number): Entry[] {
  const entries: Entry[] = [];
  for (let line = lines[cursor.next]; line?.indent === indent; line = lines[cursor.next]) {
    cursor.next++;
    entries.push({ text: line.text, under: readEntries(lines, cursor, indent + 2) });
  }
  return entries;
}
