/**
 * Reads what is written as V8 writes it, to the byte. In AssemblyScript, as WebAssembly is fast from the first byte on: a file
 * is read once, much of it before JavaScript would be compiled. Whatever is written otherwise is left alone.
 */
import { keep } from '../../assembly/known-texts.ts';
import { at, go, takeByte, takeDigits, takeNext, takeShortToken, takeToken, token } from '../../assembly/taking.ts';
import { forgetFresh, fresh, freshCount, takeKnown, takeNew } from './call-frames.ts';
import { start, WINDOW } from './window.ts';

/** Bytes of the shortest node that is taken, and less than those of its call frame. */
const LEAST_NODE: i32 = 64;
/** Bytes of a number in a list, with its comma. */
const LEAST_NUMBER: i32 = 2;
const COMMA: u8 = 0x2c;
const MINUS: u8 = 0x2d;
const CLOSING_BRACKET: u8 = 0x5d;
const CLOSING_BRACE: u8 = 0x7d;

const ids = memory.data((4 * WINDOW) / LEAST_NODE, 16);
const callFrames = memory.data((4 * WINDOW) / LEAST_NODE, 16);
const childNodes = memory.data((4 * WINDOW) / LEAST_NUMBER, 16);
const childIds = memory.data((4 * WINDOW) / LEAST_NUMBER, 16);
let nodeCount: i32 = 0;
let childCount: i32 = 0;

const idHead = token('{"id":');
const callFrameHead = token(',"callFrame":');
const hitCountHead = token(',"hitCount":');
const childrenHead = token(',"children":[');
const ticksHead = token(',"positionTicks":[');
const lineHead = token('{"line":');
const lineTicksHead = token(',"ticks":');

/** Takes the rest of a list of children. */
function takeChildren(node: i32): bool {
  while (true) {
    const child = takeDigits();
    if (child < 0) return false;
    store<i32>(childNodes + 4 * childCount, node);
    store<i32>(childIds + 4 * childCount++, child);
    const byte = takeNext(CLOSING_BRACKET);
    if (byte !== COMMA) return byte === CLOSING_BRACKET;
  }
}

/** Takes the rest of a list of how often each line was met, which nobody asks for. */
function takeTicks(): bool {
  while (true) {
    if (!takeToken(lineHead, 8) || takeDigits() < 0) return false;
    if (!takeToken(lineTicksHead, 9) || takeDigits() < 0 || !takeByte(CLOSING_BRACE)) return false;
    const byte = takeNext(CLOSING_BRACKET);
    if (byte !== COMMA) return byte === CLOSING_BRACKET;
  }
}

function takeNode(base: i32, node: i32, newCallFrame: i32): bool {
  if (!takeShortToken(idHead, 6)) return false;
  const id = takeDigits();
  if (id < 0 || !takeToken(callFrameHead, 13)) return false;
  let callFrame = takeKnown();
  if (callFrame < 0) callFrame = takeNew(newCallFrame, base);
  if (callFrame < 0 || !takeToken(hitCountHead, 12) || takeDigits() < 0) return false;
  if (takeToken(childrenHead, 13) && !takeChildren(node)) return false;
  if (takeToken(ticksHead, 18) && !takeTicks()) return false;
  if (!takeByte(CLOSING_BRACE)) return false;
  store<i32>(ids + 4 * nodeCount, id);
  store<i32>(callFrames + 4 * nodeCount++, callFrame);
  return true;
}

/**
 * Takes nodes and the commas between them, up to one that is written otherwise or not all in the window, whose first byte is
 * byte `base` of the file. `node` and `callFrame` are the numbers that come next. Gives where the last node ends.
 */
export function takeNodes(from: usize, base: i32, node: i32, callFrame: i32): usize {
  nodeCount = 0;
  childCount = 0;
  forgetFresh();
  let taken = from;
  let children = 0;
  go(start + from);
  while (takeNode(base, node + nodeCount, callFrame + freshCount)) {
    taken = at - start;
    children = childCount;
    if (!takeByte(COMMA)) break;
  }
  childCount = children;
  return taken;
}

/** Takes whole numbers of few digits, each with the comma before it; they are put where ids of children are. */
export function takeNumbers(from: usize): usize {
  childCount = 0;
  let taken = from;
  go(start + from);
  while (takeByte(COMMA)) {
    const isNegative = takeByte(MINUS);
    const value = takeDigits();
    // What is cut off by the window's end, or has a fraction, goes on otherwise.
    const byte = load<u8>(at);
    if (value < 0 || (byte !== COMMA && byte !== CLOSING_BRACKET)) break;
    store<i32>(childIds + 4 * childCount++, isNegative ? -value : value);
    taken = at - start;
  }
  return taken;
}

/** Takes the call frame at a place, if it was met before, and gives its number; otherwise -1. */
export function takeKnownCallFrame(from: usize): i32 {
  go(start + from);
  return takeKnown();
}

/** Remembers a call frame that was read elsewhere, so that it is known next time. */
export function keepCallFrame(from: usize, to: usize, callFrame: i32): void {
  keep(start + from, to - from, callFrame);
}

export { at, callFrames, childCount, childIds, childNodes, fresh, freshCount, ids, nodeCount, start as window, WINDOW };
