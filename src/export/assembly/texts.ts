/** Texts that were given, in UTF-8 with a zero after each, and how they are written: escaped if they are data. */
import { putBytes, putToken, take, token } from './bytes.ts';

/** Bytes that one byte takes at most when it is escaped. */
export const MOST_ESCAPED: usize = 6;

const ampersand = token('&amp;');
const less = token('&lt;');
const greater = token('&gt;');
const quote = token('&quot;');
const apostrophe = token('&#39;');

/** Addresses of the texts and of what comes after the last one; whether they can stand in a file as they are. */
let starts: usize = 0;
let arePlain: usize = 0;

/** Finds so many texts from an address on. */
export function findTexts(from: usize, count: i32): void {
  starts = take(4 * (count + 1));
  arePlain = take(count);
  const zero = i8x16.splat(0);
  let text = 0;
  let isPlain = true;
  store<u32>(starts, <u32>from);
  for (let block = from; text < count; block += 16) {
    const bytes = v128.load(block);
    let ends = i8x16.bitmask(i8x16.eq(bytes, zero));
    const escaped = i8x16.bitmask(areEscaped(bytes));
    let before = 0;
    for (; ends !== 0 && text < count; ends &= ends - 1) {
      const at = ctz(ends);
      const upTo = (1 << at) - 1;
      store<u8>(arePlain + text, <u8>(isPlain && (escaped & upTo & ~before) === 0));
      store<u32>(starts + 4 * ++text, <u32>block + at + 1);
      isPlain = true;
      before = upTo;
    }
    if ((escaped & ~before) !== 0) isPlain = false;
  }
}

function areEscaped(bytes: v128): v128 {
  const brackets = v128.or(i8x16.eq(bytes, i8x16.splat(0x3c)), i8x16.eq(bytes, i8x16.splat(0x3e)));
  const quotes = v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x27)));
  return v128.or(v128.or(brackets, quotes), i8x16.eq(bytes, i8x16.splat(0x26)));
}

export function startOf(text: i32): usize {
  return load<u32>(starts + 4 * text);
}

export function lengthOf(text: i32): usize {
  return startOf(text + 1) - startOf(text) - 1;
}

/** What needs no escaping, because it is the program's own. */
export function putText(text: i32): void {
  putBytes(startOf(text), lengthOf(text));
}

/** What may need it. */
export function putData(text: i32): void {
  if (load<u8>(arePlain + text)) putText(text);
  else putEscaped(startOf(text), startOf(text) + lengthOf(text));
}

export function putEscaped(from: usize, to: usize): void {
  let plain = from;
  for (let at = from; at < to; at++) {
    const entity = entityOf(load<u8>(at));
    if (entity === 0) continue;
    putBytes(plain, at - plain);
    putToken(entity);
    plain = at + 1;
  }
  putBytes(plain, to - plain);
}

function entityOf(byte: u8): usize {
  if (byte > 0x3e) return 0;
  if (byte === 0x26) return ampersand;
  if (byte === 0x3c) return less;
  if (byte === 0x3e) return greater;
  if (byte === 0x22) return quote;
  return byte === 0x27 ? apostrophe : 0;
}
