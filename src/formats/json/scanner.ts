import { ARRAY, type Bracket, CLOSING, Nesting, OBJECT } from './nesting.ts';
import { skipNumber } from './numbers.ts';
import { characterLength, textOf, unescaped } from './text.ts';
import { isTokenAt, type Keys, type Token } from './tokens.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const U = 0x75;

/** 1 for each byte that stands for itself in a string: ASCII without controls, quotes and backslashes. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= SPACE && byte < 0x80 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

const literals = ['true', 'false', 'null'];
/** Bytes. None that is looked for takes more, even with every character of it escaped. */
const LONGEST_KEY = 100;

/** Levels that a value that is passed over may have: far more than any, and few enough to be counted in no time. */
const DEEPEST = 1_000_000;

/** Bytes between two reports of how far the scanner is. */
const REPORT = 1 << 20;

/**
 * Goes through the bytes of a JSON text once, and makes nothing of what it is not asked for. It takes what `JSON.parse`
 * takes, and refuses the rest with an error in words that ends with the place. Arrays and objects are walked so:
 *
 *     for (let more = scanner.open(ARRAY); more; more = scanner.next(ARRAY)) values.push(readNumber(scanner));
 */
export class JsonScanner {
  readonly bytes: Uint8Array;
  /** The same bytes. */
  readonly words: DataView;
  at = 0;
  /** The string that was met last, without its quotes. */
  textStart = 0;
  textEnd = 0;
  isEscaped = false;
  readonly #onProgress: (at: number) => void;
  #reportAt = REPORT;
  /** Of a value that is passed over. */
  readonly #around = new Nesting();

  constructor(bytes: Uint8Array, onProgress: (at: number) => void = () => {}) {
    this.bytes = bytes;
    this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#onProgress = onProgress;
    // A byte order mark.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3;
  }

  /** Enters an array or an object; false if nothing is in it. */
  open(bracket: Bracket): boolean {
    if (this.peek() !== bracket) throw this.unexpected(bracket === ARRAY ? 'an array' : 'an object');
    this.at++;
    if (this.peek() !== bracket + CLOSING) return true;
    this.at++;
    return false;
  }

  /** Goes on behind an element; false if it was the last one. */
  next(bracket: Bracket): boolean {
    if (this.at >= this.#reportAt) {
      this.#reportAt = this.at + REPORT;
      this.#onProgress(this.at);
    }
    const byte = this.peek();
    if (byte !== COMMA && byte !== bracket + CLOSING) throw this.unexpected(bracket === ARRAY ? ', or ]' : ', or }');
    this.at++;
    return byte === COMMA;
  }

  /** The byte that comes next, white space aside; -1 at the end. */
  peek(): number {
    const byte = this.bytes[this.at]!;
    return byte > SPACE ? byte : this.#peekBehindSpace();
  }

  #peekBehindSpace(): number {
    const { bytes } = this;
    for (let { at } = this; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === SPACE || byte === LINE_FEED || byte === RETURN || byte === TAB) continue;
      this.at = at;
      return byte;
    }
    this.at = bytes.length;
    return -1;
  }

  /**
   * Takes the name of an entry and its colon, and gives which of the keys it is; -1 for none of them. `last` is the one
   * before: the key after it is tried first.
   */
  key(keys: Keys, last: number): number {
    this.peek();
    let key = last;
    for (let tries = keys.length; tries > 0; tries--) {
      key = key + 1 < keys.length ? key + 1 : 0;
      if (this.token(keys[key]!)) return key;
    }
    return this.#otherKey(keys);
  }

  /** Adds a key to the set of those that an object has had; none may come twice. */
  once(key: number, had: number): number {
    if (key < 0) return had;
    const bit = 1 << key;
    if (had & bit) throw this.error('an entry comes a second time');
    return had | bit;
  }

  /** Takes a text, if it comes next, to the byte. */
  token(token: Token): boolean {
    // The length of an array is at hand, that of a view takes a call.
    if (this.at + token.length > this.bytes.length || !isTokenAt(this.words, this.at, token)) return false;
    this.at += token.length;
    return true;
  }

  #otherKey(keys: Keys): number {
    this.#skipKey();
    if (this.textEnd - this.textStart > LONGEST_KEY) return -1;
    const name = `"${this.text()}":`;
    return keys.findIndex((key) => name === key.text);
  }

  #skipKey(): void {
    this.string();
    if (this.peek() !== COLON) throw this.unexpected('a colon');
    this.at++;
  }

  /** The string that was met last. */
  text(): string {
    return unescaped(textOf(this.bytes, this.textStart, this.textEnd), this.isEscaped);
  }

  /** Takes a string, of which it only says where it is. */
  string(): void {
    if (this.peek() !== QUOTE) throw this.unexpected('a string');
    const { bytes } = this;
    const end = bytes.length;
    let at = this.at + 1;
    this.textStart = at;
    this.isEscaped = false;
    for (;;) {
      while (at < end && plain[bytes[at]!] === 1) at++;
      const byte = bytes[at];
      if (byte === QUOTE) break;
      if (byte === BACKSLASH) {
        this.isEscaped = true;
        at += this.#escapeLength(at);
        continue;
      }
      this.at = at;
      if (byte === undefined) throw this.unexpected('the end of a string');
      if (byte < SPACE) throw this.error('a string has a control character in it');
      const length = characterLength(bytes, at);
      if (length === 0) throw this.error('a string is not in UTF-8');
      at += length;
    }
    this.textEnd = at;
    this.at = at + 1;
  }

  #escapeLength(at: number): number {
    const { bytes } = this;
    const letter = bytes[at + 1];
    if (letter !== undefined && '"\\/bfnrt'.includes(String.fromCharCode(letter))) return 2;
    const isCode = letter === U && /^[\da-f]{4}$/i.test(String.fromCharCode(...bytes.subarray(at + 2, at + 6)));
    if (isCode) return 6;
    this.at = at;
    throw this.error('a string has an escape in it that JSON does not know');
  }

  /** Takes a value of any kind. What is in it is checked, but not read. */
  skip(): void {
    const first = this.peek();
    if (first !== ARRAY && first !== OBJECT) {
      this.#skipPlain(first);
      return;
    }
    const around = this.#around;
    let bracket: Bracket = first;
    let more = this.open(bracket);
    for (;;) {
      if (!more) {
        const outer = around.pop();
        if (outer === null) return;
        bracket = outer;
        more = this.next(bracket);
        continue;
      }
      if (bracket === OBJECT) this.#skipKey();
      const inner = this.peek();
      if (inner === ARRAY || inner === OBJECT) {
        around.push(bracket);
        if (around.depth > DEEPEST) throw this.error(`a value goes more than ${DEEPEST} levels deep`);
        bracket = inner;
        more = this.open(bracket);
      } else {
        this.#skipPlain(inner);
        more = this.next(bracket);
      }
    }
  }

  #skipPlain(first: number): void {
    if (first === QUOTE) this.string();
    else if (first === MINUS || (first >= ZERO && first <= NINE)) skipNumber(this);
    else this.#skipWord();
  }

  #skipWord(): void {
    const { bytes, at } = this;
    const word = literals.find((each) => textOf(bytes, at, Math.min(at + each.length, bytes.length)) === each);
    if (!word) throw this.unexpected('a value');
    this.at += word.length;
  }

  /** Nothing but white space may be left. */
  finish(): void {
    if (this.peek() >= 0) throw this.unexpected('the end of the file');
  }

  /** Where an element of an array begins, for messages. */
  placeOf(array: number, index: number): number {
    this.at = array;
    let more = this.open(ARRAY);
    for (let passed = 0; more && passed < index; passed++) {
      this.skip();
      more = this.next(ARRAY);
    }
    this.peek();
    return this.at;
  }

  unexpected(what: string): Error {
    const byte = this.peek();
    if (byte < 0) return this.error(`it ends where ${what} should come`);
    const found = byte > SPACE && byte < 0x7f ? String.fromCharCode(byte) : `byte 0x${byte.toString(16)}`;
    return this.error(`${what} should come where ${found} is`);
  }

  error(problem: string, at = this.at): Error {
    return new Error(`${problem} (at byte ${at})`);
  }
}
