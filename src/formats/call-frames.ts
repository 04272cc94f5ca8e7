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

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * Call frames out of JSON. A trace names few functions very often: 100,000 nodes have some hundred frames. A text is known
 * again, and parsed once.
 */
export class CallFrames {
  readonly frames: CallFrame[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #decoder = new TextDecoder();

  /** Takes a call frame, and gives its number. Throws a RangeError for what is none. */
  take(scanner: JsonScanner): number {
    scanner.peek();
    const start = scanner.at;
    scanner.at = endOfObject(scanner.bytes, start);
    const text = this.#decoder.decode(scanner.bytes.subarray(start, scanner.at));
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#add(text);
      this.#numbers.set(text, number);
    }
    return number;
  }

  /** Adds the frame that a text says, known or not, and gives its number. Throws a RangeError for what is none. */
  add(text: Uint8Array): number {
    return this.#add(this.#decoder.decode(text));
  }

  #add(text: string): number {
    // Names of the page's may hold what is no UTF-8.
    const frame: unknown = JSON.parse(text);
    if (!isCallFrame(frame)) throw new RangeError('a call frame of another shape');
    return this.frames.push(frame) - 1;
  }
}

/** Where an object ends, if it is one at all: whoever parses it finds out. */
function endOfObject(bytes: Uint8Array, start: number): number {
  const last = bytes.length;
  let open = 0;
  let at = start;
  if (bytes[at] !== OPEN) throw new RangeError('no call frame where one should come');
  do {
    const byte = bytes[at++]!;
    if (byte === QUOTE) {
      while (at < last && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
      at++;
    } else if (byte === CLOSE) open--;
    else if (byte === OPEN) open++;
  } while (open > 0 && at < last);
  if (open > 0 || at > last) throw new RangeError('a call frame that does not end');
  return at;
}

function isCallFrame(value: unknown): value is CallFrame {
  if (typeof value !== 'object' || value === null) return false;
  const { functionName, url, lineNumber, columnNumber } = value as Partial<Record<keyof CallFrame, unknown>>;
  const isNumber = (number: unknown) => number === undefined || typeof number === 'number';
  const isAddress = url === undefined || typeof url === 'string';
  return typeof functionName === 'string' && isAddress && isNumber(lineNumber) && isNumber(columnNumber);
}
