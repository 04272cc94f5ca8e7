import type { FrameIndex, FrameTable } from '../profile/model.ts';
import instantiate from './assembly/source-colors.ts?wasm';

/** Exports of assembly/source-colors.ts: addresses of columns, numbers of what stands there. */
interface Assembly {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly BLOCK: Global;
  readonly MOST: Global;
  readonly room: Global;
  readonly kinds: Global;
  readonly scripts: Global;
  readonly colors: Global;
  readonly LENGTH: Global;
  reserve(bytes: number): void;
  hash(text: number): number;
  hueOf(hash: number): number;
  paint(count: number): number;
  oklch(lightness: number, chroma: number, hue: number): number;
}

interface Global {
  readonly value: number;
}

let shared: Assembly | null = null;
function assembly(): Assembly {
  shared ??= instantiate() as Assembly;
  return shared;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Bytes of UTF-8 for a code unit of UTF-16, at most. */
const MOST_BYTES = 3;

/**
 * The colour of each frame of a table, as `#rrggbb`. They are light enough for dark labels, and the same for the same function
 * in every graph. Warm hues are the page's scripts (one hue a script, one shade a function), green is native code, blue and
 * violet the browser's work, grey the engine.
 */
export class SourceColors {
  readonly frames: FrameTable;
  readonly #block = assembly().BLOCK.value;
  readonly #length = assembly().LENGTH.value;
  /** By number: the colours of a block of frames, one after the other. */
  readonly #painted: string[] = [];
  readonly #hueByScript = new Map<string, number>();

  constructor(frames: FrameTable) {
    this.frames = frames;
  }

  of(frame: FrameIndex): string {
    const at = (frame % this.#block) * this.#length;
    // Those that stand together are mostly drawn together.
    return this.#blockOf(Math.floor(frame / this.#block)).slice(at, at + this.#length);
  }

  /** Those of all frames, one after the other. */
  all(): string {
    const blocks = Math.ceil(this.frames.name.length / this.#block);
    return Array.from({ length: blocks }, (_, block) => this.#blockOf(block)).join('');
  }

  #blockOf(block: number): string {
    this.#painted[block] ??= this.#paint(block * this.#block);
    return this.#painted[block];
  }

  #paint(from: FrameIndex): string {
    const { memory, MOST, kinds, scripts, colors, paint } = assembly();
    const to = from + this.#block;
    const names = this.frames.name.slice(from, to).map((name) => name.slice(0, MOST.value));
    const hues = this.frames.url.slice(from, to).map((url) => this.#hueOf(url));
    new Uint8Array(memory.buffer, kinds.value).set(this.frames.kind.subarray(from, to));
    new Uint8Array(memory.buffer, scripts.value).set(hues);
    // Names with zeros in them are more than they should be.
    if (put(names.join('\0')) !== paint(names.length)) {
      put(names.map(withoutZeros).join('\0'));
      paint(names.length);
    }
    return decoder.decode(new Uint8Array(memory.buffer, colors.value, this.#length * names.length));
  }

  #hueOf(url: string): number {
    let hue = this.#hueByScript.get(url);
    if (hue === undefined) {
      hue = assembly().hueOf(hashOf(url));
      this.#hueByScript.set(url, hue);
    }
    return hue;
  }
}

/** FNV-1a over the first bytes of UTF-8, mixed as MurmurHash3 ends, as an unsigned 32-bit number. */
export function hashOf(text: string): number {
  const { MOST, room, hash } = assembly();
  put(withoutZeros(text.slice(0, MOST.value)));
  return hash(room.value) >>> 0;
}

/** From OKLCH (hue in degrees) to sRGB as 0xrrggbb, clipped to its gamut. */
export function oklch(lightness: number, chroma: number, hue: number): number {
  return assembly().oklch(lightness, chroma, hue);
}

function withoutZeros(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}

/** Puts a text and a zero where there is room; gives how many bytes that are. */
function put(text: string): number {
  const { room, reserve, memory } = assembly();
  reserve(MOST_BYTES * text.length + 1);
  const bytes = new Uint8Array(memory.buffer, room.value);
  const { written } = encoder.encodeInto(text, bytes);
  bytes[written] = 0;
  return written + 1;
}
