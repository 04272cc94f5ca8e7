/**
 * Reads chunks of V8 profiles that are written as V8 writes them into a trace, to the byte: see ../v8-chunks.ts. In
 * AssemblyScript, as WebAssembly is fast from the first chunk on. Whatever is written otherwise is left alone.
 */
import { braceEnd, keep, numberOf, SHORTEST } from './known-texts.ts';
import { at, go, goToQuote, takeByte, takeDigits, takeNext, takeShortToken, takeToken, token } from './taking.ts';

/** Bytes that the texts of some chunks may take, each with its slack. */
const ROOM: i32 = 1 << 18;
/** Zeros behind each text. */
const SLACK: i32 = 64;
/** Bytes of a number in a list, with its comma. */
const LEAST_NUMBER: i32 = 2;
const COMMA: u8 = 0x2c;
const MINUS: u8 = 0x2d;
const ZERO: u8 = 0x30;
const QUOTE: u8 = 0x22;
const COLON: u8 = 0x3a;
const BACKSLASH: u8 = 0x5c;
const OPENING_BRACE: u8 = 0x7b;
const CLOSING_BRACE: u8 = 0x7d;
const CLOSING_BRACKET: u8 = 0x5d;

const room = memory.data(ROOM + SLACK, 16);
/** Of each text: where it begins and ends in the room; then the nodes and samples that there are behind it. */
const FIELDS: i32 = 4;
const texts = memory.data((4 * FIELDS * ROOM) / SLACK, 16);
/** By text: the sum of its time deltas. */
const sums = memory.data((8 * ROOM) / SLACK, 16);

const ids = memory.data((4 * ROOM) / SHORTEST, 16);
const parents = memory.data((4 * ROOM) / SHORTEST, 16);
const callFrames = memory.data((4 * ROOM) / SHORTEST, 16);
let nodeCount: i32 = 0;

const samples = memory.data((4 * ROOM) / LEAST_NUMBER, 16);
const timeDeltas = memory.data((4 * ROOM) / LEAST_NUMBER, 16);
const lines = memory.data((4 * ROOM) / LEAST_NUMBER, 16);
const columns = memory.data((4 * ROOM) / LEAST_NUMBER, 16);
let sampleCount: i32 = 0;

/** Where the call frames that were met first begin and end in the room. */
const fresh = memory.data((4 * 2 * ROOM) / SHORTEST, 16);
let freshCount: i32 = 0;

/** In place of the id of a node that the root has no other of. */
const NO_NODE: i32 = i32.MIN_VALUE;

const sourceHead = token('"source":"Internal",');
const profileHead = token('"cpuProfile":{');
const nodesHead = token('"nodes":[');
const callFrameHead = token('{"callFrame":');
const idHead = token(',"id":');
const parentHead = token(',"parent":');
const samplesHead = token('"samples":[');
const traceIdsHead = token(',"trace_ids":{');
const deltasHead = token(',"timeDeltas":[');
const linesHead = token(',"lines":[');
const columnsHead = token(',"columns":[');

/** Where the object that begins here ends, whatever is in it; 0 if it does not. */
function objectEnd(from: usize, limit: usize): usize {
  let open = 0;
  for (let byteAt = from; byteAt < limit; byteAt++) {
    const byte = load<u8>(byteAt);
    if (byte === QUOTE) {
      for (byteAt++; byteAt < limit && load<u8>(byteAt) !== QUOTE; byteAt++)
        if (load<u8>(byteAt) === BACKSLASH) byteAt++;
    } else if (byte === OPENING_BRACE) open++;
    else if (byte === CLOSING_BRACE && --open === 0) return byteAt + 1;
  }
  return 0;
}

/** Takes a call frame and gives its number, which is `next` for the first that is new; -1 if none comes. */
function takeCallFrame(next: i32, limit: usize): i32 {
  const text = at;
  if (load<u8>(text) !== OPENING_BRACE) return -1;
  // Where that is in a name, or another object is inside, no call frame has the text up to there.
  const firstEnd = braceEnd(text, limit);
  const known = firstEnd === 0 || firstEnd > limit ? -1 : numberOf(text, firstEnd - text);
  if (known >= 0) {
    go(firstEnd);
    return known;
  }
  const end = objectEnd(text, limit);
  if (end === 0 || end - text < <usize>SHORTEST) return -1;
  go(end);
  const again = end === firstEnd ? -1 : numberOf(text, end - text);
  if (again >= 0) return again;
  const number = next + freshCount;
  keep(text, end - text, number);
  store<u32>(fresh + 8 * freshCount, <u32>(text - room));
  store<u32>(fresh + 8 * freshCount++, <u32>(end - room), 4);
  return number;
}

/** Takes the rest of a list of nodes. */
function takeNodes(nextCallFrame: i32, limit: usize): bool {
  while (true) {
    if (!takeToken(callFrameHead, 13)) return false;
    const callFrame = takeCallFrame(nextCallFrame, limit);
    if (callFrame < 0 || !takeShortToken(idHead, 6)) return false;
    const id = takeDigits();
    if (id < 0) return false;
    let parent = NO_NODE;
    if (takeToken(parentHead, 10)) {
      parent = takeDigits();
      if (parent < 0) return false;
    }
    if (!takeByte(CLOSING_BRACE)) return false;
    store<i32>(ids + 4 * nodeCount, id);
    store<i32>(parents + 4 * nodeCount, parent);
    store<i32>(callFrames + 4 * nodeCount++, callFrame);
    const byte = takeNext(CLOSING_BRACKET);
    if (byte !== COMMA) return byte === CLOSING_BRACKET;
  }
}

/** Takes the rest of a list of whole numbers of few digits into a column; gives how many there were, or -1. */
function takeNumbers(column: usize, mayBeNegative: bool): i32 {
  if (takeByte(CLOSING_BRACKET)) return 0;
  const first = column + 4 * sampleCount;
  let count = 0;
  while (true) {
    const isNegative = mayBeNegative && takeByte(MINUS);
    const value = takeDigits();
    if (value < 0) return -1;
    store<i32>(first + 4 * count++, isNegative ? -value : value);
    const byte = takeNext(CLOSING_BRACKET);
    if (byte !== COMMA) return byte === CLOSING_BRACKET ? count : -1;
  }
}

/** Takes a list that may be missing, as long as that of the samples: zeros stand for what is not there. */
function takePlaces(head: usize, length: usize, column: usize, count: i32): bool {
  const there = takeToken(head, length) ? takeNumbers(column, false) : 0;
  if (there < 0) return false;
  if (there < count) memory.fill(column + 4 * (sampleCount + there), 0, 4 * (count - there));
  return true;
}

/** Takes what says which samples a mark forced, of which nobody asks for anything. */
function takeTraceIds(): bool {
  if (takeByte(CLOSING_BRACE)) return true;
  while (true) {
    if (!takeByte(QUOTE) || !goToQuote()) return false;
    go(at + 1);
    if (!takeByte(COLON)) return false;
    takeByte(MINUS);
    const first = at;
    while (load<u8>(at) - ZERO <= 9) go(at + 1);
    if (at === first || (load<u8>(first) === ZERO && at - first > 1)) return false;
    const byte = takeNext(CLOSING_BRACE);
    if (byte !== COMMA) return byte === CLOSING_BRACE;
  }
}

/** Takes the samples and all that is said of them; gives how many there are, or -1. */
function takeSamples(): i32 {
  const count = takeNumbers(samples, false);
  if (count < 0 || (takeToken(traceIdsHead, 14) && !takeTraceIds()) || !takeByte(CLOSING_BRACE)) return -1;
  if (!takeToken(deltasHead, 15) || takeNumbers(timeDeltas, true) !== count) return -1;
  return takePlaces(linesHead, 10, lines, count) && takePlaces(columnsHead, 12, columns, count) ? count : -1;
}

function takeChunk(nextCallFrame: i32, limit: usize): bool {
  if (!takeByte(OPENING_BRACE)) return false;
  takeToken(sourceHead, 20);
  if (!takeToken(profileHead, 14)) return false;
  if (takeToken(nodesHead, 9) && !(takeNodes(nextCallFrame, limit) && takeByte(COMMA))) return false;
  if (!takeToken(samplesHead, 11)) return false;
  const count = takeSamples();
  if (count < 0) return false;
  if (!takeByte(CLOSING_BRACE) || at !== limit) return false;
  sampleCount += count;
  return true;
}

function sumOf(column: usize, first: i32): f64 {
  let sum: i64 = 0;
  for (let sample = first; sample < sampleCount; sample++) sum += load<i32>(column + 4 * sample);
  return <f64>sum;
}

/**
 * Takes the chunks whose texts stand in the room, up to one that is written otherwise. `callFrame` is the number of the first
 * call frame that comes. Gives how many were taken; what is fresh may stand in the one after them, too.
 */
export function takeChunks(count: i32, callFrame: i32): i32 {
  nodeCount = 0;
  sampleCount = 0;
  freshCount = 0;
  for (let chunk = 0; chunk < count; chunk++) {
    const text = texts + 4 * FIELDS * chunk;
    const nodesBefore = nodeCount;
    const samplesBefore = sampleCount;
    go(room + load<u32>(text));
    if (!takeChunk(callFrame, room + load<u32>(text, 4))) {
      nodeCount = nodesBefore;
      return chunk;
    }
    store<f64>(sums + 8 * chunk, sumOf(timeDeltas, samplesBefore));
    store<i32>(text, nodeCount, 8);
    store<i32>(text, sampleCount, 12);
  }
  return count;
}

export {
  callFrames,
  columns,
  FIELDS,
  fresh,
  freshCount,
  ids,
  lines,
  nodeCount,
  parents,
  ROOM,
  room,
  SLACK,
  sampleCount,
  samples,
  sums,
  texts,
  timeDeltas,
};
