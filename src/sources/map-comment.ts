/**
 * The address of its map that a script says, in its last `//# sourceMappingURL=` that begins a line; empty where it says
 * none. Such comments stand in the texts of other scripts too, which bundlers put into strings: those begin no line.
 */
export function mapUrlOf(text: string): string {
  for (let at = text.lastIndexOf(mark); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(mark, at - 1)) {
    const before = text.slice(Math.max(0, at - longestIndent), at);
    if (!/(?:^|[\n\r\u2028\u2029])[ \t]*\/\/[#@][ \t]+$/.test(before)) continue;
    const start = at + mark.length;
    const length = text.slice(start).search(/[\s'"]|$/);
    return text.slice(start, start + length);
  }
  return '';
}

const mark = 'sourceMappingURL=';
const longestIndent = 100;
