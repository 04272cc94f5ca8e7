/** Which events of a Perfetto stream are wanted: those of some names on threads' own tracks, and the ends of their slices. */
import { at, BYTES, field, kind, nextField, number, open, reopen, skip, textStart } from './protobuf.ts';
import {
  defaultTrack,
  forgetNames,
  learnName,
  pass,
  popSlice,
  pushSlice,
  sequenceOf,
  setDefaultTrack,
  takePassed,
  wantsName,
} from './sequences.ts';

enum Defaults {
  trackEvent = 11,
}
enum EventDefaults {
  track = 11,
}
enum Interned {
  eventNames = 2,
}
enum InternedEntry {
  id = 1,
  text = 2,
}
enum Type {
  sample = 0,
  begin = 1,
  end = 2,
  instant = 3,
}

/** In place of a track that an event does not name. */
export const OWN_TRACK: u64 = 0;

/** Learns the track of events that name none. */
function readDefaults(sequence: i32, from: usize): void {
  const end = reopen(from);
  while (nextField(end)) {
    if (field !== Defaults.trackEvent || kind !== BYTES) {
      skip(end);
      continue;
    }
    const eventEnd = open(end);
    while (nextField(eventEnd)) {
      if (field === EventDefaults.track) setDefaultTrack(sequence, number(eventEnd));
      else skip(eventEnd);
    }
  }
}

/** Learns which names of events are wanted. */
function readNames(sequence: i32, from: usize): void {
  const end = reopen(from);
  while (nextField(end)) {
    if (field !== Interned.eventNames || kind !== BYTES) {
      skip(end);
      continue;
    }
    const entryEnd = open(end);
    let id: u64 = 0;
    let name: usize = 0;
    let nameEnd: usize = 0;
    while (nextField(entryEnd)) {
      if (field === InternedEntry.id) id = number(entryEnd);
      else {
        const isText = field === InternedEntry.text;
        skip(entryEnd);
        if (!isText) continue;
        name = textStart;
        nameEnd = at;
      }
    }
    learnName(sequence, id, name, nameEnd);
  }
}

/** Learns what a packet says of its sequence; `defaults` and `interned` are where these parts stand, 0 where there are none. */
export function learn(id: i32, isCleared: bool, defaults: usize, interned: usize): void {
  const sequence = sequenceOf(id);
  if (sequence < 0) return;
  if (isCleared) forgetNames(sequence);
  if (defaults !== 0) readDefaults(sequence, defaults);
  if (interned !== 0) readNames(sequence, interned);
}

/** Whether an event is wanted. To be asked once about each, in their order. */
export function keepsEvent(id: i32, track: u64, type: i32, hasName: bool, nameId: i32): bool {
  const sequence = sequenceOf(id);
  if (sequence < 0) return true;
  if (track !== OWN_TRACK && track !== defaultTrack(sequence)) return false;
  if (type === Type.end) return popSlice(sequence);
  if (type !== Type.begin && type !== Type.instant && type !== Type.sample) return false;
  const wants = hasName || wantsName(sequence, nameId);
  return type === Type.begin ? pushSlice(sequence, wants) : wants;
}

/** Passes over a packet that says nothing but how much time has gone by; false where none may be passed over. */
export function passOver(id: i32, time: f64): bool {
  const sequence = sequenceOf(id);
  if (sequence >= 0) pass(sequence, time);
  return sequence >= 0;
}

/** The time of packets of a sequence that were passed over, which is told once. */
export function passedBy(id: i32): f64 {
  const sequence = sequenceOf(id);
  return sequence < 0 ? 0 : takePassed(sequence);
}
