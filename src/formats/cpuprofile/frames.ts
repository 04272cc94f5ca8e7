import { Column } from '../../profile/column.ts';
import type { FrameBook } from '../../profile/frame-book.ts';
import { FrameKind } from '../../profile/model.ts';
import { textOf, unescaped } from '../json/text.ts';

/** What is known of a call frame: places of its texts, without their quotes, and numbers as the table of frames has them. */
export interface CallFrame {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly urlStart: number;
  readonly urlEnd: number;
  readonly line: number;
  readonly column: number;
}

/** Numbers for each, in that order. */
export const FIELDS = 6;

/** The call frames of a file, each text of one kept once or a few times. Strings are made of them only in the end. */
export class CallFrames {
  readonly #bytes: Uint8Array;
  readonly #rows = Column.ints();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get count(): number {
    return this.#rows.length / FIELDS;
  }

  /** Adds one, and gives its row. */
  add({ nameStart, nameEnd, urlStart, urlEnd, line, column }: CallFrame): number {
    const row = this.count;
    for (const field of [nameStart, nameEnd, urlStart, urlEnd, line, column]) this.#rows.push(field);
    return row;
  }

  /** Adds some, their fields one after the other. */
  append(fields: Int32Array): void {
    this.#rows.append(fields);
  }

  /** Enters the frames into a book of them, and gives which of its frames each row is. */
  enter(book: FrameBook): Int32Array {
    const rows = this.#rows.view;
    const frameByRow = new Int32Array(this.count);
    for (let row = 0, at = 0; row < frameByRow.length; row++, at += FIELDS) {
      const name = this.#text(rows[at]!, rows[at + 1]!);
      const url = this.#text(rows[at + 2]!, rows[at + 3]!);
      const line = rows[at + 4]!;
      const kind = url !== '' || line > 0 ? FrameKind.script : FrameKind.native;
      frameByRow[row] = book.enter({ name, url, line, column: rows[at + 5]!, kind });
    }
    return frameByRow;
  }

  #text(start: number, end: number): string {
    const text = textOf(this.#bytes, start, end);
    return unescaped(text, text.includes('\\'));
  }
}
