import { Column } from '../profile/column.ts';
import { PairTable } from '../profile/pair-table.ts';
import type { JsonScanner } from './json/scanner.ts';

/** V8's own description of a function, as traces and the Profiler domain both give it. Lines and columns are 0-based. */
export interface CallFrame {
  readonly functionName: string;
  readonly scriptId?: string | number;
  readonly url?: string;
  readonly lineNumber?: number;
  readonly columnNumber?: number;
  /** `JS`, `other` …; only in traces. */
  readonly codeType?: string;
}

/** Browsers, workers and Node all have it, though it is no part of the language. */
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const NONE = -1;
/** For looking at four bytes at a time: the brace, and bits, in each of them. */
const CLOSES = 0x7d7d7d7d;
const LOWEST_BITS = 0x01010101;
const HIGHEST_BITS = 0x80808080;
/** Bytes that are compared at a time. */
const WORD = 4;
/** Bytes of a call frame with an empty name and nothing else, and less. */
const SHORTEST = 2 * WORD;

/**
 * Call frames out of JSON, each text of one parsed once. A trace names few functions very often: 100,000 nodes have some
 * hundred frames. A text is known again by its bytes, and nothing is made of it then.
 */
export class CallFrames {
  readonly frames: CallFrame[] = [];
  readonly #bytes: Uint8Array;
  readonly #words: DataView;
  readonly #decoder = new TextDecoder();
  /** Hashes and lengths of texts; those that have both in common stand under the hashes that follow. */
  readonly #texts = new PairTable();
  /** By text: where it begins, and the number of its frame. */
  readonly #starts = Column.ints();
  readonly #frameByText = Column.ints();

  /** Of one stream. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Takes a call frame, and gives its number. Throws a RangeError for what is none. */
  take(scanner: JsonScanner): number {
    scanner.peek();
    const start = scanner.at;
    // Where the first brace that closes stands in a name, or another object is inside, no frame has the text up to there.
    const firstEnd = this.#firstEnd(start);
    const known = firstEnd - start < SHORTEST ? NONE : this.#find(start, firstEnd);
    if (known !== NONE) {
      scanner.at = firstEnd;
      return this.#frameByText.at(known);
    }
    const end = endOfObject(this.#bytes, start);
    scanner.at = end;
    const again = end === firstEnd ? NONE : this.#find(start, end);
    return again === NONE ? this.#addText(start, end) : this.#frameByText.at(again);
  }

  /** Adds the frame that a text says, known or not, and gives its number. Throws a RangeError for what is none. */
  add(text: Uint8Array): number {
    // Names of the page's may hold what is no UTF-8.
    const frame: unknown = JSON.parse(this.#decoder.decode(text));
    if (!isCallFrame(frame)) throw new RangeError('a call frame of another shape');
    return this.frames.push(frame) - 1;
  }

  /** Behind the first brace that closes; 0 if none comes. */
  #firstEnd(start: number): number {
    const words = this.#words;
    const last = words.byteLength - WORD;
    let at = start;
    for (; at <= last; at += WORD) {
      // The highest bit of each byte that is such a brace, and perhaps of those to its left.
      const others = words.getInt32(at, true) ^ CLOSES;
      if (((others - LOWEST_BITS) & ~others & HIGHEST_BITS) !== 0) break;
    }
    for (; at < words.byteLength; at++) if (this.#bytes[at] === CLOSE) return at + 1;
    return 0;
  }

  /** The number of a text. */
  #find(start: number, end: number): number {
    const length = end - start;
    for (let hash = this.#hash(start, end); ; hash = (hash + 1) | 0) {
      const text = this.#texts.find(hash, length);
      if (text === NONE || this.#isSame(this.#starts.at(text), start, length)) return text;
    }
  }

  #addText(start: number, end: number): number {
    const frame = this.add(this.#bytes.subarray(start, end));
    let hash = this.#hash(start, end);
    while (this.#texts.find(hash, end - start) !== NONE) hash = (hash + 1) | 0;
    this.#texts.take(hash, end - start);
    this.#starts.push(start);
    this.#frameByText.push(frame);
    return frame;
  }

  #hash(start: number, end: number): number {
    const words = this.#words;
    const last = end - WORD;
    let hash = 0;
    for (let at = start; at < last; at += WORD) hash = mixed(hash, words.getInt32(at, true));
    return mixed(hash, words.getInt32(last, true));
  }

  #isSame(start: number, other: number, length: number): boolean {
    const words = this.#words;
    const last = length - WORD;
    for (let at = 0; at < last; at += WORD)
      if (words.getInt32(start + at, true) !== words.getInt32(other + at, true)) return false;
    return words.getInt32(start + last, true) === words.getInt32(other + last, true);
  }
}

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}

/** Where an object ends, if it is one at all: whoever parses it finds out. */
function endOfObject(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== OPEN) throw new RangeError(`a call frame should come at byte ${start}`);
  const last = bytes.length;
  let open = 1;
  let at = start + 1;
  while (open > 0 && at < last) {
    const byte = bytes[at++]!;
    if (byte === QUOTE) {
      while (at < last && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
      at++;
    } else if (byte === CLOSE) open--;
    else if (byte === OPEN) open++;
  }
  if (at > last || open > 0 || at - start < SHORTEST)
    throw new RangeError(`a call frame of another shape at byte ${start}`);
  return at;
}

function isCallFrame(value: unknown): value is CallFrame {
  if (typeof value !== 'object' || value === null) return false;
  const { functionName, url, lineNumber, columnNumber } = value as Partial<Record<keyof CallFrame, unknown>>;
  const isNumber = (number: unknown) => number === undefined || typeof number === 'number';
  const isAddress = url === undefined || typeof url === 'string';
  return typeof functionName === 'string' && isAddress && isNumber(lineNumber) && isNumber(columnNumber);
}
