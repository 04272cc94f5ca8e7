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
  readonly firstNode: Global;
  readonly used: Global;
  readonly rank: Global;
  /** Of what was collected. */
  readonly rowCount: Global;
  begin(nodes: number, frames: number): void;
  layOut(arePacked: boolean): void;
  take(bytes: number): number;
  reserve(bytes: number): void;
  findTexts(from: number, count: number): void;
  setMeasures(width: number, gap: number, whole: number): void;
  setPadding(pixels: number): void;
  setFills(at: number, count: number, places: number, areOfNodes: boolean): void;
  setTones(column: number): void;
  setLeading(column: number): void;
  setPlaces(kinds: number, files: number, lines: number, fileCount: number): void;
  compose(): void;
  collect(shortest: number): number;
  itemTimes(): number;
  writeRow(row: number): void;
  findUsed(): number;
  writeFills(): void;
  writeFillPlaces(): void;
  writeFrames(): void;
  writeOfUsed(column: number): void;
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

  /** Finds the frames that nodes have, ascending, and by frame the first node that has it, -1 where none has. */
  findUsed(): { used: Int32Array; firstNode: Int32Array } {
    const { assembly } = this;
    const count = assembly.findUsed();
    const column = (address: Global, length: number) =>
      new Int32Array(assembly.memory.buffer, address.value, length).slice();
    return { used: column(assembly.used, count), firstNode: column(assembly.firstNode, this.#frames) };
  }

  /** Puts a text where there is room and gives its address. */
  putText(text: string): number {
    const address = this.assembly.end.value;
    this.write(text);
    return address;
  }

  /** Puts texts without zeros in them. */
  putTexts(texts: readonly string[]): void {
    this.assembly.findTexts(this.putText(`${texts.join('\0')}\0`), texts.length);
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
