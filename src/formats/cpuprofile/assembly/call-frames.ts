/** The call frames that a file has had so far, as the texts that they are, and the number of each. */
import { braceEnd, keep, numberOf, SHORTEST } from '../../assembly/known-texts.ts';
import { at, go, goToQuote, takeByte, takePlace, takeToken, token } from '../../assembly/taking.ts';
import { start, WINDOW } from './window.ts';

const CLOSING_BRACE: u8 = 0x7d;

/** Of each call frame that was met first in this look: where its name and address begin and end in the file, its place. */
const FIELDS: i32 = 6;
export const fresh = memory.data((4 * FIELDS * WINDOW) / SHORTEST, 16);
export let freshCount: i32 = 0;

const nameHead = token('{"functionName":"');
const scriptHead = token('","scriptId":"');
const urlHead = token('","url":"');
const lineHead = token('","lineNumber":');
const columnHead = token(',"columnNumber":');

export function forgetFresh(): void {
  freshCount = 0;
}

/** Takes a call frame that was met before, if one comes next; gives its number, otherwise -1. */
export function takeKnown(): i32 {
  const text = at;
  const textEnd = braceEnd(text, start + WINDOW);
  if (textEnd === 0) return -1;
  const number = numberOf(text, textEnd - text);
  if (number >= 0) go(textEnd);
  return number;
}

/** Takes a call frame in V8's form that is new, and gives it a number; -1 if none comes. `base`: as for takeNodes. */
export function takeNew(number: i32, base: i32): i32 {
  const text = at;
  if (!takeToken(nameHead, 17)) return -1;
  const name = at;
  if (!goToQuote()) return -1;
  const nameEnd = at;
  if (!takeToken(scriptHead, 14) || !goToQuote() || !takeToken(urlHead, 9)) return -1;
  const url = at;
  if (!goToQuote()) return -1;
  const urlEnd = at;
  if (!takeToken(lineHead, 15)) return -1;
  const line = takePlace();
  if (line < 0 || !takeToken(columnHead, 16)) return -1;
  const column = takePlace();
  if (column < 0 || !takeByte(CLOSING_BRACE)) return -1;
  // A brace in its name or its address: it may be a known one all the same.
  const known = numberOf(text, at - text);
  if (known >= 0) return known;
  keep(text, at - text, number);
  const row = fresh + 4 * FIELDS * freshCount++;
  store<i32>(row, base + <i32>(name - start));
  store<i32>(row, base + <i32>(nameEnd - start), 4);
  store<i32>(row, base + <i32>(url - start), 8);
  store<i32>(row, base + <i32>(urlEnd - start), 12);
  store<i32>(row, line, 16);
  store<i32>(row, column, 20);
  return number;
}
