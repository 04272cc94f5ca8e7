import { readNumber } from '../json/numbers.ts';
import type { JsonScanner } from '../json/scanner.ts';

/** Instead of a place or a number that is not there. */
export const NONE = -1;

const MOST_INT32 = 2 ** 31 - 1;

/** Takes a whole number from `least` on that a column holds, and one more. */
export function readInteger(scanner: JsonScanner, least: number, what: string): number {
  const value = readNumber(scanner);
  if (value >= least && value < MOST_INT32 && Number.isInteger(value)) return value;
  throw scanner.error(`${what} is ${value}, and no whole number from ${least} to ${MOST_INT32 - 1}`);
}

/** Takes microseconds since some beginning. */
export function readTime(scanner: JsonScanner, what: string): number {
  const value = readNumber(scanner);
  if (isTime(value)) return value;
  throw scanner.error(`${what} is ${value}, and no time`);
}

/** Beyond this, a number of microseconds is not exact. */
export function isTime(value: number): boolean {
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}
