/** A tree's nodes as numbers of JSON columns; see `PackedGraph` in src/flamegraph/pack.ts. */
import { COMMA, end, putByte, putWhole, reserve, rewind, take } from './bytes.ts';
import { depth, floatOf, frame, frameCount, intOf, nodeCount } from './tree.ts';

const MOST_DIGITS: usize = 20;

/** A column by frame: the first node that has it, -1 where none has. */
export function firstNodes(): usize {
  const first = take(4 * frameCount);
  memory.fill(first, 0xff, 4 * frameCount);
  for (let node = nodeCount - 1; node >= 0; node--) store<i32>(first + 4 * intOf(frame, node), node);
  return first;
}

/** What a column says of each node's frame. */
export function writeByFrame(column: usize): void {
  for (let node = 0; node < nodeCount; node++) writeInt(node, intOf(column, intOf(frame, node)));
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
