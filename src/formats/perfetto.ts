import { PbfReader } from 'pbf';

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
const Clocks = { clocks: 1 } as const;
const Clock = { id: 1, timestamp: 2, incremental: 3, unit: 4 } as const;
const Defaults = { trackEvent: 11, clockId: 58 } as const;
const Interned = { eventNames: 2, annotationNames: 3, annotationStrings: 29 } as const;
const InternedEntry = { id: 1, text: 2 } as const;
const Descriptor = { uuid: 1, process: 3, thread: 4, parent: 5 } as const;
const Thread = { pid: 1, tid: 2 } as const;
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

/** The clock of clockSnapshot-less packets: CLOCK_BOOTTIME in nanoseconds. */
const DEFAULT_CLOCK = 6;
const NANOSECONDS_PER_MICROSECOND = 1000;

export type Phase = 'begin' | 'end' | 'instant' | 'sample';

/** An event on a thread. The object is used again for the next event: take what you need. */
export interface TraceEvent {
  readonly phase: Phase;
  /** Empty for the end of a slice: it ends the latest open one of its thread. */
  readonly name: string;
  /** Microseconds, in the monotonic clock of the machine. */
  readonly time: number;
  readonly pid: number;
  readonly tid: number;
  /** Tells series of events of one process apart (the profiles); empty where there is none. */
  readonly id: string;
  /** The event's arguments; JSON text is parsed. Reading them costs, so ask only where they matter. */
  args(): Record<string, unknown>;
}

interface ClockState {
  readonly nanosecondsPerUnit: number;
  readonly incremental: boolean;
  latest: number;
}
interface ThreadId {
  readonly pid: number;
  readonly tid: number;
}

/** What packets of one sequence say once and later ones take for granted. */
class Sequence {
  readonly clocks = new Map<number, ClockState>();
  readonly eventNames = new Map<number, string>();
  readonly annotationNames = new Map<number, string>();
  readonly annotationStrings = new Map<number, string>();
  clockId = DEFAULT_CLOCK;
  track = '';

  clear(): void {
    this.eventNames.clear();
    this.annotationNames.clear();
    this.annotationStrings.clear();
  }

  /** Microseconds of a packet's timestamp; moves an incremental clock on. */
  time(timestamp: number, clockId: number): number {
    const clock = this.clocks.get(clockId);
    if (!clock) return timestamp / NANOSECONDS_PER_MICROSECOND;
    const value = clock.incremental ? clock.latest + timestamp : timestamp;
    clock.latest = value;
    return (value * clock.nanosecondsPerUnit) / NANOSECONDS_PER_MICROSECOND;
  }
}

/**
 * Calls `onEvent` for every event on a thread's own track, in the order of the stream (ordered within a thread only).
 * Throws a RangeError that says where on bytes that are no such trace.
 */
export function readPerfetto(bytes: Uint8Array, onEvent: (event: TraceEvent) => void): void {
  const sequences: Sequences = new Map();
  const tracks: Tracks = new Map();
  const trace = new PbfReader(bytes);
  let packetStart = 0;
  try {
    while (trace.pos < bytes.length) {
      packetStart = trace.pos;
      const tag = trace.nextField();
      if (tag !== MessageOfTrace.packet || trace.type !== 2) throw new RangeError('expected a packet');
      const end = trace.readVarint() + trace.pos;
      if (end > bytes.length) throw new RangeError('the packet goes beyond the end');
      readPacket(trace, end, sequences, tracks, onEvent);
      trace.pos = end;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RangeError(`Not a Perfetto trace at byte ${packetStart} of ${bytes.length}: ${reason}`, { cause: error });
  }
}

type Sequences = Map<number, Sequence>;
type Tracks = Map<string, { readonly thread: ThreadId | null; readonly parent: string }>;

function readPacket(
  pbf: PbfReader,
  end: number,
  sequences: Sequences,
  tracks: Tracks,
  onEvent: (event: TraceEvent) => void,
): void {
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
    else if (tag === Packet.trackDescriptor) readDescriptor(pbf, tracks);
    else if (tag === Packet.defaults) defaults = pbf.pos;
    else if (tag === Packet.internedData) interned = pbf.pos;
    else if (tag === Packet.clockSnapshot) snapshot = pbf.pos;
    else if (tag === Packet.trackEvent) trackEvent = pbf.pos;
  }
  let sequence = sequences.get(sequenceId);
  if (!sequence) {
    sequence = new Sequence();
    sequences.set(sequenceId, sequence);
  }
  if (cleared) sequence.clear();
  if (snapshot >= 0) readClocks(pbf, snapshot, sequence);
  if (defaults >= 0) readDefaults(pbf, defaults, sequence);
  if (interned >= 0) readInterned(pbf, interned, sequence);
  const time = timestamp < 0 ? 0 : sequence.time(timestamp, clockId < 0 ? sequence.clockId : clockId);
  if (trackEvent >= 0) readEvent(pbf, trackEvent, sequence, tracks, time, onEvent);
}

/** Opens the message whose length stands at `at`; returns its end. */
function open(pbf: PbfReader, at = pbf.pos): number {
  pbf.pos = at;
  return pbf.readVarint() + pbf.pos;
}

/** A 64-bit id as text: track ids use all their bits, which a number cannot hold. */
function readId(pbf: PbfReader): string {
  const start = pbf.pos;
  pbf.readVarint();
  return String.fromCharCode(...pbf.buf.subarray(start, pbf.pos));
}

function readClocks(pbf: PbfReader, at: number, sequence: Sequence): void {
  const end = open(pbf, at);
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    if (tag !== Clocks.clocks) continue;
    const clock = { id: 0, timestamp: 0, incremental: false, unit: 1 };
    const clockEnd = open(pbf);
    for (let field = pbf.nextField(clockEnd); field !== 0; field = pbf.nextField(clockEnd)) {
      if (field === Clock.id) clock.id = pbf.readVarint();
      else if (field === Clock.timestamp) clock.timestamp = pbf.readVarint();
      else if (field === Clock.incremental) clock.incremental = pbf.readBoolean();
      else if (field === Clock.unit) clock.unit = pbf.readVarint();
    }
    sequence.clocks.set(clock.id, {
      nanosecondsPerUnit: clock.unit,
      incremental: clock.incremental,
      latest: clock.timestamp,
    });
  }
}

function readDefaults(pbf: PbfReader, at: number, sequence: Sequence): void {
  const end = open(pbf, at);
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    if (tag === Defaults.clockId) sequence.clockId = pbf.readVarint();
    if (tag !== Defaults.trackEvent) continue;
    const eventEnd = open(pbf);
    for (let field = pbf.nextField(eventEnd); field !== 0; field = pbf.nextField(eventEnd))
      if (field === Event.track) sequence.track = readId(pbf);
  }
}

function readInterned(pbf: PbfReader, at: number, sequence: Sequence): void {
  const end = open(pbf, at);
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    if (tag === Interned.eventNames) readEntry(pbf, sequence.eventNames);
    else if (tag === Interned.annotationNames) readEntry(pbf, sequence.annotationNames);
    else if (tag === Interned.annotationStrings) readEntry(pbf, sequence.annotationStrings);
  }
}

function readEntry(pbf: PbfReader, texts: Map<number, string>): void {
  const end = open(pbf);
  let id = 0;
  let text = '';
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    if (tag === InternedEntry.id) id = pbf.readVarint();
    else if (tag === InternedEntry.text) text = pbf.readString();
  }
  texts.set(id, text);
}

function readDescriptor(pbf: PbfReader, tracks: Tracks): void {
  const end = open(pbf);
  let uuid = '';
  let parent = '';
  let thread: ThreadId | null = null;
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    if (tag === Descriptor.uuid) uuid = readId(pbf);
    else if (tag === Descriptor.parent) parent = readId(pbf);
    else if (tag === Descriptor.thread) thread = readThread(pbf);
  }
  tracks.set(uuid, { thread, parent });
}

function readThread(pbf: PbfReader): ThreadId {
  const end = open(pbf);
  let pid = 0;
  let tid = 0;
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    if (tag === Thread.pid) pid = pbf.readVarint();
    else if (tag === Thread.tid) tid = pbf.readVarint();
  }
  return { pid, tid };
}

const phaseByType: readonly (Phase | undefined)[] = ['sample', 'begin', 'end', 'instant'];
const LEGACY_SAMPLE = 'P'.charCodeAt(0);
/** Track 0 is "none": the event belongs to its sequence's own thread. */
const NO_TRACK = '\0';

function readEvent(
  pbf: PbfReader,
  at: number,
  sequence: Sequence,
  tracks: Tracks,
  time: number,
  onEvent: (event: TraceEvent) => void,
): void {
  const end = open(pbf, at);
  let type = 0;
  let name = '';
  let track = '';
  let legacy = { phase: 0, id: '' };
  const annotations: number[] = [];
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    if (tag === Event.type) type = pbf.readVarint();
    else if (tag === Event.nameId) name = sequence.eventNames.get(pbf.readVarint()) ?? '';
    else if (tag === Event.name) name = pbf.readString();
    else if (tag === Event.track) track = readId(pbf);
    else if (tag === Event.legacy) legacy = readLegacy(pbf);
    else if (tag === Event.annotations) annotations.push(pbf.pos);
  }
  const onOwnTrack = track === '' || track === NO_TRACK || track === sequence.track;
  const thread = tracks.get(sequence.track)?.thread;
  const phase = type === 0 && legacy.phase !== LEGACY_SAMPLE ? undefined : phaseByType[type];
  if (!onOwnTrack || !thread || !phase) return;
  onEvent({
    phase,
    name,
    time,
    pid: thread.pid,
    tid: thread.tid,
    id: legacy.id,
    args: () => {
      const resume = pbf.pos;
      const values = Object.fromEntries(annotations.map((start) => readAnnotation(pbf, start, sequence)));
      pbf.pos = resume;
      return values;
    },
  });
}

function readLegacy(pbf: PbfReader): { phase: number; id: string } {
  const end = open(pbf);
  let phase = 0;
  let id = '';
  for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
    if (tag === Legacy.phase) phase = pbf.readVarint();
    else if (tag === Legacy.unscopedId || tag === Legacy.localId || tag === Legacy.globalId) id = readId(pbf);
  }
  return { phase, id };
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
