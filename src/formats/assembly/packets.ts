/**
 * Takes the packets of a Perfetto stream apart, as far as ../perfetto.ts asks for them: a row of numbers each, which say what a
 * packet is of and where its parts stand. In AssemblyScript, as WebAssembly is fast from the first packet on. Field numbers are
 * those of Perfetto's published .proto files.
 */
import {
  at,
  BYTES,
  field,
  goOn,
  isWrong,
  kind,
  nextField,
  number,
  open,
  place,
  skip,
  small,
  varint,
} from './protobuf.ts';
import { want } from './sequences.ts';
import { keepsEvent, learn, OWN_TRACK, passedBy, passOver } from './wanted.ts';

enum Packet {
  clockSnapshot = 6,
  timestamp = 8,
  sequence = 10,
  trackEvent = 11,
  internedData = 12,
  sequenceFlags = 13,
  stateCleared = 41,
  clockId = 58,
  defaults = 59,
  trackDescriptor = 60,
}
enum Event {
  annotations = 4,
  legacy = 6,
  type = 9,
  nameId = 10,
  track = 11,
  name = 23,
}
enum Legacy {
  phase = 2,
  unscopedId = 6,
  localId = 10,
  globalId = 11,
}
enum Annotation {
  json = 9,
}
const SEQUENCE_STATE_CLEARED: u64 = 1;
/** Of a trace: a packet, in bytes. */
const PACKET_TAG: u8 = 0x0a;

/** Packets that are taken at a time. */
const ROWS: i32 = 1 << 14;
/**
 * Numbers of a row, in bytes from its beginning. Places are those of the length of a part, in bytes from the window on; -1 stands
 * for what is not there.
 */
const FIELDS: i32 = 16;
enum Row {
  start = 0,
  sequence = 4,
  /** 1 where the state of the sequence begins anew. */
  cleared = 8,
  clock = 12,
  defaults = 16,
  interned = 20,
  snapshot = 24,
  descriptor = 28,
  event = 32,
  eventType = 36,
  nameId = 40,
  name = 44,
  track = 48,
  phase = 52,
  id = 56,
  /** Of the first argument that is JSON text. */
  json = 60,
}

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

/** Of the packet that was read last. */
let track: u64 = OWN_TRACK;

function put(row: usize, column: Row, value: i32): void {
  store<i32>(row + column, value);
}

function get(row: usize, column: Row): i32 {
  return load<i32>(row + column);
}

/** Keeps where a part stands, and passes over it. */
function putPlace(row: usize, column: Row, end: usize): void {
  put(row, column, <i32>(place(end) - window));
}

function putHere(row: usize, column: Row): void {
  put(row, column, <i32>(at - window));
}

function readLegacy(row: usize, limit: usize): void {
  const end = open(limit);
  while (nextField(end)) {
    if (field === Legacy.phase) put(row, Row.phase, small(end));
    else if (field === Legacy.unscopedId || field === Legacy.localId || field === Legacy.globalId) {
      putHere(row, Row.id);
      number(end);
    } else skip(end);
  }
}

function readAnnotation(row: usize, limit: usize): void {
  if (kind !== BYTES || get(row, Row.json) >= 0) {
    skip(limit);
    return;
  }
  const end = open(limit);
  while (nextField(end)) {
    if (field === Annotation.json) putPlace(row, Row.json, end);
    else skip(end);
  }
}

function readEvent(row: usize, limit: usize): void {
  putHere(row, Row.event);
  const end = open(limit);
  while (nextField(end)) {
    switch (field) {
      case Event.annotations:
        readAnnotation(row, end);
        break;
      case Event.legacy:
        readLegacy(row, end);
        break;
      case Event.type:
        put(row, Row.eventType, small(end));
        break;
      case Event.nameId:
        put(row, Row.nameId, small(end));
        break;
      case Event.track:
        putHere(row, Row.track);
        track = number(end);
        break;
      case Event.name:
        putPlace(row, Row.name, end);
        break;
      default:
        skip(end);
    }
  }
}

function readPacket(row: usize, timestamp: usize, end: usize): void {
  memory.fill(row, 0xff, 4 * FIELDS);
  put(row, Row.sequence, 0);
  put(row, Row.cleared, 0);
  put(row, Row.eventType, 0);
  put(row, Row.phase, 0);
  store<f64>(timestamp, -1);
  track = OWN_TRACK;
  while (nextField(end)) {
    switch (field) {
      case Packet.clockSnapshot:
        putPlace(row, Row.snapshot, end);
        break;
      case Packet.timestamp:
        store<f64>(timestamp, <f64>number(end));
        break;
      case Packet.sequence:
        put(row, Row.sequence, small(end));
        break;
      case Packet.trackEvent:
        readEvent(row, end);
        break;
      case Packet.internedData:
        putPlace(row, Row.interned, end);
        break;
      case Packet.sequenceFlags:
        if ((number(end) & SEQUENCE_STATE_CLEARED) !== 0) put(row, Row.cleared, 1);
        break;
      case Packet.stateCleared:
        if (number(end) !== 0) put(row, Row.cleared, 1);
        break;
      case Packet.clockId:
        put(row, Row.clock, small(end));
        break;
      case Packet.defaults:
        putPlace(row, Row.defaults, end);
        break;
      case Packet.trackDescriptor:
        putPlace(row, Row.descriptor, end);
        break;
      default:
        skip(end);
    }
  }
}

function addressOf(row: usize, column: Row): usize {
  const at = get(row, column);
  return at < 0 ? 0 : window + at;
}

/** Whether to keep the row of a packet, which loses its event if that is not wanted. */
function keeps(row: usize, timestamp: f64): bool {
  const sequence = get(row, Row.sequence);
  const isCleared = get(row, Row.cleared) === 1;
  const defaults = addressOf(row, Row.defaults);
  const interned = addressOf(row, Row.interned);
  learn(sequence, isCleared, defaults, interned);
  if (get(row, Row.event) >= 0) {
    const hasName = get(row, Row.name) >= 0;
    if (keepsEvent(sequence, track, get(row, Row.eventType), hasName, get(row, Row.nameId))) return true;
    put(row, Row.event, -1);
  }
  const hasState = isCleared || defaults !== 0 || interned !== 0 || get(row, Row.snapshot) >= 0;
  if (hasState || get(row, Row.descriptor) >= 0 || get(row, Row.clock) >= 0) return true;
  return !passOver(sequence, max(timestamp, 0));
}

/** Takes packets out of so many bytes of the window, and says why it took no more. */
export function takePackets(length: usize): void {
  const limit = window + length;
  rowCount = 0;
  goOn(window);
  while (true) {
    const start = at;
    taken = start - window;
    ending = ROWS_ARE_FULL;
    if (rowCount === ROWS) return;
    ending = GOES_ON;
    goesOnTo = <f64>taken + 1;
    if (at === limit) return;
    if (load<u8>(at) !== PACKET_TAG) {
      ending = NO_PACKET;
      return;
    }
    goOn(start + 1);
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
    put(row, Row.start, <i32>(start - window));
    const isKept = keeps(row, load<f64>(timestamps + 8 * rowCount));
    // A part of it may be of another shape, which whoever reads it finds out.
    goOn(end);
    if (!isKept) continue;
    store<f64>(passed + 8 * rowCount, passedBy(get(row, Row.sequence)));
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
