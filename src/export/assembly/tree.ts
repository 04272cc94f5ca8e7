/**
 * A call tree's columns, where its boxes stand, and which of them are drawn, as src/flamegraph/{layout,view}.ts have it.
 * Parents follow from depths: memory that nobody has touched before is dear, so there is no column that can be done without.
 */
import { take } from './bytes.ts';

export let nodeCount: i32 = 0;
export let frameCount: i32 = 0;
/** Addresses of the tree's columns: 32 bits by node… */
export let frame: usize = 0;
export let depth: usize = 0;
export let samples: usize = 0;
let childCount: usize = 0;
/** … and 64 bits. */
export let self: usize = 0;
export let total: usize = 0;
export let start: usize = 0;

/** Column by frame: the first node that has it, -1 where none has. */
export let firstNode: usize = 0;
/** How deep the deepest node stands. */
let deepest: i32 = 0;

/** What is drawn as one box, in the order of the nodes: a node, or -1 - the number of a strip. */
let items: usize = 0;
let itemCount: i32 = 0;
/** By item: the next one in its row, and by row the first and the last one; -1 where there is none. */
let nextInRow: usize = 0;
let firstInRow: usize = 0;
let lastInRow: usize = 0;
/** How many rows the items fill. */
export let rowCount: i32 = 0;
/** Of each strip: its first node, how many siblings it has, their time together, where it begins and ends. */
const STRIP: usize = 32;
const SIBLINGS: usize = 4;
const TIME: usize = 8;
const BEGIN: usize = 16;
const FINISH: usize = 24;
let strips: usize = 0;
let stripCount: i32 = 0;

export function begin(nodes: i32, frames: i32): void {
  nodeCount = nodes;
  frameCount = frames;
  const ints = 4 * nodes;
  const floats = 8 * nodes;
  frame = take(ints);
  depth = take(ints);
  samples = take(ints);
  childCount = take(ints);
  self = take(floats);
  total = take(floats);
  start = take(floats);
  firstNode = take(4 * frames);
  items = take(ints);
  nextInRow = take(ints);
  strips = take(STRIP * nodes);
}

export function intOf(column: usize, index: i32): i32 {
  return load<i32>(column + ((<usize>index) << 2));
}

export function floatOf(column: usize, index: i32): f64 {
  return load<f64>(column + ((<usize>index) << 3));
}

export function setInt(column: usize, index: i32, value: i32): void {
  store<i32>(column + ((<usize>index) << 2), value);
}

function setFloat(column: usize, index: i32, value: f64): void {
  store<f64>(column + ((<usize>index) << 3), value);
}

/** Counts children and finds who is first; where boxes have no times of their own, they stand side by side. */
export function layOut(arePacked: bool): void {
  /** The last node of each depth, and where its next sibling begins. */
  const last = take(4 * nodeCount);
  const next = take(8 * (nodeCount + 1));
  memory.fill(firstNode, 0xff, 4 * frameCount);
  for (let node = 0; node < nodeCount; node++) {
    const frameOf = intOf(frame, node);
    if (intOf(firstNode, frameOf) < 0) setInt(firstNode, frameOf, node);
    const row = intOf(depth, node);
    deepest = max(deepest, row);
    setInt(last, row, node);
    if (row > 0) {
      const above = intOf(last, row - 1);
      setInt(childCount, above, intOf(childCount, above) + 1);
    }
    if (!arePacked) continue;
    const here = floatOf(next, row);
    setFloat(start, node, here);
    setFloat(next, row, here + floatOf(total, node));
    setFloat(next, row + 1, here);
  }
  firstInRow = take(4 * (deepest + 1));
  lastInRow = take(4 * (deepest + 1));
}

/** Finds the boxes of at least that time, and the strips of what is shorter; boxes as wide as the root always. Gives how many. */
export function collect(shortest: f64): i32 {
  const to = floatOf(total, 0);
  const least = min(shortest, to);
  itemCount = 0;
  stripCount = 0;
  rowCount = 0;
  memory.fill(firstInRow, 0xff, 4 * (deepest + 1));
  /** The narrow siblings before the node, of which a strip may become. */
  let siblings = 0;
  let time: f64 = 0;
  for (let node = 0; node < nodeCount; ) {
    const begins = floatOf(start, node);
    const takes = floatOf(total, node);
    const row = intOf(depth, node);
    const isBeyond = begins >= to && begins > 0;
    const isNarrow = !isBeyond && takes < least;
    const strip = strips + STRIP * stripCount;
    if (siblings > 0) {
      const isApart = intOf(depth, load<i32>(strip)) !== row || begins - load<f64>(strip, FINISH) > least;
      if (isApart || (!isBeyond && !isNarrow)) {
        addStrip(siblings, time, least);
        siblings = 0;
      }
    }
    if (!isBeyond && !isNarrow) {
      addItem(node++, row);
      continue;
    }
    if (isNarrow) {
      const run = strips + STRIP * stripCount;
      if (siblings === 0) {
        store<i32>(run, node);
        store<f64>(run, begins, BEGIN);
        time = 0;
      }
      siblings++;
      time += takes;
      store<f64>(run, begins + takes, FINISH);
    }
    // What lies below is out of sight, too; so are siblings of what is beyond the right edge.
    const deepest = isBeyond ? row - 1 : row;
    do node++;
    while (node < nodeCount && intOf(depth, node) > deepest);
  }
  if (siblings > 0) addStrip(siblings, time, least);
  return itemCount;
}

/** Takes the strip that has been begun, if it is wide enough. */
function addStrip(siblings: i32, time: f64, least: f64): void {
  if (time < least) return;
  const strip = strips + STRIP * stripCount++;
  store<i32>(strip, siblings, SIBLINGS);
  store<f64>(strip, time, TIME);
  addItem(-stripCount, intOf(depth, load<i32>(strip)));
}

function addItem(item: i32, row: i32): void {
  setInt(items, itemCount, item);
  setInt(nextInRow, itemCount, -1);
  if (intOf(firstInRow, row) < 0) setInt(firstInRow, row, itemCount);
  else setInt(nextInRow, intOf(lastInRow, row), itemCount);
  setInt(lastInRow, row, itemCount++);
  rowCount = max(rowCount, row + 1);
}

/** The time of each item, as a column. */
export function itemTimes(): usize {
  const times = take(8 * itemCount);
  for (let index = 0; index < itemCount; index++) setFloat(times, index, timeOf(intOf(items, index)));
  return times;
}

/** The places of items in a row, from left to right, until -1. */
export function firstOfRow(row: i32): i32 {
  return intOf(firstInRow, row);
}

export function nextOf(place: i32): i32 {
  return intOf(nextInRow, place);
}

export function itemAt(place: i32): i32 {
  return intOf(items, place);
}

function stripOf(item: i32): usize {
  return strips + STRIP * (-1 - item);
}

export function nodeOf(item: i32): i32 {
  return item < 0 ? load<i32>(stripOf(item)) : item;
}

/** How many are in a strip; 0 where the item is none. */
export function siblingsOf(item: i32): i32 {
  return item < 0 ? load<i32>(stripOf(item), SIBLINGS) : 0;
}

export function timeOf(item: i32): f64 {
  return item < 0 ? load<f64>(stripOf(item), TIME) : floatOf(total, item);
}

export function beginOf(item: i32): f64 {
  return item < 0 ? load<f64>(stripOf(item), BEGIN) : floatOf(start, item);
}

export function finishOf(item: i32): f64 {
  return item < 0 ? load<f64>(stripOf(item), FINISH) : floatOf(start, item) + floatOf(total, item);
}

export function childrenOf(node: i32): i32 {
  return intOf(childCount, node);
}
