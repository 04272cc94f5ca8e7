/** A tree's nodes as numbers of JSON columns; see `PackedGraph` in src/flamegraph/pack.ts. */
import { COMMA, end, putByte, putWhole, reserve, rewind, take } from './bytes.ts';
import { areOfNodes, fillCount, fillPlaces, putFill } from './fills.ts';
import { depth, firstNode, floatOf, frame, frameCount, intOf, nodeCount, setInt } from './tree.ts';

const MOST_DIGITS: usize = 20;
const QUOTE: u8 = 0x22;

/** Column by frame: how many before it are used. */
export let rank: usize = 0;
/** Column: the frames that nodes have, ascending. */
export let used: usize = 0;
let usedCount: i32 = 0;

/** Gives how many frames nodes have. */
export function findUsed(): i32 {
  const bytes = 4 * frameCount;
  rank = take(bytes);
  used = take(bytes);
  usedCount = 0;
  for (let index = 0; index < frameCount; index++) {
    setInt(rank, index, usedCount);
    if (intOf(firstNode, index) >= 0) setInt(used, usedCount++, index);
  }
  return usedCount;
}

/** The frame of each node, numbered among the used ones. */
export function writeFrames(): void {
  for (let node = 0; node < nodeCount; node++) writeInt(node, intOf(rank, intOf(frame, node)));
}

/** What a column says of each used frame. */
export function writeOfUsed(column: usize): void {
  for (let index = 0; index < usedCount; index++) writeInt(index, intOf(column, intOf(used, index)));
}

/** The colours, as JSON strings. */
export function writeFills(): void {
  for (let index = 0; index < fillCount; index++) {
    reserve(MOST_DIGITS);
    if (index > 0) putByte(COMMA);
    putByte(QUOTE);
    putFill(index);
    putByte(QUOTE);
  }
}

/** Which of them each node has, or each used frame. */
export function writeFillPlaces(): void {
  if (areOfNodes) writeInts(fillPlaces);
  else writeOfUsed(fillPlaces);
}

function writeInt(node: i32, value: i32): void {
  writeWhole(node, <u64>value);
}

function writeWhole(node: i32, value: u64): void {
  reserve(MOST_DIGITS + 1);
  if (node > 0) putByte(COMMA);
  putWhole(value);
}

/** How many levels above its predecessor's child each node stands. */
export function writeSteps(): void {
  for (let node = 0, above = -1; node < nodeCount; node++) {
    const here = intOf(depth, node);
    writeInt(node, above + 1 - here);
    above = here;
  }
}

export function writeInts(column: usize): void {
  for (let node = 0; node < nodeCount; node++) writeInt(node, intOf(column, node));
}

/** A column of numbers of 64 bits, if all are whole, as times mostly are. */
export function writeWholes(column: usize): bool {
  const before = end;
  for (let node = 0; node < nodeCount; node++) {
    const value = floatOf(column, node);
    if (!(value >= 0 && value <= 9007199254740991 && value === floor(value))) {
      rewind(before);
      return false;
    }
    writeWhole(node, <u64>value);
  }
  return true;
}
