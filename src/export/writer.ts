import type { CallTree } from '../profile/model.ts';
import instantiate from './assembly/index.ts?wasm';

/** Exports of assembly/index.ts: addresses are numbers of bytes. */
export interface Assembly {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Where what is written ends. */
  readonly end: Global;
  readonly widths: Global;
  readonly frame: Global;
  readonly depth: Global;
  readonly samples: Global;
  readonly self: Global;
  readonly total: Global;
  readonly start: Global;
  begin(nodes: number, frames: number): void;
  layOut(arePacked: boolean): void;
  take(bytes: number): number;
  reserve(bytes: number): void;
  findTexts(from: number, count: number): void;
  setMeasures(width: number, gap: number, whole: number): void;
  setPadding(pixels: number): void;
  setFills(column: number, isByNode: boolean, count: number): void;
  setLeading(column: number): void;
  composeFills(tones: number): void;
  collect(shortest: number): number;
  rows(): number;
  itemTimes(): number;
  firstNodes(): number;
  arrange(rows: number): void;
  writeRow(row: number): void;
  writeByFrame(column: number): void;
  writeInts(column: number): void;
  writeSteps(): void;
  writeWholes(column: number): number;
}

interface Global {
  value: number;
}

type Numbers = Int32Array | Float64Array;

const columns = ['frame', 'depth', 'samples', 'self', 'total'] as const;
/** Bytes of UTF-8 for a code unit of UTF-16, at most. */
const MOST_BYTES = 3;

/**
 * The bytes of a file about a tree, as they are written. They stand in WebAssembly's memory, behind the tree and whatever else
 * is put there before {@link open}.
 */
export class Writer {
  readonly assembly = instantiate() as Assembly;
  readonly #encoder = new TextEncoder();
  readonly #frames: number;
  #begin = 0;

  /** `start` is given where boxes stand at times of their own. */
  constructor(tree: CallTree, start?: Float64Array) {
    const { assembly } = this;
    this.#frames = tree.frames.name.length;
    assembly.begin(tree.frame.length, this.#frames);
    for (const column of columns) this.set(assembly[column].value, tree[column]);
    if (start) this.set(assembly.start.value, start);
    assembly.layOut(!start);
  }

  /** Puts numbers at an address. */
  set(address: number, { buffer, byteOffset, byteLength }: Numbers): void {
    new Uint8Array(this.assembly.memory.buffer, address).set(new Uint8Array(buffer, byteOffset, byteLength));
  }

  /** Puts numbers where there is room and gives their address. */
  put(numbers: Numbers): number {
    const address = this.assembly.take(numbers.byteLength);
    this.set(address, numbers);
    return address;
  }

  /** By frame: the first node that has it, -1 where none has. */
  firstNodes(): Int32Array {
    const address = this.assembly.firstNodes();
    return new Int32Array(this.assembly.memory.buffer, address, this.#frames).slice();
  }

  /** Puts texts without zeros in them. */
  putTexts(texts: readonly string[]): void {
    const { assembly } = this;
    const from = assembly.end.value;
    this.write(`${texts.join('\0')}\0`);
    assembly.findTexts(from, texts.length);
  }

  /** From here on the file is written. */
  open(): void {
    this.#begin = this.assembly.end.value;
  }

  write(text: string): void {
    const { assembly } = this;
    assembly.reserve(MOST_BYTES * text.length);
    const room = new Uint8Array(assembly.memory.buffer, assembly.end.value);
    assembly.end.value += this.#encoder.encodeInto(text, room).written;
  }

  /** What was written since it was opened. */
  bytes(): Uint8Array<ArrayBuffer> {
    const { memory, end } = this.assembly;
    return new Uint8Array(memory.buffer, this.#begin, end.value - this.#begin);
  }
}
