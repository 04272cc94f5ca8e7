/**
 * Colours of functions, by kind, name and script. In AssemblyScript, as a graph meets each function once: that takes several
 * microseconds in JavaScript which is not compiled yet, and a tenth of one here.
 */
import { cosine, sine, toRgb, turn } from './oklch.ts';

/** Frames that are painted at once, at most. */
export const BLOCK: i32 = 256;
/** By frame: its kind, and the byte that says the hue of its script. */
export const kinds: usize = memory.data(BLOCK);
export const scripts: usize = memory.data(BLOCK);
/** The text of all colours: `#rrggbb#rrggbb…` */
export const LENGTH: i32 = 7;
export const colors: usize = memory.data(LENGTH * BLOCK);

/** Bytes that a hash goes by, at most: names and addresses may be endless. */
export const MOST: i32 = 1000;
const PAGE: usize = 1 << 16;
/** Where texts are put, in UTF-8. */
export const room: usize = __heap_base;

/** Makes room for so many bytes of texts. */
export function reserve(bytes: usize): void {
  const missing = <isize>(room + bytes) - ((<isize>memory.size()) << 16);
  if (missing > 0 && memory.grow(<i32>((<usize>missing + PAGE - 1) / PAGE)) < 0) unreachable();
}

const SCRIPT: u32 = 0;
/** By kind: the least lightness (0 to 1), chroma and hue (degrees) of OKLCH, and how far each goes. */
const KINDS: i32 = 6;
const FIELDS: i32 = 6;
const ranges: StaticArray<f64> = [
  // Scripts: warm.
  0.8, 0.09, 0.085, 0.055, 35, 55,
  // Native functions: green.
  0.8, 0.08, 0.06, 0.04, 155, 35,
  // The browser's work: blue and violet.
  0.76, 0.08, 0.06, 0.04, 255, 45,
  // The engine: grey.
  0.8, 0.06, 0, 0.004, 260, 0,
  // Groups: sand.
  0.84, 0.06, 0.02, 0.01, 60, 30,
  // Not sampled.
  0.88, 0, 0, 0, 0, 0,
];

/** Paints so many frames, whose names stand in the room with a zero after each; gives how many bytes those are. */
export function paint(count: i32): i32 {
  let at = room;
  for (let frame = 0; frame < count; frame++) {
    const kind = load<u8>(kinds + frame);
    const name = hash(at);
    at = hashEnd;
    while (load<u8>(at) !== 0) at++;
    at++;
    const hue = kind === SCRIPT ? load<u8>(scripts + frame) : hueOf(name);
    putColor(colors + LENGTH * frame, shade(kind, name, hue));
  }
  return <i32>(at - room);
}

/** The byte of a hash that says a hue. */
export function hueOf(hash: u32): u32 {
  return (hash >> 16) & 0xff;
}

function putColor(at: usize, rgb: u32): void {
  store<u8>(at, 0x23);
  for (let digit = 6; digit > 0; digit--, rgb >>= 4) store<u8>(at + digit, digitOf(rgb & 0xf));
}

function digitOf(value: u32): u8 {
  return <u8>(value < 10 ? 0x30 + value : 0x57 + value);
}

function shade(kind: u32, name: u32, hue: u32): u32 {
  const lightness = within(kind, 0, name);
  const chroma = within(kind, 2, name >> 8);
  const known = hues + HUE * ((kind << 8) | hue);
  if (load<f64>(known) === 0 && load<f64>(known, 8) === 0) {
    turn(within(kind, 4, hue));
    store<f64>(known, cosine);
    store<f64>(known, sine, 8);
  }
  return toRgb(lightness, chroma, load<f64>(known), load<f64>(known, 8));
}

/** By kind and byte of a hue: cosine and sine of the hue, zeros where they are not known yet. */
const HUE: i32 = 16;
const hues = memory.data(HUE * 256 * KINDS, 8);

function within(kind: u32, field: i32, hash: u32): f64 {
  const at = FIELDS * kind + field;
  return unchecked(ranges[at]) + unchecked(ranges[at + 1]) * (<f64>(hash & 0xff) / 0xff);
}

export function oklch(lightness: f64, chroma: f64, hue: f64): u32 {
  turn(hue);
  return toRgb(lightness, chroma, cosine, sine);
}

let hashEnd: usize = 0;

/** FNV-1a over a text that ends with a zero, mixed as MurmurHash3 ends. */
export function hash(text: usize): u32 {
  let value: u32 = 0x811c9dc5;
  let at = text;
  for (let byte = load<u8>(at); byte !== 0 && at < text + MOST; byte = load<u8>(++at))
    value = (value ^ byte) * 0x01000193;
  hashEnd = at;
  value = (value ^ (value >> 16)) * 0x85ebca6b;
  value = (value ^ (value >> 13)) * 0xc2b2ae35;
  return value ^ (value >> 16);
}
