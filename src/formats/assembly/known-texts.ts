/** The texts of JSON objects that come again and again, and the number of each. */

/** Bytes of the shortest text that is kept. */
export const SHORTEST: i32 = 48;
/** Bytes of `{"functionName":"`, with which call frames begin. */
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

/** What is kept of a text: address of the next one of its list, length, and number. */
const LENGTH: usize = 4;
const NUMBER: usize = 8;
const TEXT: usize = 16;

const kept: usize = (__heap_base + 15) & ~15;
let keptEnd: usize = kept;

/** Where the object that begins here ends, going by its first brace: right, if its text turns out to be a known one. */
export function braceEnd(from: usize, limit: usize): usize {
  let block = from + SHORTEST - BLOCK;
  for (; block < limit; block += BLOCK) {
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
  for (let word = end - SHORTEST; word < end; word += 8) hash = mixed(hash, load<u64>(word));
  return lists + 4 * (<u32>hash & <u32>(LISTS - 1));
}

/** From the end on: there the numbers are, which tell the nameless functions of a script apart. */
function isSame(one: usize, other: usize, length: usize): bool {
  for (let offset = length - BLOCK; offset > 0; offset = offset > <usize>BLOCK ? offset - BLOCK : 0)
    if (v128.any_true(v128.xor(v128.load(one + offset), v128.load(other + offset)))) return false;
  return !v128.any_true(v128.xor(v128.load(one), v128.load(other)));
}

/** The number of a text; -1 if it is none that was kept. */
export function numberOf(text: usize, length: usize): i32 {
  if (length < <usize>SHORTEST) return -1;
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
