/** Boxes with their titles and labels, as `drawItem`, `itemName` and `itemDescription` in src/flamegraph give them. */
import { end, putBytes, putDecimal, putToken, putWhole, reserve, rewind, take, token } from './bytes.ts';
import { fitLabel, padding, putLabel } from './labels.ts';
import { lengthOf, MOST_ESCAPED, putData, putText, startOf } from './texts.ts';
import {
  beginOf,
  childrenOf,
  finishOf,
  floatOf,
  frame,
  frameCount,
  intOf,
  itemAt,
  nodeOf,
  rowBegin,
  samples,
  self,
  siblingsOf,
  timeOf,
  total,
} from './tree.ts';
import { putCount, putDuration, putPercent } from './units.ts';

/** Texts that are given first: what follows the place of a label, the share of a box, that of a strip, a width and a fill. */
const AFTER_LABEL_X: i32 = 0;
const AFTER_SHARE: i32 = 1;
const AFTER_STRIP_SHARE: i32 = 2;
const AFTER_WIDTH: i32 = 3;
const AFTER_FILL: i32 = 4;
/** Then what stands before the place of a label, by tone. */
const TAGS: i32 = 5;
const TONES: i32 = 3;
/** Then the fills, of which the first is that of strips, names by frame, and places by frame. */
const FILLS: i32 = TAGS + TONES;
const STRIP_FILL: i32 = 0;
let fillCount: i32 = 0;
/** Column by fill: its tone. */
let tones: usize = 0;
/** By fill: where all that follows the width stands, and how many bytes it has. */
let composed: usize = 0;

/** Column of fills, by node or by frame. */
let fill: usize = 0;
let isFillByNode: bool = false;
/** Column by frame: bytes of the parts of its name that are left out first. */
let leading: usize = 0;

/** Of the whole drawing, and between two boxes, in pixels. */
let width: f64 = 0;
let gap: f64 = 0;
/** The time that shares are shares of. */
let whole: f64 = 0;

export function setMeasures(ofAll: f64, ofGap: f64, ofTime: f64): void {
  width = ofAll;
  gap = ofGap;
  whole = ofTime;
}

export function setFills(column: usize, isByNode: bool, count: i32): void {
  fill = column;
  isFillByNode = isByNode;
  fillCount = count;
}

export function setLeading(column: usize): void {
  leading = column;
}

/** Puts together what follows the width, by fill, once all texts are given. */
export function composeFills(column: usize): void {
  tones = column;
  composed = take(8 * fillCount);
  for (let index = 0; index < fillCount; index++) {
    reserve(MOST_ELSE + MOST_ESCAPED * lengthOf(FILLS + index));
    const before = end;
    putText(AFTER_WIDTH);
    putData(FILLS + index);
    putText(AFTER_FILL);
    store<u32>(composed + 8 * index, <u32>before);
    store<u32>(composed + 8 * index, <u32>(end - before), 4);
  }
}

/** Bytes of all that is no text of its own. */
const MOST_ELSE: usize = 1024;

const rectX = token('<rect x="');
const rectWidth = token('" width="');
const titleEnd = token('</title></rect>');
const textEnd = token('</text>');
const comma = token(', ');
const dot = token(' · ');
const noChildren = token(' · no children · ');
const child = token(' child · ');
const children = token(' children · ');
const sample = token(' sample · ');
const samplesWord = token(' samples · ');
const functionsWord = token(' functions');
const adviceOnOne = token('too narrow to draw; zoom in to see it');
const adviceOnSome = token('too narrow to draw one by one; zoom in to see them');

/** The row's boxes, from left to right. */
export function writeRow(row: i32): void {
  for (let place = rowBegin(row); place < rowBegin(row + 1); place++) writeItem(itemAt(place));
}

function writeItem(item: i32): void {
  const node = nodeOf(item);
  const frameOf = intOf(frame, node);
  const siblings = siblingsOf(item);
  const name = FILLS + fillCount + frameOf;
  const filled = siblings > 0 ? STRIP_FILL : intOf(fill, isFillByNode ? node : frameOf);
  const fillText = load<u32>(composed + 8 * filled);
  const fillLength = load<u32>(composed + 8 * filled, 4);
  reserve(MOST_ELSE + fillLength + MOST_ESCAPED * (2 * lengthOf(name) + lengthOf(name + frameCount)));

  // A call too short to be clocked fills its view all the same.
  const time = floatOf(total, 0);
  const scale = width / time;
  const x = time > 0 ? max(beginOf(item), 0) * scale : 0;
  const wide = time > 0 ? min(finishOf(item), time) * scale - x : width;
  // Edges fall on whole pixels, so that boxes are crisp; slivers keep their place to a hundredth.
  const isSliver = wide < 2 * gap + 1;
  const left = Math.round(x);
  const boxWidth = Math.round(x + wide) - left - gap;
  putToken(rectX);
  putDecimal(isSliver ? hundredths(x) : 100 * <u32>left);
  putToken(rectWidth);
  putDecimal(isSliver ? hundredths(max(wide * 0.8, 0.1)) : 100 * <u32>boxWidth);
  putBytes(fillText, fillLength);
  if (siblings > 1) putSeveral(siblings);
  else putData(name);
  putToken(comma);
  putDuration(timeOf(item));
  putToken(comma);
  putPercent(timeOf(item), whole);
  if (siblings > 0) {
    putText(AFTER_STRIP_SHARE);
    putToken(siblings > 1 ? adviceOnSome : adviceOnOne);
  } else {
    putText(AFTER_SHARE);
    putDescription(node, name + frameCount);
  }
  putToken(titleEnd);
  if (isSliver || boxWidth <= 2 * padding) return;

  const hasLabel = siblings > 1 ? fitSeveral(siblings, boxWidth) : fitName(name, frameOf, boxWidth);
  if (!hasLabel) return;
  putText(TAGS + intOf(tones, filled));
  putWhole(<u64>(left + padding));
  putText(AFTER_LABEL_X);
  putLabel();
  putToken(textEnd);
}

function hundredths(pixels: f64): u32 {
  return <u32>Math.round(pixels * 100);
}

function fitName(name: i32, frameOf: i32, boxWidth: f64): bool {
  return fitLabel(startOf(name), startOf(name) + lengthOf(name), intOf(leading, frameOf), boxWidth);
}

/** What a strip of several is called. */
function putSeveral(count: i32): void {
  putCount(count, functionsWord, functionsWord);
}

/** Behind what is written, so that there is a name to fit; what is written next is shorter than what comes before the label. */
function fitSeveral(count: i32, boxWidth: f64): bool {
  const before = end;
  rewind(before + 256);
  const name = end;
  putSeveral(count);
  const hasLabel = fitLabel(name, end, 0, boxWidth);
  rewind(before);
  return hasLabel;
}

/** What stands after the share. */
function putDescription(node: i32, place: i32): void {
  putDuration(floatOf(self, node));
  if (childrenOf(node) === 0) {
    putToken(noChildren);
  } else {
    putToken(dot);
    putCount(childrenOf(node), child, children);
  }
  putCount(intOf(samples, node), sample, samplesWord);
  putData(place);
}
