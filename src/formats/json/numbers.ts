import { ARRAY } from './nesting.ts';
import type { JsonScanner } from './scanner.ts';
import { textOf } from './text.ts';
import type { WideColumn } from './wide-column.ts';

const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const E = 0x65;
const LOWER_CASE = 0x20;

/** Digits that a whole number of 32 bits always has room for. */
const MOST_DIGITS = 9;
const MOST_EXACT_DIGITS = 15;
/** Bytes of a number. */
const LONGEST = 1000;

/** Takes a number. One that is too large to be held is infinite. */
export function readNumber(scanner: JsonScanner): number {
  if (scanner.peek() !== MINUS) {
    const value = readDigits(scanner);
    if (value >= 0) return value;
  }
  const start = scanner.at;
  skipNumber(scanner);
  if (scanner.at - start > LONGEST) throw scanner.error(`a number takes more than ${LONGEST} bytes`, start);
  return decimal(scanner.bytes, start, scanner.at) ?? Number(textOf(scanner.bytes, start, scanner.at));
}

/**
 * A number with a point and few digits, without making text of it: a whole number and a power of ten that are exact both, so
 * that their quotient is the nearest number there is (Clinger, "How to read floating point numbers accurately").
 */
function decimal(bytes: Uint8Array, start: number, end: number): number | null {
  if (end - start > MOST_EXACT_DIGITS) return null;
  let value = 0;
  let scale = 1;
  let hasPoint = false;
  for (let at = bytes[start] === MINUS ? start + 1 : start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === DOT) {
      hasPoint = true;
      continue;
    }
    if (byte > NINE) return null;
    value = value * 10 + (byte - ZERO);
    if (hasPoint) scale *= 10;
  }
  return (bytes[start] === MINUS ? -value : value) / scale;
}

/** Takes a whole number of few digits, if that is all that comes next; otherwise gives -1 and stays where it is. */
export function readDigits(scanner: JsonScanner): number {
  const { bytes, at } = scanner;
  let value = 0;
  let end = at;
  for (let digit = bytes[end]! ^ ZERO; digit <= 9; digit = bytes[++end]! ^ ZERO) value = (value * 10 + digit) | 0;
  if (end - at > MOST_DIGITS || end === at || (bytes[at] === ZERO && end > at + 1)) return -1;
  const after = bytes[end]!;
  if (after === DOT || (after | LOWER_CASE) === E) return -1;
  scanner.at = end;
  return value;
}

/** Takes an array of numbers, of which there must not be more than `most`; `takeSome` may take some at once, each with its comma. */
export function readNumbers(
  scanner: JsonScanner,
  into: WideColumn,
  most: number,
  takeSome: (scanner: JsonScanner, into: WideColumn) => boolean = () => false,
): void {
  for (let more = scanner.open(ARRAY); more; more = scanner.next(ARRAY)) {
    into.push(readNumber(scanner));
    while (into.length <= most && takeSome(scanner, into));
    if (into.length > most) throw scanner.error(`there are more than ${Math.floor(most)} numbers`);
  }
}

/** Takes a number, and makes nothing of it. */
export function skipNumber(scanner: JsonScanner): void {
  const { bytes, at } = scanner;
  const start = bytes[at] === MINUS ? at + 1 : at;
  let end = digitsEnd(bytes, start);
  let isNumber = end > start && (bytes[start] !== ZERO || end === start + 1);
  if (isNumber && bytes[end] === DOT) {
    const fraction = end + 1;
    end = digitsEnd(bytes, fraction);
    isNumber = end > fraction;
  }
  if (isNumber && (bytes[end]! | LOWER_CASE) === E) {
    const power = bytes[end + 1] === MINUS || bytes[end + 1] === PLUS ? end + 2 : end + 1;
    end = digitsEnd(bytes, power);
    isNumber = end > power;
  }
  if (!isNumber) throw scanner.unexpected('a number');
  scanner.at = end;
}

function digitsEnd(bytes: Uint8Array, start: number): number {
  let end = start;
  while (bytes[end]! >= ZERO && bytes[end]! <= NINE) end++;
  return end;
}
