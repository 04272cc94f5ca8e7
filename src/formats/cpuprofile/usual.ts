import type { Column } from '../../profile/column.ts';
import type { JsonScanner } from '../json/scanner.ts';
import type { WideColumn } from '../json/wide-column.ts';
import instantiate from './assembly/usual.ts?wasm';
import { type CallFrames, FIELDS } from './frames.ts';

/** Exports of assembly/usual.ts: addresses of columns, numbers of what stands there. */
interface Assembly {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly window: Global;
  readonly WINDOW: Global;
  /** Of the byte that comes next. */
  readonly at: Global;
  readonly ids: Global;
  readonly callFrames: Global;
  readonly nodeCount: Global;
  readonly childNodes: Global;
  readonly childIds: Global;
  readonly childCount: Global;
  readonly fresh: Global;
  readonly freshCount: Global;
  takeNodes(from: number, base: number, node: number, callFrame: number): number;
  takeNumbers(from: number): number;
  takeKnownCallFrame(from: number): number;
  keepCallFrame(from: number, to: number, callFrame: number): void;
}

interface Global {
  readonly value: number;
}

/** Bytes behind the window: zeros, where the file ends. */
const SLACK = 64;

const LONGEST_PAUSE = 63;

export interface NodeColumns {
  readonly id: Column<Int32Array>;
  readonly callFrame: Column<Int32Array>;
  readonly childNode: Column<Int32Array>;
  readonly childId: WideColumn;
  readonly callFrames: CallFrames;
}

/**
 * Takes what is written as V8 writes it, to the byte, as nearly all is. A file is put before WebAssembly a window at a time.
 */
export class UsualForm {
  readonly #bytes: Uint8Array;
  readonly #assembly = instantiate() as Assembly;
  /** What the window holds of the file. */
  #start = 0;
  #end = 0;
  /** Tries to be left out: more after each one in vain, as what is written otherwise once mostly is so throughout. */
  #pause = 0;
  #futile = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Takes nodes and the commas between them; false if there are none. */
  takeNodes(scanner: JsonScanner, { id, callFrame, callFrames, childNode, childId }: NodeColumns): boolean {
    if (this.#pause > 0) return this.#wait();
    const assembly = this.#assembly;
    const from = this.#look(scanner.at);
    const to = assembly.takeNodes(from, this.#start, id.length, callFrames.count);
    id.append(this.#column(assembly.ids, assembly.nodeCount));
    callFrame.append(this.#column(assembly.callFrames, assembly.nodeCount));
    callFrames.append(this.#column(assembly.fresh, assembly.freshCount, FIELDS));
    childNode.append(this.#column(assembly.childNodes, assembly.childCount));
    childId.append(this.#column(assembly.childIds, assembly.childCount));
    scanner.at = this.#start + to;
    return this.#learn(to > from);
  }

  /** Takes numbers that are whole and not large, each with the comma before it; false if there are none. */
  takeNumbers(scanner: JsonScanner, into: WideColumn): boolean {
    if (this.#pause > 0) return this.#wait();
    const assembly = this.#assembly;
    const from = this.#look(scanner.at);
    const to = assembly.takeNumbers(from);
    into.append(this.#column(assembly.childIds, assembly.childCount));
    scanner.at = this.#start + to;
    return this.#learn(to > from);
  }

  #wait(): false {
    this.#pause--;
    return false;
  }

  #learn(isTaken: boolean): boolean {
    this.#futile = isTaken ? 0 : Math.min(2 * this.#futile + 1, LONGEST_PAUSE);
    this.#pause = this.#futile;
    return isTaken;
  }

  /** Takes a call frame that was met before, if one comes next, and gives its row; otherwise -1. */
  takeKnownCallFrame(scanner: JsonScanner): number {
    const assembly = this.#assembly;
    const from = this.#look(scanner.at);
    const row = assembly.takeKnownCallFrame(from);
    if (row >= 0) scanner.at = this.#start + assembly.at.value - assembly.window.value;
    return row;
  }

  /** Remembers a call frame that was read otherwise. */
  keepCallFrame(start: number, end: number, row: number): void {
    const from = this.#look(start);
    if (end <= this.#end) this.#assembly.keepCallFrame(from, end - this.#start, row);
  }

  /** Puts a place into the window, with as much behind it as half of one holds, and gives where it is there. */
  #look(at: number): number {
    const size = this.#assembly.WINDOW.value;
    const isEnough = at + size / 2 <= this.#end || this.#end === this.#bytes.length;
    if (at >= this.#start && at <= this.#end && isEnough) return at - this.#start;
    const window = new Uint8Array(this.#assembly.memory.buffer, this.#assembly.window.value, size + SLACK);
    this.#start = at;
    this.#end = Math.min(at + size, this.#bytes.length);
    window.set(this.#bytes.subarray(at, this.#end));
    window.fill(0, this.#end - at);
    return 0;
  }

  /** What stands at an address, until the assembly is called again. */
  #column(address: Global, count: Global, fields = 1): Int32Array {
    return new Int32Array(this.#assembly.memory.buffer, address.value, fields * count.value);
  }
}
