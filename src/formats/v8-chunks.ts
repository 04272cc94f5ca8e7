import { Column } from '../profile/column.ts';
import type { Microseconds } from '../profile/model.ts';
import type { CallFrames } from './call-frames.ts';
import { ARRAY, OBJECT } from './json/nesting.ts';
import { readDigits, readNumber } from './json/numbers.ts';
import type { JsonScanner } from './json/scanner.ts';
import { keysOf } from './json/tokens.ts';
import type { TextPlace } from './perfetto.ts';
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
  readonly places: ChunkPlace[] = [];
  readonly #scanner: JsonScanner;
  readonly #callFrames: CallFrames;
  readonly #usual: UsualChunks;

  /** All for the same stream. */
  constructor(scanner: JsonScanner, callFrames: CallFrames, usual: UsualChunks) {
    this.#scanner = scanner;
    this.#callFrames = callFrames;
    this.#usual = usual;
  }

  /**
   * Reads the texts of chunks, which come after those that were read before. Of those that are passed over, only nodes are
   * kept, which later ones build on, and how much time they take. Throws an error that says where on one of another shape.
   */
  read(texts: readonly TextPlace[], isPassedOver = false): void {
    for (let next = 0; next < texts.length; ) {
      const taken = this.#usual.take(texts, next, isPassedOver);
      this.#add(taken, isPassedOver);
      next += taken.count;
      if (taken.count === 0) this.#readUnusual(texts[next++]!, isPassedOver);
    }
  }

  #add(taken: TakenChunks, isPassedOver: boolean): void {
    const [node, sample] = [this.id.length, this.sample.length];
    this.id.append(taken.id);
    this.parent.append(taken.parent);
    this.callFrame.append(taken.callFrame);
    if (!isPassedOver) {
      this.sample.append(taken.sample);
      this.timeDelta.append(taken.timeDelta);
      this.line.append(taken.line);
      this.column.append(taken.column);
    }
    let [firstNode, firstSample] = [node, sample];
    for (let chunk = 0; chunk < taken.count; chunk++) {
      const endNode = node + taken.nodesBehind(chunk);
      const endSample = isPassedOver ? sample : sample + taken.samplesBehind(chunk);
      const passed = isPassedOver ? taken.time[chunk]! : 0;
      this.places.push({ firstNode, endNode, firstSample, endSample, passed });
      [firstNode, firstSample] = [endNode, endSample];
    }
  }

  #readUnusual({ start, end }: TextPlace, isPassedOver: boolean): void {
    const scanner = this.#scanner;
    const callFrames = this.#callFrames;
    const place = { firstNode: this.id.length, firstSample: this.sample.length };
    scanner.at = start;
    for (let more = scanner.open(OBJECT), key = -1; more; more = scanner.next(OBJECT)) {
      key = scanner.key(chunkKeys, key);
      if (key === 0) this.#readProfile(scanner, callFrames, place, isPassedOver);
      else if (key === 1) readDeltas(scanner, this.timeDelta, place.firstSample);
      else if (key === 2 && !isPassedOver) readInts(scanner, this.line, place.firstSample);
      else if (key === 3 && !isPassedOver) readInts(scanner, this.column, place.firstSample);
      else scanner.skip();
    }
    if (scanner.at > end) throw new RangeError('a ProfileChunk whose text goes on beyond its end');
    scanner.peek();
    if (scanner.at < end) throw new RangeError('a ProfileChunk with more text than one value');
    let passed = 0;
    if (isPassedOver) {
      for (let delta = place.firstSample; delta < this.timeDelta.length; delta++) passed += this.timeDelta.at(delta);
      this.timeDelta.resize(place.firstSample);
    }
    const count = this.sample.length;
    if (this.timeDelta.length !== count)
      throw new RangeError('a ProfileChunk whose samples and time deltas do not match');
    this.line.resize(count);
    this.column.resize(count);
    this.places.push({ ...place, endNode: this.id.length, endSample: count, passed });
  }

  /** Hands a chunk's nodes on. */
  addNodes({ firstNode, endNode }: ChunkPlace, stacks: Pick<V8Stacks, 'add'>): void {
    for (let node = firstNode; node < endNode; node++) {
      const parent = this.parent.at(node);
      stacks.add(this.id.at(node), parent === NO_NODE ? null : parent, this.callFrame.at(node));
    }
  }

  #readProfile(
    scanner: JsonScanner,
    callFrames: CallFrames,
    place: Pick<ChunkPlace, 'firstNode' | 'firstSample'>,
    isPassedOver: boolean,
  ): void {
    this.#cutNodes(place.firstNode);
    this.sample.resize(place.firstSample);
    for (let more = scanner.open(OBJECT), key = -1; more; more = scanner.next(OBJECT)) {
      key = scanner.key(profileKeys, key);
      if (key === 0) {
        this.#cutNodes(place.firstNode);
        for (let more = scanner.open(ARRAY); more; more = scanner.next(ARRAY)) this.#readNode(scanner, callFrames);
      } else if (key === 1 && !isPassedOver) readInts(scanner, this.sample, place.firstSample);
      else scanner.skip();
    }
  }

  #cutNodes(length: number): void {
    this.id.resize(length);
    this.parent.resize(length);
    this.callFrame.resize(length);
  }

  #readNode(scanner: JsonScanner, callFrames: CallFrames): void {
    let id = NO_NODE;
    let parent = NO_NODE;
    let callFrame = -1;
    for (let more = scanner.open(OBJECT), key = -1; more; more = scanner.next(OBJECT)) {
      key = scanner.key(nodeKeys, key);
      if (key === 0) callFrame = callFrames.take(scanner);
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
  /** The time of samples that were not kept. */
  readonly passed: Microseconds;
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
