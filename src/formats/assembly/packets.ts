/**
 * Takes the packets of a Perfetto stream apart, as far as ../perfetto.ts asks for them: a row of numbers each, which say what a
 * packet is of and where its parts stand. In AssemblyScript, as WebAssembly is fast from the first packet on.
 */
import {
  defaultTrack,
  forgetNames,
  learnName,
  pass,
  passedBy,
  popSlice,
  pushSlice,
  sequenceOf,
  setDefaultTrack,
  want,
  wantsName,
} from './sequences.ts';

/** Packets that are taken at a time. */
const ROWS: i32 = 1 << 14;
/**
 * Numbers of a row. Places are those of the length of a part, in bytes from the window on; -1 stands for what is not there, and
 * for what has no place.
 */
const FIELDS: i32 = 16;
const START: usize = 0;
const SEQUENCE: usize = 4;
/** 1 where the state of the sequence begins anew. */
const CLEARED: usize = 8;
const CLOCK: usize = 12;
const DEFAULTS: usize = 16;
const INTERNED: usize = 20;
const SNAPSHOT: usize = 24;
const DESCRIPTOR: usize = 28;
const EVENT: usize = 32;
const EVENT_TYPE: usize = 36;
const NAME_ID: usize = 40;
const NAME: usize = 44;
const TRACK: usize = 48;
const PHASE: usize = 52;
const ID: usize = 56;
/** Of the first argument that is JSON text. */
const JSON_TEXT: usize = 60;

const rows = memory.data(4 * FIELDS * ROWS, 16);
/** Timestamps as they are written; -1 where there is none. */
const timestamps = memory.data(8 * ROWS, 16);
/** What the timestamps of packets that were left out before it add up to, in the same sequence and by its own clock. */
const passed = memory.data(8 * ROWS, 16);
let rowCount: i32 = 0;

/** The part of the stream that is looked at; memory grows behind it. */
const window: usize = (__heap_base + 15) & ~15;
/** Bytes of it that are taken. */
let taken: usize = 0;

/** Why no more were taken. */
const ROWS_ARE_FULL: i32 = 0;
const GOES_ON: i32 = 1;
const NO_PACKET: i32 = 2;
const OTHER_SHAPE: i32 = 3;
let ending: i32 = ROWS_ARE_FULL;
/** Where the packet that goes on ends, in bytes from the window on. */
let goesOnTo: f64 = 0;

const VARINT: u32 = 0;
const FIXED64: u32 = 1;
const BYTES: u32 = 2;
const FIXED32: u32 = 5;
const MOST_BITS: u64 = 63;
const MOST: u64 = 0x7fffffff;
const SEQUENCE_STATE_CLEARED: u64 = 1;
const SAMPLE: i32 = 0;
const BEGIN: i32 = 1;
const END: i32 = 2;
const INSTANT: i32 = 3;
/** In place of a track that an event does not name. */
const OWN_TRACK: u64 = 0;

let at: usize = 0;
let isWrong: bool = false;
/** Where the bytes begin that were passed over last. */
let textStart: usize = 0;
/** Of the packet that was read last. */
let track: u64 = OWN_TRACK;

/** Reads a number; what goes beyond `limit` is wrong. */
function varint(limit: usize): u64 {
  let value: u64 = 0;
  for (let shift: u64 = 0; shift <= MOST_BITS && at < limit; shift += 7) {
    const byte = load<u8>(at++);
    value |= (<u64>(byte & 0x7f)) << shift;
    if (byte < 0x80) return value;
  }
  isWrong = true;
  return 0;
}

function number(type: u32, limit: usize): u64 {
  if (type !== VARINT) isWrong = true;
  return varint(limit);
}

/** Reads a number of a kind that is never large. */
function small(type: u32, limit: usize): i32 {
  const value = number(type, limit);
  if (value > MOST) isWrong = true;
  return <i32>value;
}

/** Goes behind a value. */
function skip(type: u32, limit: usize): void {
  if (type === VARINT) varint(limit);
  else if (type === FIXED64) at += 8;
  else if (type === FIXED32) at += 4;
  else if (type === BYTES) {
    const length = varint(limit);
    textStart = at;
    if (length > <u64>(limit - at)) isWrong = true;
    else at += <usize>length;
  } else isWrong = true;
  if (at > limit) isWrong = true;
}

/** Goes behind a value of bytes, and keeps its place. */
function place(row: usize, type: u32, limit: usize): void {
  store<i32>(row, <i32>(at - window));
  if (type !== BYTES) isWrong = true;
  else skip(type, limit);
}

/** Of what is only looked into, as {@link place}; gives where it ends. */
function open(row: usize, type: u32, limit: usize): usize {
  const start = at;
  place(row, type, limit);
  const end = at;
  if (isWrong) return start;
  at = start;
  varint(limit);
  return end;
}

function readLegacy(row: usize, type: u32, limit: usize): void {
  const end = open(row + PHASE, type, limit);
  store<i32>(row, 0, PHASE);
  while (at < end && !isWrong) {
    const tag = varint(end);
    const field = <u32>(tag >> 3);
    const kind = <u32>(tag & 7);
    if (field === 2) store<i32>(row, small(kind, end), PHASE);
    else if (field === 6 || field === 10 || field === 11) {
      store<i32>(row, <i32>(at - window), ID);
      number(kind, end);
    } else skip(kind, end);
  }
}

function readArgument(row: usize, type: u32, limit: usize): void {
  const start = at;
  skip(type, limit);
  const end = at;
  if (isWrong || type !== BYTES || load<i32>(row, JSON_TEXT) >= 0) return;
  at = start;
  varint(limit);
  while (at < end && !isWrong) {
    const tag = varint(end);
    const kind = <u32>(tag & 7);
    if (<u32>(tag >> 3) === 9) place(row + JSON_TEXT, kind, end);
    else skip(kind, end);
  }
}

function readEvent(row: usize, type: u32, limit: usize): void {
  const end = open(row + EVENT, type, limit);
  while (at < end && !isWrong) {
    const tag = varint(end);
    const field = <u32>(tag >> 3);
    const kind = <u32>(tag & 7);
    if (field === 4) readArgument(row, kind, end);
    else if (field === 9) store<i32>(row, small(kind, end), EVENT_TYPE);
    else if (field === 10) store<i32>(row, small(kind, end), NAME_ID);
    else if (field === 23) place(row + NAME, kind, end);
    else if (field === 11) {
      store<i32>(row, <i32>(at - window), TRACK);
      track = number(kind, end);
    } else if (field === 6) readLegacy(row, kind, end);
    else skip(kind, end);
  }
}

function readPacket(row: usize, timestamp: usize, end: usize): void {
  for (let field = START; field < 4 * <usize>FIELDS; field += 4) store<i32>(row + field, -1);
  store<i32>(row, 0, SEQUENCE);
  store<i32>(row, 0, CLEARED);
  store<i32>(row, 0, EVENT_TYPE);
  store<i32>(row, 0, PHASE);
  store<f64>(timestamp, -1);
  track = OWN_TRACK;
  while (at < end && !isWrong) {
    const tag = varint(end);
    const field = <u32>(tag >> 3);
    const kind = <u32>(tag & 7);
    switch (field) {
      case 6:
        place(row + SNAPSHOT, kind, end);
        break;
      case 8:
        store<f64>(timestamp, <f64>number(kind, end));
        break;
      case 10:
        store<i32>(row, small(kind, end), SEQUENCE);
        break;
      case 11:
        readEvent(row, kind, end);
        break;
      case 12:
        place(row + INTERNED, kind, end);
        break;
      case 13:
        if ((number(kind, end) & SEQUENCE_STATE_CLEARED) !== 0) store<i32>(row, 1, CLEARED);
        break;
      case 41:
        if (number(kind, end) !== 0) store<i32>(row, 1, CLEARED);
        break;
      case 58:
        store<i32>(row, small(kind, end), CLOCK);
        break;
      case 59:
        place(row + DEFAULTS, kind, end);
        break;
      case 60:
        place(row + DESCRIPTOR, kind, end);
        break;
      default:
        skip(kind, end);
    }
  }
}

/** Goes into a part of a packet that is there; gives where it ends. */
function enter(place: i32): usize {
  at = window + place;
  const length = varint(usize.MAX_VALUE);
  return at + <usize>length;
}

/** Learns the track of events that name none. */
function readDefaults(sequence: i32, place: i32): void {
  const end = enter(place);
  while (at < end && !isWrong) {
    const tag = varint(end);
    if (<u32>(tag >> 3) !== 11 || (tag & 7) !== BYTES) {
      skip(<u32>(tag & 7), end);
      continue;
    }
    const length = varint(end);
    const eventEnd = min(at + <usize>length, end);
    while (at < eventEnd && !isWrong) {
      const inner = varint(eventEnd);
      if (<u32>(inner >> 3) === 11 && (inner & 7) === VARINT) setDefaultTrack(sequence, varint(eventEnd));
      else skip(<u32>(inner & 7), eventEnd);
    }
  }
}

/** Learns which names of events are wanted. */
function readNames(sequence: i32, place: i32): void {
  const end = enter(place);
  while (at < end && !isWrong) {
    const tag = varint(end);
    if (<u32>(tag >> 3) !== 2 || (tag & 7) !== BYTES) {
      skip(<u32>(tag & 7), end);
      continue;
    }
    const length = varint(end);
    const entryEnd = min(at + <usize>length, end);
    let id: u64 = 0;
    let name: usize = 0;
    let nameEnd: usize = 0;
    while (at < entryEnd && !isWrong) {
      const inner = varint(entryEnd);
      const field = <u32>(inner >> 3);
      const kind = <u32>(inner & 7);
      if (field === 1 && kind === VARINT) id = varint(entryEnd);
      else {
        skip(kind, entryEnd);
        if (field === 2) {
          name = textStart;
          nameEnd = at;
        }
      }
    }
    learnName(sequence, id, name, nameEnd);
  }
}

function isWanted(row: usize, sequence: i32): bool {
  if (track !== OWN_TRACK && track !== defaultTrack(sequence)) return false;
  const type = load<i32>(row, EVENT_TYPE);
  if (type === END) return popSlice(sequence);
  if (type !== BEGIN && type !== INSTANT && type !== SAMPLE) return false;
  const wants = load<i32>(row, NAME) >= 0 || wantsName(sequence, load<i32>(row, NAME_ID));
  return type === BEGIN ? pushSlice(sequence, wants) : wants;
}

/** Whether to keep the row of a packet, which loses its event if that is not wanted. */
function keeps(row: usize, timestamp: f64): bool {
  const sequence = sequenceOf(load<i32>(row, SEQUENCE));
  if (sequence < 0) return true;
  const isCleared = load<i32>(row, CLEARED) === 1;
  const defaults = load<i32>(row, DEFAULTS);
  const interned = load<i32>(row, INTERNED);
  if (isCleared) forgetNames(sequence);
  if (defaults >= 0) readDefaults(sequence, defaults);
  if (interned >= 0) readNames(sequence, interned);
  if (load<i32>(row, EVENT) >= 0) {
    if (isWanted(row, sequence)) return true;
    store<i32>(row, -1, EVENT);
  }
  const hasState = isCleared || defaults >= 0 || interned >= 0 || load<i32>(row, SNAPSHOT) >= 0;
  if (hasState || load<i32>(row, DESCRIPTOR) >= 0 || load<i32>(row, CLOCK) >= 0) return true;
  if (timestamp > 0) pass(sequence, timestamp);
  return false;
}

/** Takes packets out of so many bytes of the window, and says why it took no more. */
export function takePackets(length: usize): void {
  const limit = window + length;
  rowCount = 0;
  at = window;
  isWrong = false;
  while (true) {
    const start = at;
    taken = start - window;
    ending = ROWS_ARE_FULL;
    if (rowCount === ROWS) return;
    ending = GOES_ON;
    goesOnTo = <f64>taken + 1;
    if (at === limit) return;
    if (load<u8>(at++) !== 0x0a) {
      ending = NO_PACKET;
      return;
    }
    const size = varint(limit);
    goesOnTo = <f64>(at - window) + <f64>size;
    if (isWrong) {
      // Where the size itself is cut off, more of the stream tells it.
      if (at < limit) ending = OTHER_SHAPE;
      goesOnTo = <f64>length + 1;
      return;
    }
    if (size > <u64>(limit - at)) return;
    const end = at + <usize>size;
    const row = rows + 4 * FIELDS * rowCount;
    readPacket(row, timestamps + 8 * rowCount, end);
    if (isWrong || at !== end) {
      ending = OTHER_SHAPE;
      return;
    }
    store<i32>(row, <i32>(start - window), START);
    const isKept = keeps(row, load<f64>(timestamps + 8 * rowCount));
    // A part of it may be of another shape, which whoever reads it finds out.
    isWrong = false;
    at = end;
    if (!isKept) continue;
    store<f64>(passed + 8 * rowCount, passedBy(load<i32>(row, SEQUENCE)));
    rowCount++;
  }
}

export {
  ending,
  FIELDS,
  GOES_ON,
  goesOnTo,
  NO_PACKET,
  OTHER_SHAPE,
  passed,
  rowCount,
  rows,
  taken,
  timestamps,
  want,
  window,
};
