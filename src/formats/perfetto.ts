import { PbfReader } from 'pbf';
import {
  CLEARED,
  CLOCK,
  DEFAULTS,
  DESCRIPTOR,
  EVENT,
  EVENT_TYPE,
  ID,
  INTERNED,
  JSON_TEXT,
  NAME,
  NAME_ID,
  PacketStream,
  PHASE,
  SEQUENCE,
  SNAPSHOT,
  START,
  TRACK,
} from './perfetto-packets.ts';
import { open, readId, Sequence, type ThreadId, Tracks } from './perfetto-state.ts';

/**
 * Reads the Perfetto protobuf stream that `Tracing.start {streamFormat: 'proto'}` gives, as far as Chromium's track
 * events go. A trace is a sequence of packets; in text form, two of them:
 *
 *     packet { trusted_packet_sequence_id: 2  timestamp: 172            # µs since the sequence's last one
 *              interned_data { event_names { iid: 7 name: "Layout" } }
 *              track_event { type: TYPE_SLICE_BEGIN  name_iid: 7 } }
 *     packet { trusted_packet_sequence_id: 2  timestamp: 94  track_event { type: TYPE_SLICE_END } }
 *
 * Names are interned per sequence (one sequence is one thread's writer), times are differences, and a slice's end names
 * nothing: all that is state of the sequence. Field numbers are those of Perfetto's published .proto files.
 */
const Event = { annotations: 4 } as const;
const Annotation = {
  nameId: 1,
  bool: 2,
  uint: 3,
  int: 4,
  double: 5,
  string: 6,
  json: 9,
  name: 10,
  entries: 11,
  stringId: 17,
} as const;

export type Phase = 'begin' | 'end' | 'instant' | 'sample';

/** An event on a thread. The object is used again for the next event: take what you need. */
export interface TraceEvent {
  readonly phase: Phase;
  /** Empty for the end of a slice: it ends the latest open one of its thread. */
  readonly name: string;
  /** Microseconds, in the monotonic clock of the machine. */
  readonly time: number;
  readonly thread: ThreadId;
  /** Tells series of samples of one process apart (the profiles); empty where there is none. */
  readonly id: string;
  /** The event's arguments; JSON text is parsed. Reading them costs, so ask only where they matter. */
  args(): Record<string, unknown>;
  /** Where the text of the first argument that is JSON stands in the stream; null where there is none. */
  readonly json: TextPlace | null;
}

export interface TextPlace {
  readonly start: number;
  readonly end: number;
}

/**
 * Calls `onEvent` for every event on a thread's own track, in the order of the stream (ordered within a thread only); with
 * `names`, one or more of ASCII characters, other events may be left out, begin and end of a slice alike. Throws a RangeError
 * that says where on bytes that are no such trace.
 */
export function readPerfetto(
  bytes: Uint8Array,
  onEvent: (event: TraceEvent) => void,
  names: readonly string[] | null = null,
): void {
  const packets = new Packets(new PbfReader(bytes), onEvent);
  const stream = new PacketStream(bytes, names);
  let at = 0;
  try {
    for (const { rows, fields, base, timestamps, passed } of stream) {
      for (let packet = 0; packet < timestamps.length; packet++) {
        at = base + rows[fields * packet + START]!;
        packets.take(rows, fields * packet, base, timestamps[packet]!, passed[packet]!);
      }
      at = stream.at;
    }
  } catch (error) {
    throw noTrace(bytes, Math.max(at, stream.at), error);
  }
}

/** Says where the bytes are no trace, and why. */
export function noTrace(bytes: Uint8Array, at: number, cause: unknown): RangeError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RangeError(`Not a Perfetto trace at byte ${at} of ${bytes.length}: ${reason}`, { cause });
}

class Packets {
  readonly #pbf: PbfReader;
  readonly #event: CurrentEvent;
  readonly #onEvent: (event: TraceEvent) => void;
  readonly #tracks = new Tracks();
  readonly #sequences = new Map<number, Sequence>();

  constructor(pbf: PbfReader, onEvent: (event: TraceEvent) => void) {
    this.#pbf = pbf;
    this.#event = new CurrentEvent(pbf);
    this.#onEvent = onEvent;
  }

  /** Takes what a row says, whose places count from `base` on; before it, a time has passed by its sequence's own clock. */
  take(rows: Int32Array, row: number, base: number, timestamp: number, passed: number): void {
    const pbf = this.#pbf;
    const sequence = this.#sequence(rows[row + SEQUENCE]!);
    if (passed > 0) sequence.pass(passed);
    if (rows[row + DESCRIPTOR]! >= 0) {
      pbf.pos = base + rows[row + DESCRIPTOR]!;
      this.#tracks.describe(pbf);
    }
    if (rows[row + CLEARED] === 1) sequence.clear();
    if (rows[row + SNAPSHOT]! >= 0) sequence.readClocks(pbf, base + rows[row + SNAPSHOT]!);
    if (rows[row + DEFAULTS]! >= 0) sequence.readDefaults(pbf, base + rows[row + DEFAULTS]!);
    if (rows[row + INTERNED]! >= 0) sequence.readInterned(pbf, base + rows[row + INTERNED]!);
    const time = timestamp < 0 ? 0 : sequence.time(timestamp, rows[row + CLOCK]!);
    if (rows[row + EVENT]! >= 0 && this.#event.take(rows, row, base, sequence, time)) this.#onEvent(this.#event);
  }

  #sequence(id: number): Sequence {
    let sequence = this.#sequences.get(id);
    if (!sequence) {
      sequence = new Sequence(this.#tracks);
      this.#sequences.set(id, sequence);
    }
    return sequence;
  }
}

const phaseByType: readonly (Phase | undefined)[] = ['sample', 'begin', 'end', 'instant'];
const LEGACY_SAMPLE = 'P'.charCodeAt(0);
const noThread: ThreadId = { pid: 0, tid: 0 };

class CurrentEvent implements TraceEvent {
  phase: Phase = 'instant';
  name = '';
  time = 0;
  thread = noThread;
  id = '';
  json: TextPlace | null = null;
  readonly #pbf: PbfReader;
  #sequence: Sequence | null = null;
  #latestId = { start: 0, end: 0, text: '' };
  /** Where it stands. */
  #at = 0;

  constructor(pbf: PbfReader) {
    this.#pbf = pbf;
  }

  /** Takes the event of a row; false for one that is not on a thread's own track, or of another kind. */
  take(rows: Int32Array, row: number, base: number, sequence: Sequence, time: number): boolean {
    const type = rows[row + EVENT_TYPE]!;
    const phase = type === 0 && rows[row + PHASE] !== LEGACY_SAMPLE ? undefined : phaseByType[type];
    const { thread } = sequence;
    if (!phase || !thread) return false;
    const pbf = this.#pbf;
    const track = rows[row + TRACK]!;
    if (track >= 0) {
      pbf.pos = base + track;
      if (!sequence.readsOwnTrack(pbf)) return false;
    }
    this.phase = phase;
    this.thread = thread;
    this.time = time;
    this.#sequence = sequence;
    this.#at = base + rows[row + EVENT]!;
    this.name = this.#nameOf(rows[row + NAME_ID]!, rows[row + NAME]!, base, sequence);
    this.id = phase === 'sample' ? this.#idOf(rows[row + ID]!, base) : '';
    this.json = this.#textAt(rows[row + JSON_TEXT]!, base);
    return true;
  }

  #textAt(place: number, base: number): TextPlace | null {
    if (place < 0) return null;
    const end = open(this.#pbf, base + place);
    return { start: this.#pbf.pos, end };
  }

  #idOf(id: number, base: number): string {
    if (id < 0) return '';
    const pbf = this.#pbf;
    pbf.pos = base + id;
    const { start, end, text } = this.#latestId;
    // Most of them are parts of one profile.
    if (text !== '' && isSame(pbf.buf, base + id, start, end - start)) return text;
    const next = readId(pbf);
    this.#latestId = { start: base + id, end: pbf.pos, text: next };
    return next;
  }

  #nameOf(id: number, text: number, base: number, sequence: Sequence): string {
    if (text < 0) return id < 0 ? '' : (sequence.eventNames.get(id) ?? '');
    this.#pbf.pos = base + text;
    return this.#pbf.readString();
  }

  args(): Record<string, unknown> {
    return Object.fromEntries(this.#annotations().map((start) => readAnnotation(this.#pbf, start, this.#sequence!)));
  }

  /** Where the arguments stand. */
  #annotations(): number[] {
    const pbf = this.#pbf;
    const places: number[] = [];
    const end = open(pbf, this.#at);
    for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end))
      if (tag === Event.annotations) places.push(pbf.pos);
    return places;
  }
}

function isSame(bytes: Uint8Array, one: number, other: number, length: number): boolean {
  for (let at = 0; at < length; at++) if (bytes[one + at] !== bytes[other + at]) return false;
  return true;
}

function readAnnotation(pbf: PbfReader, at: number, sequence: Sequence): [name: string, value: unknown] {
  const end = open(pbf, at);
  let name = '';
  let value: unknown;
  const entries: number[] = [];
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    if (tag === Annotation.nameId) name = sequence.annotationNames.get(pbf.readVarint()) ?? '';
    else if (tag === Annotation.name) name = pbf.readString();
    else if (tag === Annotation.bool) value = pbf.readBoolean();
    else if (tag === Annotation.uint) value = pbf.readVarint();
    else if (tag === Annotation.int) value = pbf.readVarint(true);
    else if (tag === Annotation.double) value = pbf.readDouble();
    else if (tag === Annotation.string) value = pbf.readString();
    else if (tag === Annotation.stringId) value = sequence.annotationStrings.get(pbf.readVarint());
    else if (tag === Annotation.json) value = JSON.parse(pbf.readString());
    else if (tag === Annotation.entries) entries.push(pbf.pos);
  }
  if (entries.length > 0) value = Object.fromEntries(entries.map((start) => readAnnotation(pbf, start, sequence)));
  return [name, value];
}
