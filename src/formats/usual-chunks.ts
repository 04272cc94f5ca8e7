import instantiate from './assembly/chunks.ts?wasm';
import type { CallFrames } from './call-frames.ts';
import type { StreamText } from './perfetto.ts';

/** Exports of assembly/chunks.ts: addresses of columns, numbers of what stands there. */
interface Assembly {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly room: Global;
  readonly ROOM: Global;
  readonly SLACK: Global;
  readonly texts: Global;
  readonly FIELDS: Global;
  readonly ids: Global;
  readonly parents: Global;
  readonly callFrames: Global;
  readonly nodeCount: Global;
  readonly samples: Global;
  readonly timeDeltas: Global;
  readonly lines: Global;
  readonly columns: Global;
  readonly sampleCount: Global;
  readonly sums: Global;
  readonly fresh: Global;
  readonly freshCount: Global;
  takeChunks(count: number, callFrame: number): number;
}

interface Global {
  readonly value: number;
}

/** What was taken of some chunks, in columns that stand as long as nothing else is taken. */
export interface TakenChunks {
  /** How many chunks. */
  readonly count: number;
  /** By chunk: how many nodes and samples there are behind it. */
  readonly nodesBehind: (chunk: number) => number;
  readonly samplesBehind: (chunk: number) => number;
  /** By chunk: the sum of its time deltas. */
  readonly time: Float64Array;
  readonly id: Int32Array;
  /** The least number where there is none. */
  readonly parent: Int32Array;
  readonly callFrame: Int32Array;
  readonly sample: Int32Array;
  readonly timeDelta: Int32Array;
  readonly line: Int32Array;
  readonly column: Int32Array;
}

interface ChunkText {
  readonly text: StreamText;
}

/** Takes chunks that are written as V8 writes them, to the byte, as nearly all are, many at a time. */
export class UsualChunks {
  readonly #callFrames: CallFrames;
  readonly #assembly = instantiate() as Assembly;
  /** How many to try: as one that is written otherwise once mostly is so throughout, fewer after that. */
  #most = Number.POSITIVE_INFINITY;

  /** Of one stream. */
  constructor(callFrames: CallFrames) {
    this.#callFrames = callFrames;
  }

  /**
   * Takes chunks from a place in a list on, up to one that is written otherwise, or as many as there is room for. Throws an
   * error on a call frame of another shape.
   */
  take(chunks: readonly ChunkText[], first: number): TakenChunks {
    const assembly = this.#assembly;
    const put = this.#put(chunks, first);
    const count = put === 0 ? 0 : assembly.takeChunks(put, this.#callFrames.frames.length);
    this.#most = count < put ? 1 : 2 * this.#most;
    const fields = assembly.FIELDS.value;
    const texts = this.#column(assembly.texts, fields * count);
    const fresh = this.#column(assembly.fresh, 2 * assembly.freshCount.value);
    const room = this.#room();
    for (let at = 0; at < fresh.length; at += 2) this.#callFrames.add(room.subarray(fresh[at]!, fresh[at + 1]!));
    const nodes = (address: Global) => this.#column(address, assembly.nodeCount.value);
    const samples = (address: Global) => this.#column(address, assembly.sampleCount.value);
    return {
      count,
      nodesBehind: (chunk) => texts[fields * chunk + 2]!,
      samplesBehind: (chunk) => texts[fields * chunk + 3]!,
      time: new Float64Array(assembly.memory.buffer, assembly.sums.value, count),
      id: nodes(assembly.ids),
      parent: nodes(assembly.parents),
      callFrame: nodes(assembly.callFrames),
      sample: samples(assembly.samples),
      timeDelta: samples(assembly.timeDeltas),
      line: samples(assembly.lines),
      column: samples(assembly.columns),
    };
  }

  /** Puts texts into the room, each with zeros behind it; gives how many. */
  #put(chunks: readonly ChunkText[], first: number): number {
    const { ROOM, SLACK, FIELDS, texts } = this.#assembly;
    const room = this.#room();
    const most = Math.min(chunks.length - first, this.#most);
    const fields = this.#column(texts, FIELDS.value * Math.min(most, ROOM.value / SLACK.value));
    let count = 0;
    for (let end = 0; count < most; count++) {
      const { bytes } = chunks[first + count]!.text;
      const start = end;
      end += bytes.length;
      if (end + SLACK.value > ROOM.value) break;
      room.set(bytes, start);
      fields[FIELDS.value * count] = start;
      fields[FIELDS.value * count + 1] = end;
      room.fill(0, end, end + SLACK.value);
      end += SLACK.value;
    }
    return count;
  }

  #room(): Uint8Array {
    return new Uint8Array(this.#assembly.memory.buffer, this.#assembly.room.value, this.#assembly.ROOM.value);
  }

  #column(address: Global, length: number): Int32Array {
    return new Int32Array(this.#assembly.memory.buffer, address.value, length);
  }
}
