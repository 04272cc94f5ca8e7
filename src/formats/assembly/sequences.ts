/**
 * What is known of the sequences of a Perfetto stream, as far as it tells which events are wanted: those of some names. Where a
 * sequence or a name is beyond what there is room for, all of its events are.
 */

/** Hashes of the names that are wanted; 0 where there is none. */
const NAMES: u32 = 256;
const wanted = memory.data(4 * NAMES, 16);
let wantsAll: bool = true;

/** Sequences that are told apart. */
const SEQUENCES: i32 = 256;
/** Names of one, and slices that are open in one another. */
const NAME_IDS: i32 = 1024;
const DEPTH: i32 = 1024;

const ids = memory.data(4 * SEQUENCES, 16);
const tracks = memory.data(8 * SEQUENCES, 16);
const passed = memory.data(8 * SEQUENCES, 16);
const depths = memory.data(4 * SEQUENCES, 16);
/** By sequence and id of a name: 1 for one that is not wanted. */
const unwanted = memory.data(SEQUENCES * NAME_IDS, 16);
/** By sequence and depth: 1 for a slice that is wanted. */
const slices = memory.data(SEQUENCES * DEPTH, 16);
let count: i32 = 0;
let latest: i32 = 0;

/** As `hashOf` in ../perfetto-packets.ts. */
function hashOf(text: usize, end: usize): u32 {
  let hash: u32 = 0x811c9dc5;
  for (let at = text; at < end; at++) hash = (hash ^ load<u8>(at)) * 0x01000193;
  return hash === 0 ? 1 : hash;
}

function slotOf(hash: u32): usize {
  let slot = hash % NAMES;
  for (let held = load<u32>(wanted + 4 * slot); held !== 0 && held !== hash; held = load<u32>(wanted + 4 * slot))
    slot = (slot + 1) % NAMES;
  return wanted + 4 * slot;
}

/** Has only events of such names taken; fewer than there is room for. */
export function want(hash: u32): void {
  wantsAll = false;
  store<u32>(slotOf(hash), hash);
}

/** The number of a sequence; -1 where all of it is wanted. */
export function sequenceOf(id: i32): i32 {
  if (wantsAll) return -1;
  if (count > 0 && load<i32>(ids + 4 * latest) === id) return latest;
  for (let sequence = 0; sequence < count; sequence++) {
    if (load<i32>(ids + 4 * sequence) !== id) continue;
    latest = sequence;
    return sequence;
  }
  if (count === SEQUENCES) return -1;
  latest = count++;
  store<i32>(ids + 4 * latest, id);
  return latest;
}

export function defaultTrack(sequence: i32): u64 {
  return load<u64>(tracks + 8 * sequence);
}

export function setDefaultTrack(sequence: i32, track: u64): void {
  store<u64>(tracks + 8 * sequence, track);
}

export function forgetNames(sequence: i32): void {
  memory.fill(unwanted + sequence * NAME_IDS, 0, NAME_IDS);
}

export function learnName(sequence: i32, id: u64, name: usize, end: usize): void {
  if (id >= <u64>NAME_IDS) return;
  const isWanted = load<u32>(slotOf(hashOf(name, end))) !== 0;
  store<u8>(unwanted + sequence * NAME_IDS + <i32>id, isWanted ? 0 : 1);
}

/** `id` is -1 where an event has no name. */
export function wantsName(sequence: i32, id: i32): bool {
  return id < 0 || id >= NAME_IDS || load<u8>(unwanted + sequence * NAME_IDS + id) === 0;
}

/** Opens a slice; gives whether it is wanted, which those beyond the depth that there is room for are. */
export function pushSlice(sequence: i32, isWanted: bool): bool {
  const depth = load<i32>(depths + 4 * sequence);
  store<i32>(depths + 4 * sequence, depth + 1);
  if (depth >= DEPTH) return true;
  store<u8>(slices + sequence * DEPTH + depth, isWanted ? 1 : 0);
  return isWanted;
}

/** Whether the slice that ends was wanted; one that never began is. */
export function popSlice(sequence: i32): bool {
  const depth = load<i32>(depths + 4 * sequence) - 1;
  if (depth < 0) return true;
  store<i32>(depths + 4 * sequence, depth);
  return depth >= DEPTH || load<u8>(slices + sequence * DEPTH + depth) === 1;
}

export function pass(sequence: i32, time: f64): void {
  store<f64>(passed + 8 * sequence, load<f64>(passed + 8 * sequence) + time);
}

/** The time that was passed over in a sequence; it is told once. */
export function takePassed(sequence: i32): f64 {
  const time = load<f64>(passed + 8 * sequence);
  store<f64>(passed + 8 * sequence, 0);
  return time;
}
