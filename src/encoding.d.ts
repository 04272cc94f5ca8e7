/** Browsers, workers and Node all have these, though they are no part of the language: for code that is checked without the DOM. */
declare class TextEncoder {
  encodeInto(text: string, bytes: Uint8Array): { written: number };
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}
