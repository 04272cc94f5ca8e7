import type { FrameBook } from '../../profile/frame-book.ts';
import { FrameKind } from '../../profile/model.ts';
import { textOf, unescaped } from '../json/text.ts';
import { NONE } from './values.ts';

/** What is known of a call frame: places of its texts, without their quotes, and numbers as the table of frames has them. */
export const Field = {
  nameStart: 0,
  nameEnd: 1,
  urlStart: 2,
  urlEnd: 3,
  line: 4,
  column: 5,
  /** {@link NAME_ESCAPED} and {@link URL_ESCAPED}, added up. */
  escapes: 6,
} as const;
export type Field = (typeof Field)[keyof typeof Field];
export const NAME_ESCAPED = 1;
export const URL_ESCAPED = 2;

/** Where all of it stood when it was met last, from bracket to bracket: that is likelier to be in the processor's cache. */
const START = 7;
const LENGTH = 8;
/** Row + 1 of another one that begins in the same way. */
const NEXT = 9;
/** Made of some of its last bytes: what can't be the same is not looked at. */
const MARK = 10;
const FIELDS = 11;

const FIRST_ROWS = 1024;
/** As many lists of rows that begin in the same way. */
const BEGINNINGS = 1 << 14;
/** Rows that are looked at for a call frame; one that is not among them counts as new, so that no file makes this slow. */
const MOST_TRIES = 16;

const WORD = 4;
const LONG_WORD = 8;
/** Bytes of `345,"columnNumber":67}`. */
const LINE_END = 22;
/** Bytes of `{"functionName":"`, which all begin with. */
const PREFIX = 17;
/** Bytes that tell one from another: of the name first, and where it is short, of the number of the script, too. */
const TELLING = 6 * WORD;

/**
 * The call frames of a file, each text of one kept once (or a few times, where finding out would take long). A profile
 * has some hundred nodes for each, and most of its bytes are theirs: so one that was met before is not read again, but
 * compared. Strings are made of them only in the end.
 */
export class CallFrames {
  readonly #bytes: Uint8Array;
  readonly #words: DataView;
  #rows = new Int32Array(FIELDS * FIRST_ROWS);
  #count = 0;
  /** Row + 1, at the place that its end gives or one of the next. */
  #slots = new Int32Array(2 * FIRST_ROWS);
  /** Row + 1 of the first one, by how it begins. */
  readonly #beginnings = new Int32Array(BEGINNINGS);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The row of the call frame that begins at a place, if it is one of those met before; otherwise -1. */
  met(start: number): number {
    if (start + PREFIX + TELLING > this.#bytes.length) return NONE;
    const rows = this.#rows;
    let row = this.#beginnings[this.#beginning(start)]! - 1;
    for (let tries = MOST_TRIES; tries > 0 && row !== NONE; tries--) {
      const at = FIELDS * row;
      const length = rows[at + LENGTH]!;
      if (this.#mark(start + length) === rows[at + MARK] && this.#isSame(rows[at + START]!, start, length)) {
        rows[at + START] = start;
        return row;
      }
      row = rows[at + NEXT]! - 1;
    }
    return NONE;
  }

  /** Bytes that the call frame of a row takes. */
  lengthOf(row: number): number {
    return this.#rows[FIELDS * row + LENGTH]!;
  }

  /** Writes into the row that is taken next. */
  set(field: Field, value: number): void {
    this.#rows[FIELDS * this.#count + field] = value;
  }

  /** Takes the row that was written, of a call frame from `start` to `end`, or gives an earlier one of the same text. */
  take(start: number, end: number): number {
    const length = end - start;
    const rows = this.#rows;
    const last = this.#slots.length - 1;
    let slot = this.#ending(end) & last;
    for (let tries = MOST_TRIES; tries > 0 && this.#slots[slot] !== 0; tries--) {
      const known = this.#slots[slot]! - 1;
      if (rows[FIELDS * known + LENGTH] === length && this.#isSame(rows[FIELDS * known + START]!, start, length))
        return known;
      slot = (slot + 1) & last;
    }
    const row = this.#count++;
    this.#slots[slot] = row + 1;
    rows[FIELDS * row + START] = start;
    rows[FIELDS * row + LENGTH] = length;
    rows[FIELDS * row + NEXT] = 0;
    if (length >= PREFIX + TELLING) {
      const beginning = this.#beginning(start);
      rows[FIELDS * row + NEXT] = this.#beginnings[beginning]!;
      rows[FIELDS * row + MARK] = this.#mark(end);
      this.#beginnings[beginning] = row + 1;
    }
    if (FIELDS * this.#count === rows.length) this.#grow();
    return row;
  }

  #grow(): void {
    const rows = new Int32Array(2 * this.#rows.length);
    rows.set(this.#rows);
    this.#rows = rows;
    const last = 2 * this.#slots.length - 1;
    this.#slots = new Int32Array(last + 1);
    for (let row = 0; row < this.#count; row++) {
      let slot = this.#ending(rows[FIELDS * row + START]! + rows[FIELDS * row + LENGTH]!) & last;
      for (let tries = MOST_TRIES; tries > 0 && this.#slots[slot] !== 0; tries--) slot = (slot + 1) & last;
      this.#slots[slot] = row + 1;
    }
  }

  #beginning(start: number): number {
    let hash = 0;
    for (let at = start + PREFIX; at < start + PREFIX + TELLING; at += WORD)
      hash = Math.imul(hash ^ this.#words.getInt32(at, true), 0x9e3779b1);
    return (hash ^ (hash >>> 15)) & (BEGINNINGS - 1);
  }

  /** Of the numbers of the column and the line: V8 writes them last. */
  #mark(end: number): number {
    const words = this.#words;
    if (end > this.#bytes.length) return 0;
    return Math.imul(words.getInt32(end - WORD, true), 0x9e3779b1) ^ words.getInt32(end - LINE_END, true);
  }

  /** The number of the column and much of that of the line are at the end. */
  #ending(end: number): number {
    let hash = 0;
    for (let at = end - 8 * WORD; at < end; at += WORD)
      hash = Math.imul(hash ^ this.#words.getInt32(at, true), 0x85ebca6b);
    return hash ^ (hash >>> 15);
  }

  /**
   * From the end on: there the numbers are, which tell the nameless functions of a script apart. Eight bytes that are
   * the same number are the same bytes: the known ones are JSON, so they are neither NaN nor a zero.
   */
  #isSame(known: number, start: number, length: number): boolean {
    const words = this.#words;
    if (start + length > this.#bytes.length) return false;
    let at = length - LONG_WORD;
    while (at > 0 && words.getFloat64(known + at, true) === words.getFloat64(start + at, true)) at -= LONG_WORD;
    return at <= 0 && words.getFloat64(known, true) === words.getFloat64(start, true);
  }

  /** Enters the frames into a book of them, and gives which of its frames each row is. */
  enter(book: FrameBook): Int32Array {
    const bytes = this.#bytes;
    const frameByRow = new Int32Array(this.#count);
    for (let row = 0; row < this.#count; row++) {
      const fields = this.#rows.subarray(FIELDS * row, FIELDS * (row + 1));
      const text = (start: Field, end: Field, flag: number) =>
        unescaped(textOf(bytes, fields[start]!, fields[end]!), (fields[Field.escapes]! & flag) !== 0);
      const name = text(Field.nameStart, Field.nameEnd, NAME_ESCAPED);
      const url = text(Field.urlStart, Field.urlEnd, URL_ESCAPED);
      const line = fields[Field.line]!;
      const kind = url !== '' || line > 0 ? FrameKind.script : FrameKind.native;
      frameByRow[row] = book.enter({ name, url, line, column: fields[Field.column]!, kind });
    }
    return frameByRow;
  }
}
