/** Boxes with their titles and labels, as `drawItem`, `itemName` and `itemDescription` in src/flamegraph give them. */
import { end, putByte, putBytes, putDecimal, putToken, putWhole, reserve, rewind, take, token } from './bytes.ts';
import { fillCount, fillOf, putFill } from './fills.ts';
import { fitLabel, padding, putLabel } from './labels.ts';
import { lengthOf, MOST_ESCAPED, putData, putText, startOf } from './texts.ts';
import {
  beginOf,
  childrenOf,
  finishOf,
  firstOfRow,
  floatOf,
  frame,
  frameCount,
  intOf,
  itemAt,
  nextOf,
  nodeOf,
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
/** Then what frames without an address are, by kind. */
const KIND_TEXTS: i32 = TAGS + TONES;
const KINDS: i32 = 6;
const NOT_SAMPLED: i32 = 4;
/** Then hatchings: of strips, and of time without samples. */
const HATCHES: i32 = KIND_TEXTS + KINDS;
const STRIP: i32 = 0;
const EMPTY: i32 = 1;
/** In what boxes are filled with, the colours come after the hatchings. */
const COLORS: i32 = 2;
/** Then the names of files, and names by frame. */
const FILES: i32 = HATCHES + COLORS;
let fileCount: i32 = 0;

/** Column by colour: its tone. */
let tones: usize = 0;
/** The tone of hatchings. */
const HATCHED: i32 = 2;
/** Columns by frame: its kind, its file (the first is none), its line in it. */
let kinds: usize = 0;
let files: usize = 0;
let lines: usize = 0;

/** What is written again and again is put together once. By number: where it stands, and how many bytes it has. */
const COMPOSED: usize = 8;
/** By fill: all that follows the width. By frame: its name and its place, with what follows them. */
let fills: usize = 0;
let names: usize = 0;
let places: usize = 0;

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

export function setTones(column: usize): void {
  tones = column;
}

export function setLeading(column: usize): void {
  leading = column;
}

export function setPlaces(ofKinds: usize, ofFiles: usize, ofLines: usize, count: i32): void {
  kinds = ofKinds;
  files = ofFiles;
  lines = ofLines;
  fileCount = count;
}

/** Once all texts are given. */
export function compose(): void {
  fills = take(COMPOSED * (COLORS + fillCount));
  for (let index = 0; index < COLORS + fillCount; index++) {
    const from = begin(0);
    putText(AFTER_WIDTH);
    if (index < COLORS) putText(HATCHES + index);
    else putFill(index - COLORS);
    putText(AFTER_FILL);
    finish(fills, index, from);
  }
  names = take(COMPOSED * frameCount);
  places = take(COMPOSED * frameCount);
  for (let index = 0; index < frameCount; index++) {
    let from = begin(lengthOf(nameOf(index)));
    putData(nameOf(index));
    putToken(comma);
    finish(names, index, from);
    const file = intOf(files, index);
    const place = file > 0 ? FILES + file : KIND_TEXTS + intOf(kinds, index);
    from = begin(lengthOf(place));
    putData(place);
    if (file > 0) putLine(intOf(lines, index));
    putToken(titleEnd);
    finish(places, index, from);
  }
}

function nameOf(frame: i32): i32 {
  return FILES + fileCount + frame;
}

function putLine(line: i32): void {
  if (line <= 0) return;
  putByte(COLON);
  putWhole(line);
}

/** Where it will stand that has a text of so many bytes in it. */
function begin(bytes: usize): usize {
  reserve(MOST_ELSE + MOST_ESCAPED * bytes);
  return end;
}

function finish(composed: usize, index: i32, from: usize): void {
  store<u32>(composed + COMPOSED * index, <u32>from);
  store<u32>(composed + COMPOSED * index, <u32>(end - from), 4);
}

function lengthOfComposed(composed: usize, index: i32): usize {
  return load<u32>(composed + COMPOSED * index, 4);
}

function putComposed(composed: usize, index: i32): void {
  putBytes(load<u32>(composed + COMPOSED * index), lengthOfComposed(composed, index));
}

const COLON: u8 = 0x3a;
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
  for (let place = firstOfRow(row); place >= 0; place = nextOf(place)) writeItem(itemAt(place));
}

function writeItem(item: i32): void {
  const node = nodeOf(item);
  const frameOf = intOf(frame, node);
  const siblings = siblingsOf(item);
  const filled = siblings > 0 ? STRIP : fillingOf(node, frameOf);
  const ofNames: usize = 2 * lengthOfComposed(names, frameOf);
  reserve(MOST_ELSE + lengthOfComposed(fills, filled) + ofNames + lengthOfComposed(places, frameOf));

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
  putComposed(fills, filled);
  if (siblings > 1) {
    putSeveral(siblings);
    putToken(comma);
  } else {
    putComposed(names, frameOf);
  }
  putDuration(timeOf(item));
  putToken(comma);
  putPercent(timeOf(item), whole);
  if (siblings > 0) {
    putText(AFTER_STRIP_SHARE);
    putToken(siblings > 1 ? adviceOnSome : adviceOnOne);
    putToken(titleEnd);
  } else {
    putText(AFTER_SHARE);
    putDescription(node);
    putComposed(places, frameOf);
  }
  if (isSliver || boxWidth <= 2 * padding) return;

  const hasLabel = siblings > 1 ? fitSeveral(siblings, boxWidth) : fitName(frameOf, boxWidth);
  if (!hasLabel) return;
  putText(TAGS + (filled < COLORS ? HATCHED : intOf(tones, filled - COLORS)));
  putWhole(<u64>(left + padding));
  putText(AFTER_LABEL_X);
  putLabel();
  putToken(textEnd);
}

function fillingOf(node: i32, frameOf: i32): i32 {
  return intOf(kinds, frameOf) === NOT_SAMPLED ? EMPTY : COLORS + fillOf(node, frameOf);
}

function hundredths(pixels: f64): u32 {
  return <u32>Math.round(pixels * 100);
}

function fitName(frameOf: i32, boxWidth: f64): bool {
  const name = nameOf(frameOf);
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

/** What stands between the share and the place. */
function putDescription(node: i32): void {
  putDuration(floatOf(self, node));
  if (childrenOf(node) === 0) {
    putToken(noChildren);
  } else {
    putToken(dot);
    putCount(childrenOf(node), child, children);
  }
  putCount(intOf(samples, node), sample, samplesWord);
}
