import { Column } from '../profile/column.ts';
import type { Microseconds } from '../profile/model.ts';
import type { CallFrames } from './call-frames.ts';
import { ARRAY, OBJECT } from './json/nesting.ts';
import { readDigits, readNumber } from './json/numbers.ts';
import { JsonScanner } from './json/scanner.ts';
import { keysOf } from './json/tokens.ts';
import { NoTraceError, type StreamText } from './perfetto.ts';
import type { TakenChunks, UsualChunks } from './usual-chunks.ts';
import type { V8Stacks } from './v8-stacks.ts';

/**
 * The chunks of one V8 profile in columns. A chunk is JSON text, whose bytes go straight into them:
 *
 *     {"cpuProfile": {"nodes": [{"callFrame": {…}, "id": 7, "parent": 3}, …], "samples": [7, 7], "trace_ids": {…}},
 *      "timeDeltas": [104, 98], "lines": [12, 12], "columns": [5, 9]}
 */
export class V8Chunks {
  /** Nodes, those of one chunk after those of another. */
  readonly id = Column.ints();
  readonly parent = Column.ints();
  /** Numbers of call frames. */
  readonly callFrame = Column.ints();
  /** Samples: ids of nodes. */
  readonly sample = Column.ints();
  /** Of each sample to the one before; may be negative. */
  readonly timeDelta = Column.floats();
  /** Where in the source each sample stood, 1-based, 0 for nowhere; or where the browser does not say. */
  readonly line = Column.ints();
  readonly column = Column.ints();
  readonly #callFrames: CallFrames;
  readonly #usual: UsualChunks;
  readonly #places: ChunkPlace[] = [];
  #unread: WrittenChunk[] = [];

  /** Both for the same stream. */
  constructor(callFrames: CallFrames, usual: UsualChunks) {
    this.#callFrames = callFrames;
    this.#usual = usual;
  }

  /** In the order in which they were written: the last one comes from the sampled thread itself, and may stand before others. */
  get places(): readonly ChunkPlace[] {
    return this.#places.toSorted((a, b) => a.writtenAt - b.writtenAt);
  }

  /** Adds the text of a chunk that was written then, to be read with others. */
  add(text: StreamText, writtenAt: Microseconds): void {
    this.#unread.push({ text, writtenAt });
  }

  /** Reads the texts that were added. Throws a {@link NoTraceError} on one of another shape. */
  read(): void {
    const unread = this.#unread;
    this.#unread = [];
    for (let next = 0; next < unread.length; ) {
      const chunk = unread[next]!;
      try {
        const taken = this.#usual.take(unread, next);
        this.#take(taken, unread, next);
        if (taken.count === 0) this.#readUnusual(chunk);
        next += Math.max(taken.count, 1);
      } catch (error) {
        throw new NoTraceError(chunk.text.at, error);
      }
    }
  }

  #take(taken: TakenChunks, unread: readonly WrittenChunk[], first: number): void {
    const [node, sample] = [this.id.length, this.sample.length];
    this.id.append(taken.id);
    this.parent.append(taken.parent);
    this.callFrame.append(taken.callFrame);
    this.sample.append(taken.sample);
    this.timeDelta.append(taken.timeDelta);
    this.line.append(taken.line);
    this.column.append(taken.column);
    let [firstNode, firstSample] = [node, sample];
    for (let chunk = 0; chunk < taken.count; chunk++) {
      const endNode = node + taken.nodesBehind(chunk);
      const endSample = sample + taken.samplesBehind(chunk);
      const { writtenAt } = unread[first + chunk]!;
      this.#places.push({ firstNode, endNode, firstSample, endSample, time: taken.time[chunk]!, writtenAt });
      [firstNode, firstSample] = [endNode, endSample];
    }
  }

  #readUnusual({ text, writtenAt }: WrittenChunk): void {
    const scanner = new JsonScanner(text.bytes);
    const place = { firstNode: this.id.length, firstSample: this.sample.length };
    for (let more = scanner.open(OBJECT), key = -1; more; more = scanner.next(OBJECT)) {
      key = scanner.key(chunkKeys, key);
      if (key === 0) this.#readProfile(scanner, place);
      else if (key === 1) readDeltas(scanner, this.timeDelta, place.firstSample);
      else if (key === 2) readInts(scanner, this.line, place.firstSample);
      else if (key === 3) readInts(scanner, this.column, place.firstSample);
      else scanner.skip();
    }
    scanner.finish();
    const count = this.sample.length;
    if (this.timeDelta.length !== count)
      throw new RangeError('a ProfileChunk whose samples and time deltas do not match');
    this.line.resize(count);
    this.column.resize(count);
    let time = 0;
    for (let delta = place.firstSample; delta < count; delta++) time += this.timeDelta.at(delta);
    this.#places.push({ ...place, endNode: this.id.length, endSample: count, time, writtenAt });
  }

  /** Hands a chunk's nodes on. */
  addNodes({ firstNode, endNode }: ChunkPlace, stacks: Pick<V8Stacks, 'add'>): void {
    for (let node = firstNode; node < endNode; node++) {
      const parent = this.parent.at(node);
      stacks.add(this.id.at(node), parent === NO_NODE ? null : parent, this.callFrame.at(node));
    }
  }

  #readProfile(scanner: JsonScanner, place: Pick<ChunkPlace, 'firstNode' | 'firstSample'>): void {
    this.#cutNodes(place.firstNode);
    this.sample.resize(place.firstSample);
    for (let more = scanner.open(OBJECT), key = -1; more; more = scanner.next(OBJECT)) {
      key = scanner.key(profileKeys, key);
      if (key === 0) {
        this.#cutNodes(place.firstNode);
        for (let more = scanner.open(ARRAY); more; more = scanner.next(ARRAY)) this.#readNode(scanner);
      } else if (key === 1) readInts(scanner, this.sample, place.firstSample);
      else scanner.skip();
    }
  }

  #cutNodes(length: number): void {
    this.id.resize(length);
    this.parent.resize(length);
    this.callFrame.resize(length);
  }

  #readNode(scanner: JsonScanner): void {
    let id = NO_NODE;
    let parent = NO_NODE;
    let callFrame = -1;
    for (let more = scanner.open(OBJECT), key = -1; more; more = scanner.next(OBJECT)) {
      key = scanner.key(nodeKeys, key);
      if (key === 0) callFrame = this.#callFrames.take(scanner);
      else if (key === 1) id = readInt(scanner);
      else if (key === 2) parent = readInt(scanner);
      else scanner.skip();
    }
    if (id === NO_NODE || callFrame < 0) throw new RangeError('a ProfileChunk with nodes of another shape');
    this.id.push(id);
    this.parent.push(parent);
    this.callFrame.push(callFrame);
  }
}

/** Where the nodes and samples of a chunk stand. */
export interface ChunkPlace {
  readonly firstNode: number;
  readonly endNode: number;
  readonly firstSample: number;
  readonly endSample: number;
  /** What its time deltas add up to. */
  readonly time: Microseconds;
  /** After all its samples. */
  readonly writtenAt: Microseconds;
}

interface WrittenChunk {
  readonly text: StreamText;
  readonly writtenAt: Microseconds;
}

/** In place of a node's id; V8's begin with 1. */
const NO_NODE = -(2 ** 31);

/** With those that are passed over but often there. */
const chunkKeys = keysOf('cpuProfile', 'timeDeltas', 'lines', 'columns', 'source');
const profileKeys = keysOf('nodes', 'samples', 'trace_ids');
const nodeKeys = keysOf('callFrame', 'id', 'parent');

/** A list that comes twice counts as it came last, as it does for `JSON.parse`. */
function readInts(scanner: JsonScanner, column: Column<Int32Array>, first: number): void {
  column.resize(first);
  for (let more = scanner.open(ARRAY); more; more = scanner.next(ARRAY)) column.push(readInt(scanner));
}

function readDeltas(scanner: JsonScanner, column: Column<Float64Array>, first: number): void {
  column.resize(first);
  for (let more = scanner.open(ARRAY); more; more = scanner.next(ARRAY)) column.push(readNumber(scanner));
}

function readInt(scanner: JsonScanner): number {
  scanner.peek();
  const digits = readDigits(scanner);
  const value = digits < 0 ? readNumber(scanner) : digits;
  if ((value | 0) !== value)
    throw scanner.error(`a ProfileChunk with ${value} where a whole number of 32 bits should be`);
  return value;
}
