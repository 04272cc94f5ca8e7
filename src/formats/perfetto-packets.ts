import instantiate from './assembly/packets.ts?wasm';

/** Exports of assembly/packets.ts: addresses of columns, numbers of what stands there. */
interface Assembly {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly window: Global;
  readonly taken: Global;
  readonly rows: Global;
  readonly FIELDS: Global;
  readonly rowCount: Global;
  readonly timestamps: Global;
  readonly passed: Global;
  readonly ending: Global;
  readonly GOES_ON: Global;
  readonly NO_PACKET: Global;
  readonly OTHER_SHAPE: Global;
  readonly goesOnTo: Global;
  takePackets(length: number): void;
  want(name: number): void;
}

interface Global {
  readonly value: number;
}

/** Bytes of the stream that come into the window at a time. */
const MOST_AT_ONCE = 1 << 20;
const PAGE = 1 << 16;

/** What stands where in the row of a packet. Places are those of the lengths of parts; -1 where there is none. */
export const START = 0;
export const SEQUENCE = 1;
/** 1 where the state of the sequence begins anew. */
export const CLEARED = 2;
export const CLOCK = 3;
export const DEFAULTS = 4;
export const INTERNED = 5;
export const SNAPSHOT = 6;
export const DESCRIPTOR = 7;
export const EVENT = 8;
export const EVENT_TYPE = 9;
export const NAME_ID = 10;
export const NAME = 11;
export const TRACK = 12;
/** Code of a character; 0 for none. */
export const PHASE = 13;
export const ID = 14;
/** Of the first argument that is JSON text. */
export const JSON_TEXT = 15;

/** Packets that stand one after the other in a stream, taken apart. */
export interface PacketRows {
  /** One row after the other. Its places are those in `bytes`. */
  readonly rows: Int32Array;
  readonly fields: number;
  readonly bytes: Uint8Array;
  /** By row, as they are written; -1 where there is none. */
  readonly timestamps: Float64Array;
  /** By row: what the timestamps of packets add up to that were left out before it, in its sequence and by that one's clock. */
  readonly passed: Float64Array;
}

/** Takes the packets of a stream apart, which comes in parts. Throws a RangeError that says what is wrong, at {@link PacketStream.at}. */
export class PacketStream {
  /** Where the packets end that were given so far. */
  at = 0;
  readonly #assembly = instantiate() as Assembly;
  /** Bytes in the window, and how many have to be there for the packet that comes next. */
  #length = 0;
  #needed = 1;

  /** Leaves out events on threads' own tracks that have other names than these, and all on other tracks; null for none. */
  constructor(names: readonly string[] | null) {
    for (const name of names ?? []) this.#assembly.want(hashOf(name));
  }

  /** Gives rows that stand until the next ones are asked for. They come before what is wrong behind them. */
  *take(part: Uint8Array): Generator<PacketRows> {
    for (let start = 0; start < part.length; start += MOST_AT_ONCE) {
      this.#append(part.subarray(start, start + MOST_AT_ONCE));
      while (this.#length >= this.#needed) yield* this.#takeWhole();
    }
  }

  /** To be called at the end of the stream. */
  finish(): void {
    if (this.#length > 0) throw new RangeError('the packet goes beyond the end');
  }

  *#takeWhole(): Generator<PacketRows> {
    const { window, rows, rowCount, FIELDS, timestamps, passed, taken } = this.#assembly;
    this.#assembly.takePackets(this.#length);
    const { buffer } = this.#assembly.memory;
    const count = rowCount.value;
    yield {
      rows: new Int32Array(buffer, rows.value, FIELDS.value * count),
      fields: FIELDS.value,
      bytes: new Uint8Array(buffer, window.value, this.#length),
      timestamps: new Float64Array(buffer, timestamps.value, count),
      passed: new Float64Array(buffer, passed.value, count),
    };
    new Uint8Array(buffer, window.value, this.#length).copyWithin(0, taken.value);
    this.at += taken.value;
    this.#length -= taken.value;
    this.#goOn();
  }

  #append(part: Uint8Array): void {
    const { memory, window } = this.#assembly;
    const end = window.value + this.#length;
    const missing = end + part.length - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    new Uint8Array(memory.buffer, end, part.length).set(part);
    this.#length += part.length;
  }

  #goOn(): void {
    const { ending, GOES_ON, NO_PACKET, OTHER_SHAPE, goesOnTo, taken } = this.#assembly;
    if (ending.value === NO_PACKET.value) throw new RangeError('expected a packet');
    if (ending.value === OTHER_SHAPE.value) throw new RangeError('a packet of another shape');
    this.#needed = ending.value === GOES_ON.value ? goesOnTo.value - taken.value : 1;
  }
}

/** Of a name in ASCII characters: FNV-1a. Other names may have the same. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash === 0 ? 1 : hash;
}
