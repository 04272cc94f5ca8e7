/** Text that is looked for at a place, in ASCII, at least four bytes long: it is compared four bytes at a time. */
export interface Token {
  readonly text: string;
  readonly length: number;
  /** Each four bytes from the first on, then the last four. */
  readonly words: Int32Array;
}

/** The names that are looked for in objects of one kind. */
export type Keys = readonly Token[];

const WORD = 4;

function tokenOf(text: string): Token {
  const bytes = new DataView(Uint8Array.from(text, (character) => character.charCodeAt(0)).buffer);
  const length = bytes.byteLength;
  const places = Array.from({ length: Math.floor(length / WORD) }, (_, index) => WORD * index);
  return { text, length, words: Int32Array.from([...places, length - WORD], (at) => bytes.getInt32(at, true)) };
}

/** Names as they stand in files: with their quotes and the colon. */
export function keysOf(...names: readonly string[]): Keys {
  return names.map((name) => tokenOf(`"${name}":`));
}

/** Whether a text stands at a place that is followed by as many bytes at least. */
export function isTokenAt(bytes: DataView, at: number, { length, words }: Token): boolean {
  const last = words.length - 1;
  for (let index = 0; index < last; index++) if (bytes.getInt32(at + WORD * index, true) !== words[index]) return false;
  return bytes.getInt32(at + length - WORD, true) === words[last];
}
