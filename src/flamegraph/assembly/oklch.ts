/** From OKLCH to sRGB, as CSS Color 4 has it. */

/** By way of OKLab, OKLMS and linear sRGB to sRGB, clipped to its gamut, as the number 0xrrggbb. */
export function toRgb(lightness: f64, chroma: f64, cosine: f64, sine: f64): u32 {
  const a = chroma * cosine;
  const b = chroma * sine;
  const long = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
  const middle = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
  const short = cube(lightness - 0.0894841775 * a - 1.291485548 * b);
  const red = toByte(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short);
  const green = toByte(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short);
  const blue = toByte(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short);
  return (red << 16) | (green << 8) | blue;
}

/** Of the last hue that was turned to. */
export let cosine: f64 = 0;
export let sine: f64 = 0;

/** Sums up the series of both, to nine digits. @param hue degrees, from 0 to 360 */
export function turn(hue: f64): void {
  // The series are short for angles near zero: half a turn less gives the same with the other sign.
  const angle = (hue * Math.PI) / 180 - Math.PI;
  cosine = 0;
  sine = 0;
  let term: f64 = -1;
  for (let power: f64 = 0; power < 24; ) {
    cosine += term;
    term *= angle / ++power;
    sine += term;
    term *= -angle / ++power;
  }
}

function cube(value: f64): f64 {
  return value * value * value;
}

/** By a part of the range from 0 to 1: the byte at its beginning. No part is so long that more than one byte ends in it. */
const PARTS: i32 = 4096;
const bytes = memory.data(PARTS + 1);
/** By byte: the linear value at which it ends, as bytes are rounded. */
const ends = memory.data(8 * 256, 8);
for (let byte: i32 = 0, part: i32 = 0, root: f64 = 1; byte < 256; byte++) {
  const gamma = (<f64>byte + 0.5) / 255;
  let end = gamma / 12.92;
  if (gamma > 0.04045) {
    const base = (gamma + 0.055) / 1.055;
    // The fifth root, from the one before, by Newton's method.
    for (let step = 0; step < 6; step++) root -= (root - base / (root * root * root * root)) / 5;
    const square = root * root * root * root;
    end = square * square * square;
  }
  store<f64>(ends + 8 * byte, end);
  for (; part <= PARTS && <f64>part < end * PARTS; part++) store<u8>(bytes + part, <u8>byte);
}

function toByte(linear: f64): u32 {
  const clipped = min(max(linear, 0), 1);
  const byte = <u32>load<u8>(bytes + <u32>(clipped * PARTS));
  return byte + <u32>(clipped >= load<f64>(ends + 8 * byte));
}
