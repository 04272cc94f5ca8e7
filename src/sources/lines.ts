/** A place in a text as people and editors count: line and column from 1, columns in UTF-16 units as V8 counts them. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Offsets at which the lines of a text begin; the first is 0. */
export type LineStarts = Int32Array;

/** Line ends as JavaScript knows them; the scripts of a page are many megabytes, so not by a regular expression. */
export function lineStartsOf(text: string): LineStarts {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) continue;
    if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) starts.push(at + 1);
  }
  return Int32Array.from(starts);
}

/** The last entry of ascending numbers that is at most `value`; -1 where there is none. */
export function lastAtMost(ascending: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The place of an offset, within the text alone. */
export function placeAt(starts: LineStarts, offset: number): Place {
  const line = lastAtMost(starts, offset);
  return { line: line + 1, column: offset - starts[line]! + 1 };
}

/** The offset of a place within the text alone; null where the text has no such line. */
export function offsetAt(starts: LineStarts, { line, column }: Place): number | null {
  const start = starts[line - 1];
  return start === undefined ? null : start + column - 1;
}

/** A place within a script as a place in its document: an inline script begins somewhere on an HTML page's line. */
export function intoDocument({ line, column }: Place, begin: Place): Place {
  return { line: line + begin.line - 1, column: line === 1 ? column + begin.column - 1 : column };
}

/** The way back: a place in the document as one within the script that begins there. */
export function intoScript({ line, column }: Place, begin: Place): Place {
  return { line: line - begin.line + 1, column: line === begin.line ? column - begin.column + 1 : column };
}

/** Where a script of its own begins. */
export const textBegin: Place = { line: 1, column: 1 };
