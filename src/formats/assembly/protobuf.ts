/** Reads protobuf messages: fields of a number and a kind each, of which those that matter are read and others passed over. */

export const VARINT: u32 = 0;
const FIXED64: u32 = 1;
export const BYTES: u32 = 2;
const FIXED32: u32 = 5;
const MOST_BITS: u64 = 63;
const MOST: u64 = 0x7fffffff;

/** Address of the byte that comes next. */
export let at: usize = 0;
/** Whether something was of another shape since it was last asked to go on. */
export let isWrong: bool = false;
/** The field that was entered last, and the kind of its value. */
export let field: u32 = 0;
export let kind: u32 = 0;
/** Where the bytes begin that were passed over last. */
export let textStart: usize = 0;

export function goOn(from: usize): void {
  at = from;
  isWrong = false;
}

/** Reads a number; what goes beyond `limit` is wrong. */
export function varint(limit: usize): u64 {
  let value: u64 = 0;
  for (let shift: u64 = 0; shift <= MOST_BITS && at < limit; shift += 7) {
    const byte = load<u8>(at++);
    value |= (<u64>(byte & 0x7f)) << shift;
    if (byte < 0x80) return value;
  }
  isWrong = true;
  return 0;
}

/** Enters the next field of a message that ends there; false when there is none, or something is wrong. */
export function nextField(end: usize): bool {
  if (isWrong || at >= end) return false;
  const tag = varint(end);
  field = <u32>(tag >> 3);
  kind = <u32>(tag & 7);
  return !isWrong;
}

/** The value of the field, which is to be a number. */
export function number(end: usize): u64 {
  if (kind !== VARINT) isWrong = true;
  return varint(end);
}

/** The same of numbers that are never large. */
export function small(end: usize): i32 {
  const value = number(end);
  if (value > MOST) isWrong = true;
  return <i32>value;
}

/** Passes over the value of the field. */
export function skip(end: usize): void {
  if (kind === VARINT) varint(end);
  else if (kind === FIXED64) at += 8;
  else if (kind === FIXED32) at += 4;
  else if (kind === BYTES) {
    const length = varint(end);
    textStart = at;
    if (length > <u64>(end - at)) isWrong = true;
    else at += <usize>length;
  } else isWrong = true;
  if (at > end) isWrong = true;
}

/** Passes over the value of the field, which is to be bytes; gives where their length stands. */
export function place(end: usize): usize {
  const from = at;
  if (kind !== BYTES) isWrong = true;
  else skip(end);
  return from;
}

/** Enters the value of the field, which is to be a message; gives where that ends. */
export function open(end: usize): usize {
  place(end);
  const innerEnd = at;
  if (!isWrong) at = textStart;
  return innerEnd;
}

/** Enters a message that was passed over, going by where its length stands; gives where it ends. */
export function reopen(from: usize): usize {
  at = from;
  const length = varint(usize.MAX_VALUE);
  return at + <usize>length;
}
