/** The call frames that a file has had so far, as the texts that they are, and the number of each. */
import { at, go, goToQuote, start, takeByte, takePlace, takeToken, token, WINDOW } from './window.ts';

/** Bytes of the shortest call frame that is kept. */
const SHORTEST: i32 = 40;
/** Bytes of `{"functionName":"`, with which all begin. */
const PREFIX: usize = 17;
const BLOCK: i32 = 16;
const CLOSING_BRACE: u8 = 0x7d;

/** Lists of texts of one hash. */
const LISTS: i32 = 1 << 14;
/** Texts that one is compared with; one that is not among them counts as new, so that no file makes this slow. */
const MOST_TRIES: i32 = 16;
/** Bytes that texts may take in all; later ones are not kept. */
const MOST_TEXT: usize = 1 << 24;
const PAGE: usize = 1 << 16;
const PAGES_AT_ONCE: i32 = 16;

/** Address of the first text of each list. */
const lists = memory.data(4 * LISTS, 16);

/** What is kept of a text: address of the next one of its list, length, and number of the call frame. */
const LENGTH: usize = 4;
const NUMBER: usize = 8;
const TEXT: usize = 16;

const kept: usize = (__heap_base + 15) & ~15;
let keptEnd: usize = kept;

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

/** Where the text that begins here ends, going by the first brace: right, if that text turns out to be a known one. */
function braceEnd(from: usize): usize {
  let block = from + SHORTEST - BLOCK;
  for (; block < start + WINDOW; block += BLOCK) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(block), i8x16.splat(CLOSING_BRACE)));
    if (found !== 0) return block + ctz(found) + 1;
  }
  return 0;
}

function mixed(hash: u64, word: u64): u64 {
  const product = (hash ^ word) * 0x9e3779b97f4a7;
  return product ^ (product >> 29);
}

/** Made of the length, the beginning of the name, and the end: of the address, the line and the column. */
function listOf(text: usize, length: usize): usize {
  const end = text + length;
  let hash = mixed(length, load<u64>(text + PREFIX));
  hash = mixed(hash, load<u64>(text + PREFIX + 8));
  for (let word = end - 32; word < end; word += 8) hash = mixed(hash, load<u64>(word));
  return lists + 4 * (<u32>hash & <u32>(LISTS - 1));
}

/** From the end on: there the numbers are, which tell the nameless functions of a script apart. */
function isSame(one: usize, other: usize, length: usize): bool {
  for (let offset = length - BLOCK; offset > 0; offset = offset > <usize>BLOCK ? offset - BLOCK : 0)
    if (v128.any_true(v128.xor(v128.load(one + offset), v128.load(other + offset)))) return false;
  return !v128.any_true(v128.xor(v128.load(one), v128.load(other)));
}

/** The number of the call frame that a text is; -1 if it is none that was kept. */
function numberOf(text: usize, length: usize): i32 {
  let entry: usize = load<u32>(listOf(text, length));
  for (let tries = MOST_TRIES; tries > 0 && entry !== 0; tries--) {
    if (load<u32>(entry + LENGTH) === <u32>length && isSame(entry + TEXT, text, length))
      return load<i32>(entry + NUMBER);
    entry = load<u32>(entry);
  }
  return -1;
}

/** Keeps a text, as long as there is room. */
export function keep(text: usize, length: usize, number: i32): void {
  if (length < <usize>SHORTEST) return;
  const end = (keptEnd + TEXT + length + 15) & ~15;
  if (end - kept > MOST_TEXT) return;
  const missing = <i32>((end + PAGE - 1) / PAGE) - memory.size();
  if (missing > 0 && memory.grow(missing + PAGES_AT_ONCE) < 0) return;
  const list = listOf(text, length);
  store<u32>(keptEnd, load<u32>(list));
  store<u32>(keptEnd + LENGTH, <u32>length);
  store<i32>(keptEnd + NUMBER, number);
  memory.copy(keptEnd + TEXT, text, length);
  store<u32>(list, <u32>keptEnd);
  keptEnd = end;
}

/** Takes a call frame that was met before, if one comes next; gives its number, otherwise -1. */
export function takeKnown(): i32 {
  const text = at;
  const textEnd = braceEnd(text);
  if (textEnd === 0) return -1;
  const number = numberOf(text, textEnd - text);
  if (number >= 0) go(textEnd);
  return number;
}

/** Takes a call frame in V8's form that is new, and gives it a number; -1 if none comes. `base`: see {@link scanNodes}. */
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
