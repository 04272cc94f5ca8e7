import { harmless } from '../src/flamegraph/names.ts';

/** A text of the page or of the user's, such as a path: shown in a code font, never read as markup. */
export interface Code {
  readonly code: string;
}

/** A sentence for people, in which some parts are code. */
export type Phrase = readonly (string | Code)[];

export function code(text: string): Code {
  return { code: harmless(text, 100) };
}

/** `` say`No ${code(path)} here` `` */
export function say(texts: TemplateStringsArray, ...values: readonly (string | number | Code | Phrase)[]): Phrase {
  return texts.flatMap((text, index) => [text, ...partsOf(values[index] ?? '')]).filter((part) => part !== '');
}

function partsOf(value: string | number | Code | Phrase): Phrase {
  if (typeof value === 'number') return [String(value)];
  return isPhrase(value) ? value : [value];
}

function isPhrase(value: string | Code | Phrase): value is Phrase {
  return Array.isArray(value);
}

/** With code in backticks, as in this project's documents. */
export function plain(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === 'string' ? part : `\`${part.code}\``)).join('');
}
