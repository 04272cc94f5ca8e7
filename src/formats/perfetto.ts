import { PbfReader } from 'pbf';
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
const Packet = {
  clockSnapshot: 6,
  timestamp: 8,
  sequence: 10,
  trackEvent: 11,
  internedData: 12,
  sequenceFlags: 13,
  stateCleared: 41,
  clockId: 58,
  defaults: 59,
  trackDescriptor: 60,
} as const;
const SEQUENCE_STATE_CLEARED = 1;
const MessageOfTrace = { packet: 1 } as const;
const Event = { annotations: 4, legacy: 6, type: 9, nameId: 10, track: 11, name: 23 } as const;
const Legacy = { phase: 2, unscopedId: 6, localId: 10, globalId: 11 } as const;
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
  /** Tells series of events of one process apart (the profiles); empty where there is none. */
  readonly id: string;
  /** The event's arguments; JSON text is parsed. Reading them costs, so ask only where they matter. */
  args(): Record<string, unknown>;
  /** Where an argument's JSON text stands in the stream; null where there is none of that name, or of another kind. */
  json(name: string): TextPlace | null;
}

export interface TextPlace {
  readonly start: number;
  readonly end: number;
}

/**
 * Calls `onEvent` for every event on a thread's own track, in the order of the stream (ordered within a thread only).
 * Throws a RangeError that says where on bytes that are no such trace.
 */
export function readPerfetto(bytes: Uint8Array, onEvent: (event: TraceEvent) => void): void {
  const trace = new PbfReader(bytes);
  const packets = new Packets(trace, onEvent);
  let packetStart = 0;
  try {
    while (trace.pos < bytes.length) {
      packetStart = trace.pos;
      const tag = trace.nextField();
      if (tag !== MessageOfTrace.packet || trace.type !== 2) throw new RangeError('expected a packet');
      const end = trace.readVarint() + trace.pos;
      if (end > bytes.length) throw new RangeError('the packet goes beyond the end');
      packets.read(end);
      trace.pos = end;
    }
  } catch (error) {
    throw noTrace(bytes, packetStart, error);
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

  /** Reads the packet that ends there. */
  read(end: number): void {
    const pbf = this.#pbf;
    let sequenceId = 0;
    let timestamp = -1;
    let clockId = -1;
    let cleared = false;
    // Positions of parts that are understood only once the packet's sequence is known.
    let defaults = -1;
    let interned = -1;
    let snapshot = -1;
    let trackEvent = -1;
    for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
      if (tag === Packet.sequence) sequenceId = pbf.readVarint();
      else if (tag === Packet.timestamp) timestamp = pbf.readVarint();
      else if (tag === Packet.clockId) clockId = pbf.readVarint();
      else if (tag === Packet.stateCleared) cleared ||= pbf.readBoolean();
      else if (tag === Packet.sequenceFlags) cleared ||= (pbf.readVarint() & SEQUENCE_STATE_CLEARED) !== 0;
      else if (tag === Packet.trackDescriptor) this.#tracks.describe(pbf);
      else if (tag === Packet.defaults) defaults = pbf.pos;
      else if (tag === Packet.internedData) interned = pbf.pos;
      else if (tag === Packet.clockSnapshot) snapshot = pbf.pos;
      else if (tag === Packet.trackEvent) trackEvent = pbf.pos;
    }
    let sequence = this.#sequences.get(sequenceId);
    if (!sequence) {
      sequence = new Sequence(this.#tracks);
      this.#sequences.set(sequenceId, sequence);
    }
    if (cleared) sequence.clear();
    if (snapshot >= 0) sequence.readClocks(pbf, snapshot);
    if (defaults >= 0) sequence.readDefaults(pbf, defaults);
    if (interned >= 0) sequence.readInterned(pbf, interned);
    const time = timestamp < 0 ? 0 : sequence.time(timestamp, clockId);
    if (trackEvent >= 0 && this.#event.read(trackEvent, sequence, time)) this.#onEvent(this.#event);
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
  readonly #pbf: PbfReader;
  #sequence: Sequence | null = null;
  /** Where the arguments stand. */
  readonly #annotations: number[] = [];

  constructor(pbf: PbfReader) {
    this.#pbf = pbf;
  }

  /** Reads the event at a place; false for one that is not on a thread's own track, or of another kind. */
  read(at: number, sequence: Sequence, time: number): boolean {
    const pbf = this.#pbf;
    const end = open(pbf, at);
    let type = 0;
    let isOnOwnTrack = true;
    let legacyPhase = 0;
    this.name = '';
    this.id = '';
    this.time = time;
    this.#sequence = sequence;
    this.#annotations.length = 0;
    for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
      if (tag === Event.type) type = pbf.readVarint();
      else if (tag === Event.nameId) this.name = sequence.eventNames.get(pbf.readVarint()) ?? '';
      else if (tag === Event.name) this.name = pbf.readString();
      else if (tag === Event.track) isOnOwnTrack = sequence.readsOwnTrack(pbf);
      else if (tag === Event.legacy) legacyPhase = this.#readLegacy();
      else if (tag === Event.annotations) this.#annotations.push(pbf.pos);
    }
    const phase = type === 0 && legacyPhase !== LEGACY_SAMPLE ? undefined : phaseByType[type];
    const { thread } = sequence;
    if (!isOnOwnTrack || !thread || !phase) return false;
    this.phase = phase;
    this.thread = thread;
    return true;
  }

  args(): Record<string, unknown> {
    const pbf = this.#pbf;
    const resume = pbf.pos;
    const values = Object.fromEntries(this.#annotations.map((start) => readAnnotation(pbf, start, this.#sequence!)));
    pbf.pos = resume;
    return values;
  }

  json(name: string): TextPlace | null {
    const pbf = this.#pbf;
    const resume = pbf.pos;
    let place: TextPlace | null = null;
    for (const start of this.#annotations) {
      const annotation = readJsonPlace(pbf, start, this.#sequence!);
      if (annotation.name === name) ({ place } = annotation);
    }
    pbf.pos = resume;
    return place;
  }

  /** Gives the phase. */
  #readLegacy(): number {
    const pbf = this.#pbf;
    const end = open(pbf);
    let phase = 0;
    this.id = '';
    for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
      if (tag === Legacy.phase) phase = pbf.readVarint();
      else if (tag === Legacy.unscopedId || tag === Legacy.localId || tag === Legacy.globalId) this.id = readId(pbf);
    }
    return phase;
  }
}

function readJsonPlace(pbf: PbfReader, at: number, sequence: Sequence): { name: string; place: TextPlace | null } {
  const end = open(pbf, at);
  let name = '';
  let place: TextPlace | null = null;
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    if (tag === Annotation.nameId) name = sequence.annotationNames.get(pbf.readVarint()) ?? '';
    else if (tag === Annotation.name) name = pbf.readString();
    else if (tag === Annotation.json) {
      const textEnd = open(pbf);
      if (textEnd > end) throw new RangeError('an argument goes beyond the end of its event');
      place = { start: pbf.pos, end: textEnd };
      pbf.pos = textEnd;
    }
  }
  return { name, place };
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
