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
  /** The text of the first argument that is JSON; null where there is none. */
  readonly json: StreamText | null;
}

/** A text in the stream. */
export interface StreamText {
  /** They stand until {@link EventTaker.textsGo}. */
  readonly bytes: Uint8Array;
  /** Where it begins. */
  readonly at: number;
}

export interface EventTaker {
  takeEvent(event: TraceEvent): void;
  /** After this, the texts of events that came so far are no longer there. */
  textsGo(): void;
}

/**
 * Gives every event on a thread's own track, in the order of the stream (ordered within a thread only); with `names`, one or
 * more of ASCII characters, other events may be left out, begin and end of a slice alike.
 */
export class PerfettoReader {
  readonly #taker: EventTaker;
  readonly #stream: PacketStream;
  readonly #packets: Packets;

  constructor(taker: EventTaker, names: readonly string[] | null = null) {
    this.#taker = taker;
    this.#stream = new PacketStream(names);
    this.#packets = new Packets((event) => taker.takeEvent(event));
  }

  /** Takes what comes next of the stream. Throws a {@link NoTraceError} on bytes that are no such trace. */
  take(part: Uint8Array): void {
    let at = 0;
    try {
      for (const { rows, fields, bytes, timestamps, passed } of this.#stream.take(part)) {
        const base = this.#stream.at;
        this.#packets.goTo(bytes, base);
        for (let packet = 0, row = 0; packet < timestamps.length; packet++, row += fields) {
          at = base + rows[row + START]!;
          this.#packets.take(rows, row, timestamps[packet]!, passed[packet]!);
        }
        this.#taker.textsGo();
      }
    } catch (error) {
      throw error instanceof NoTraceError ? error : new NoTraceError(Math.max(at, this.#stream.at), error);
    }
  }

  /** To be called at the end of the stream. Throws as before where it ends in the midst of a packet. */
  finish(): void {
    try {
      this.#stream.finish();
    } catch (error) {
      throw new NoTraceError(this.#stream.at, error);
    }
  }
}

/** Says where bytes are no trace, and why. */
export class NoTraceError extends RangeError {
  override readonly name = 'NoTraceError';

  constructor(at: number, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Not a Perfetto trace at byte ${at}: ${reason}`, { cause });
  }
}

class Packets {
  readonly #event = new CurrentEvent();
  readonly #onEvent: (event: TraceEvent) => void;
  readonly #tracks = new Tracks();
  readonly #sequences = new Map<number, Sequence>();
  #pbf = new PbfReader(new Uint8Array());

  constructor(onEvent: (event: TraceEvent) => void) {
    this.#onEvent = onEvent;
  }

  /** Goes on with bytes that begin at `base` of the stream. */
  goTo(bytes: Uint8Array, base: number): void {
    this.#pbf = new PbfReader(bytes);
    this.#event.goTo(this.#pbf, base);
  }

  /** Takes what a row says; before it, a time has passed by its sequence's own clock. */
  take(rows: Int32Array, row: number, timestamp: number, passed: number): void {
    const pbf = this.#pbf;
    const sequence = this.#sequence(rows[row + SEQUENCE]!);
    if (passed > 0) sequence.pass(passed);
    if (rows[row + DESCRIPTOR]! >= 0) {
      pbf.pos = rows[row + DESCRIPTOR]!;
      this.#tracks.describe(pbf);
    }
    if (rows[row + CLEARED] === 1) sequence.clear();
    if (rows[row + SNAPSHOT]! >= 0) sequence.readClocks(pbf, rows[row + SNAPSHOT]!);
    if (rows[row + DEFAULTS]! >= 0) sequence.readDefaults(pbf, rows[row + DEFAULTS]!);
    if (rows[row + INTERNED]! >= 0) sequence.readInterned(pbf, rows[row + INTERNED]!);
    const time = timestamp < 0 ? 0 : sequence.time(timestamp, rows[row + CLOCK]!);
    if (rows[row + EVENT]! >= 0 && this.#event.take(rows, row, sequence, time)) this.#onEvent(this.#event);
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
  json: StreamText | null = null;
  #pbf = new PbfReader(new Uint8Array());
  #base = 0;
  #sequence: Sequence | null = null;
  /** Where it stands. */
  #at = 0;

  goTo(pbf: PbfReader, base: number): void {
    this.#pbf = pbf;
    this.#base = base;
  }

  /** Takes the event of a row; false for one that is not on a thread's own track, or of another kind. */
  take(rows: Int32Array, row: number, sequence: Sequence, time: number): boolean {
    const type = rows[row + EVENT_TYPE]!;
    const phase = type === 0 && rows[row + PHASE] !== LEGACY_SAMPLE ? undefined : phaseByType[type];
    const { thread } = sequence;
    if (!phase || !thread) return false;
    const pbf = this.#pbf;
    const track = rows[row + TRACK]!;
    if (track >= 0) {
      pbf.pos = track;
      if (!sequence.readsOwnTrack(pbf)) return false;
    }
    this.phase = phase;
    this.thread = thread;
    this.time = time;
    this.#sequence = sequence;
    this.#at = rows[row + EVENT]!;
    this.name = this.#nameOf(rows[row + NAME_ID]!, rows[row + NAME]!, sequence);
    this.id = phase === 'sample' ? this.#idOf(rows[row + ID]!) : '';
    this.json = this.#textAt(rows[row + JSON_TEXT]!);
    return true;
  }

  #textAt(place: number): StreamText | null {
    if (place < 0) return null;
    const pbf = this.#pbf;
    const end = open(pbf, place);
    return { bytes: pbf.buf.subarray(pbf.pos, end), at: this.#base + pbf.pos };
  }

  #idOf(place: number): string {
    if (place < 0) return '';
    this.#pbf.pos = place;
    return readId(this.#pbf);
  }

  #nameOf(id: number, text: number, sequence: Sequence): string {
    if (text < 0) return id < 0 ? '' : (sequence.eventNames.get(id) ?? '');
    this.#pbf.pos = text;
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
