/** As much of a name as fits into a box; as src/flamegraph/labels.ts has it, for names in UTF-8. */
import { putToken, token } from './bytes.ts';
import { putEscaped } from './texts.ts';

const ASCII: i32 = 128;
/** How U+0250 begins, from which on characters are wide. */
const WIDE: i32 = 0xc990;

/** Pixels between a box's edge and its label. */
export let padding: f64 = 0;

export function setPadding(pixels: f64): void {
  padding = pixels;
}

/** Pixels of 64 bits: widths of the characters of ASCII, of one up to U+024F, and of one beyond. */
export const widths = memory.data(8 * (ASCII + 2), 16);

const ellipsis = token('…');

/** What was fitted last: a part of a name, and where it was cut. */
let from: usize = 0;
let to: usize = 0;
let isCutBefore: bool = false;
let isCutAfter: bool = false;

function widthBy(row: i32): f64 {
  return load<f64>(widths + 8 * row);
}

function widthOf(character: usize): f64 {
  const lead: i32 = load<u8>(character);
  if (lead < ASCII) return widthBy(lead);
  return widthBy(((lead << 8) | load<u8>(character, 1)) < WIDE ? ASCII : ASCII + 1);
}

function isWithin(at: usize): bool {
  return (load<u8>(at) & 0xc0) === 0x80;
}

/** Where what fits ends. */
function fittingEnd(first: usize, last: usize, room: f64): usize {
  let used: f64 = 0;
  let at = first;
  while (at < last) {
    used += widthOf(at);
    if (used > room) break;
    do at++;
    while (at < last && isWithin(at));
  }
  return at;
}

/** Where what fits begins, if it is to end where the name does. */
function fittingBegin(first: usize, last: usize, room: f64): usize {
  let used: f64 = 0;
  let at = last;
  while (at > first) {
    let character = at - 1;
    while (isWithin(character)) character--;
    used += widthOf(character);
    if (used > room) break;
    at = character;
  }
  return at;
}

/** Whether something fits. `leading`: bytes of a path's parts before the last one. */
export function fitLabel(first: usize, last: usize, leading: usize, width: f64): bool {
  const room = width - 2 * padding;
  const cutRoom = room - widthBy(ASCII + 1);
  isCutBefore = false;
  isCutAfter = false;
  if (cutRoom < 0) return false;
  from = first;
  to = fittingEnd(first, last, room);
  if (to === last) return from < to;
  const part = first + leading;
  from = leading > 0 ? fittingBegin(first, last, cutRoom) : last;
  isCutBefore = leading > 0 && from <= part;
  if (isCutBefore) {
    to = last;
    return true;
  }
  from = part;
  to = fittingEnd(part, last, cutRoom);
  isCutAfter = true;
  return from < to;
}

export function putLabel(): void {
  if (isCutBefore) putToken(ellipsis);
  putEscaped(from, to);
  if (isCutAfter) putToken(ellipsis);
}
