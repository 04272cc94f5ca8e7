/** What is recognized in a text byte by byte. The memory behind a text is zeros: nothing that is looked for has one. */

const TOKENS: i32 = 256;
const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const MINUS: u8 = 0x2d;
const ZERO: u8 = 0x30;
const BACKSLASH: u8 = 0x5c;
const SPACE: u8 = 0x20;
const MOST_DIGITS: usize = 9;

const tokens = memory.data(TOKENS, 16);
let tokensEnd = tokens;

/** Address of the byte that comes next. */
export let at: usize = 0;

export function go(to: usize): void {
  at = to;
}

/** Keeps a text of ASCII characters to be compared; gives where. */
export function token(text: string): usize {
  const kept = tokensEnd;
  for (let index = 0; index < text.length; index++) store<u8>(tokensEnd++, <u8>text.charCodeAt(index));
  return kept;
}

/** Takes a text of 8 to 24 bytes, if it comes next. */
export function takeToken(text: usize, length: usize): bool {
  if (load<u64>(at) !== load<u64>(text)) return false;
  if (length > 16 && load<u64>(at + 8) !== load<u64>(text + 8)) return false;
  if (load<u64>(at + length - 8) !== load<u64>(text + length - 8)) return false;
  at += length;
  return true;
}

/** Takes a text of 4 to 8 bytes, if it comes next. */
export function takeShortToken(text: usize, length: usize): bool {
  if (load<u32>(at) !== load<u32>(text) || load<u32>(at + length - 4) !== load<u32>(text + length - 4)) return false;
  at += length;
  return true;
}

/** Takes a byte, if it comes next. */
export function takeByte(byte: u8): bool {
  if (load<u8>(at) !== byte) return false;
  at++;
  return true;
}

/** Takes a comma, or the bracket that closes; 0 where neither comes. */
export function takeNext(bracket: u8): u8 {
  const byte = load<u8>(at++);
  return byte === COMMA || byte === bracket ? byte : 0;
}

/** Takes a whole number of few digits, without a sign; -1 where none comes. */
export function takeDigits(): i32 {
  const first = at;
  let value: u32 = 0;
  for (let digit: u32 = load<u8>(at) ^ ZERO; digit <= 9; digit = load<u8>(++at) ^ ZERO) value = value * 10 + digit;
  const length = at - first;
  return length === 0 || length > MOST_DIGITS || (length > 1 && load<u8>(first) === ZERO) ? -1 : value;
}

/** Takes the number of a line or a column, and gives it counted from one: 0 where it is unknown, -1 where none comes. */
export function takePlace(): i32 {
  if (!takeByte(MINUS)) {
    const value = takeDigits();
    return value < 0 ? -1 : value + 1;
  }
  return takeDigits() === 1 ? 0 : -1;
}

/** Goes to the quote that ends a string, if ASCII characters stand there that need no escape. */
export function goToQuote(): bool {
  for (let byte = load<u8>(at); byte !== QUOTE; byte = load<u8>(++at))
    if (byte < SPACE || byte >= 0x80 || byte === BACKSLASH) return false;
  return true;
}
