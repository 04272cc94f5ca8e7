/** The bytes that are written, behind all that they are made of: memory grows with them. */

const PAGE: usize = 1 << 16;
/** Growing is dear, memory that nobody touches is not. */
const PAGES_AT_ONCE: i32 = 64;
const BLOCK: usize = 16;
/** Bytes behind what is reserved that may be read or written: texts are copied in whole blocks. */
const SLACK: usize = 2 * BLOCK;

const TOKENS: i32 = 1024;
const tokens = memory.data(TOKENS, 16);
let tokensEnd = tokens;

const ZERO: u8 = 0x30;
const POINT: u8 = 0x2e;
export const COMMA: u8 = 0x2c;

/** By number below 1000: its three digits, and in the last byte how many of them it needs. */
const GROUP: u32 = 1000;
const LENGTH_SHIFT: u32 = 24;
const groups = memory.data(4 * 1000, 16);
for (let value: u32 = 0; value < GROUP; value++) {
  const length: u32 = value < 10 ? 1 : value < 100 ? 2 : 3;
  const digits = (value / 100) | (((value / 10) % 10) << 8) | ((value % 10) << 16);
  store<u32>(groups + 4 * value, digits | 0x303030 | (length << LENGTH_SHIFT));
}

/** Address of the byte that comes next. */
export let end: usize = __heap_base;

/** Where memory ends. */
let limit: usize = <usize>memory.size() * PAGE;

/** Makes room for so many bytes from the end on. */
export function reserve(bytes: usize): void {
  if (end + bytes + SLACK > limit) grow(end + bytes + SLACK - limit);
}

function grow(bytes: usize): void {
  const pages = <i32>((bytes + PAGE - 1) / PAGE);
  if (memory.grow(max(pages, PAGES_AT_ONCE)) < 0 && memory.grow(pages) < 0) unreachable();
  limit = <usize>memory.size() * PAGE;
}

/** So many bytes of zeros for a column; gives their address. */
export function take(bytes: usize): usize {
  end = (end + BLOCK - 1) & ~(BLOCK - 1);
  reserve(bytes);
  const address = end;
  end += bytes;
  return address;
}

/** Keeps a text to be written, without surrogates; gives its address, where its length in bytes is. */
export function token(text: string): usize {
  const kept = tokensEnd;
  tokensEnd += 4;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      store<u8>(tokensEnd++, unit);
      continue;
    }
    if (unit < 0x800) store<u8>(tokensEnd++, 0xc0 | (unit >> 6));
    else {
      store<u8>(tokensEnd++, 0xe0 | (unit >> 12));
      store<u8>(tokensEnd++, 0x80 | ((unit >> 6) & 0x3f));
    }
    store<u8>(tokensEnd++, 0x80 | (unit & 0x3f));
  }
  store<u32>(kept, <u32>(tokensEnd - kept - 4));
  return kept;
}

/** The functions from here on write what there is room for. */

export function putByte(byte: u8): void {
  store<u8>(end++, byte);
}

export function putToken(token: usize): void {
  putBytes(token + 4, load<u32>(token));
}

export function putBytes(from: usize, length: usize): void {
  v128.store(end, v128.load(from));
  // Most texts are short.
  if (length > BLOCK) putBlocks(from, length);
  end += length;
}

function putBlocks(from: usize, length: usize): void {
  for (let offset = BLOCK; offset < length; offset += BLOCK) v128.store(end + offset, v128.load(from + offset));
}

/** The digits of a whole number. */
export function putWhole(value: u64): void {
  if (value < GROUP) {
    const group = groupOf(<u32>value);
    const length = group >> LENGTH_SHIFT;
    store<u32>(end, group >> (8 * (3 - length)));
    end += length;
    return;
  }
  const above = value > <u64>u32.MAX_VALUE ? value / GROUP : thousandth(value);
  putWhole(above);
  putGroup(<u32>(value - GROUP * above));
}

/** With a comma after each group of three digits. */
export function putGrouped(value: u32): void {
  if (value < GROUP) {
    putWhole(value);
    return;
  }
  const above = <u32>thousandth(value);
  putGrouped(above);
  putByte(COMMA);
  putGroup(value - GROUP * above);
}

/** A number of tenths, of 32 bits, with its one decimal. */
export function putTenths(tenths: u32): void {
  const whole = <u32>tenth(tenths);
  putWhole(whole);
  putByte(POINT);
  putByte(ZERO + <u8>(tenths - 10 * whole));
}

/** A number of hundredths, of 32 bits, with its two decimals. */
export function putHundredths(hundredths: u32): void {
  const whole = <u32>hundredth(hundredths);
  const rest = hundredths - 100 * whole;
  putWhole(whole);
  putByte(POINT);
  store<u16>(end, <u16>(groupOf(rest) >> 8));
  end += 2;
}

/** The same without zeros at the end, as JavaScript writes such a number. */
export function putDecimal(hundredths: u32): void {
  const tenths = <u32>tenth(hundredths);
  if (10 * tenths !== hundredths) {
    putHundredths(hundredths);
    return;
  }
  const whole = <u32>tenth(tenths);
  if (10 * whole === tenths) putWhole(whole);
  else putTenths(tenths);
}

function putGroup(value: u32): void {
  store<u32>(end, groupOf(value));
  end += 3;
}

function groupOf(value: u32): u32 {
  return load<u32>(groups + 4 * value);
}

/** Quotients of numbers of 32 bits: code that is compiled in a hurry divides slowly. */
function tenth(value: u64): u64 {
  return (value * 0xcccccccd) >> 35;
}

function hundredth(value: u64): u64 {
  return (value * 0x51eb851f) >> 37;
}

function thousandth(value: u64): u64 {
  return (value * 0x10624dd3) >> 38;
}

/** Goes back to where the end was before. */
export function rewind(to: usize): void {
  end = to;
}
