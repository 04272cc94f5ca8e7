/**
 * How many bytes the character at a place takes in UTF-8, 0 where none begins: with shortest forms only, no half of a
 * surrogate pair, nothing beyond U+10FFFF (RFC 3629, section 4).
 */
export function characterLength(bytes: Uint8Array, at: number): 0 | 1 | 2 | 3 | 4 {
  const first = bytes[at]!;
  const second = bytes[at + 1]!;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return isNext(second) ? 2 : 0;
  if (first < 0xf0) {
    const isLegal = second >= (first === 0xe0 ? 0xa0 : 0x80) && second <= (first === 0xed ? 0x9f : 0xbf);
    return isLegal && isNext(bytes[at + 2]) ? 3 : 0;
  }
  const isLegal = second >= (first === 0xf0 ? 0x90 : 0x80) && second <= (first === 0xf4 ? 0x8f : 0xbf);
  return isLegal && isNext(bytes[at + 2]) && isNext(bytes[at + 3]) ? 4 : 0;
}

function isNext(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** So many code units are made into text at once. */
const CHUNK = 8192;
const units = new Array<number>(CHUNK + 1).fill(0);

/** The text of bytes that are known to be UTF-8. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let count = 0;
  for (let at = start; at < end; ) {
    const first = bytes[at]!;
    if (first < 0x80) {
      units[count++] = first;
      at += 1;
    } else if (first < 0xe0) {
      units[count++] = ((first & 0x1f) << 6) | rest(bytes, at + 1);
      at += 2;
    } else if (first < 0xf0) {
      units[count++] = ((first & 0x0f) << 12) | (rest(bytes, at + 1) << 6) | rest(bytes, at + 2);
      at += 3;
    } else {
      const above =
        (((first & 0x07) << 18) | (rest(bytes, at + 1) << 12) | (rest(bytes, at + 2) << 6) | rest(bytes, at + 3)) -
        0x10000;
      units[count++] = 0xd800 | (above >> 10);
      units[count++] = 0xdc00 | (above & 0x3ff);
      at += 4;
    }
    if (count >= CHUNK || at >= end) {
      text += String.fromCharCode(...units.slice(0, count));
      count = 0;
    }
  }
  return text;
}

function rest(bytes: Uint8Array, at: number): number {
  return bytes[at]! & 0x3f;
}

/** What the inside of a JSON string stands for. */
export function unescaped(text: string, isEscaped: boolean): string {
  return isEscaped ? (JSON.parse(`"${text}"`) as string) : text;
}
