import type { PbfReader } from 'pbf';

/** What packets of a stream say once and later ones take for granted. Field numbers are those of Perfetto's .proto files. */

const Clocks = { clocks: 1 } as const;
const Clock = { id: 1, timestamp: 2, incremental: 3, unit: 4 } as const;
const Defaults = { trackEvent: 11, clockId: 58 } as const;
const EventDefaults = { track: 11 } as const;
const Interned = { eventNames: 2, annotationNames: 3, annotationStrings: 29 } as const;
const InternedEntry = { id: 1, text: 2 } as const;
const Descriptor = { uuid: 1, thread: 4 } as const;
const Thread = { pid: 1, tid: 2 } as const;

/** The clock of clockSnapshot-less packets: CLOCK_BOOTTIME in nanoseconds. */
const DEFAULT_CLOCK = 6;
const NANOSECONDS_PER_MICROSECOND = 1000;
/** Bytes of a varint of 64 bits. */
const LONGEST_ID = 10;

/** A thread of a process; always the same object. */
export interface ThreadId {
  readonly pid: number;
  readonly tid: number;
}

/** Opens the message whose length stands at `at`; returns its end. */
export function open(pbf: PbfReader, at = pbf.pos): number {
  pbf.pos = at;
  return pbf.readVarint() + pbf.pos;
}

/** A 64-bit id as text: track ids use all their bits, which a number cannot hold. */
export function readId(pbf: PbfReader): string {
  const start = pbf.pos;
  pbf.readVarint();
  return String.fromCharCode(...pbf.buf.subarray(start, pbf.pos));
}

/** The threads that tracks stand for. */
export class Tracks {
  readonly #threadByTrack = new Map<string, ThreadId | null>();
  readonly #threads = new Map<string, ThreadId>();
  /** Another one whenever a track is described. */
  version = 0;

  threadOf(track: string): ThreadId | null {
    return this.#threadByTrack.get(track) ?? null;
  }

  /** Reads a track's descriptor. */
  describe(pbf: PbfReader): void {
    const end = open(pbf);
    let uuid = '';
    let thread: ThreadId | null = null;
    for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
      if (tag === Descriptor.uuid) uuid = readId(pbf);
      else if (tag === Descriptor.thread) thread = this.#readThread(pbf);
    }
    this.#threadByTrack.set(uuid, thread);
    this.version++;
  }

  #readThread(pbf: PbfReader): ThreadId {
    const end = open(pbf);
    let pid = 0;
    let tid = 0;
    for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
      if (tag === Thread.pid) pid = pbf.readVarint();
      else if (tag === Thread.tid) tid = pbf.readVarint();
    }
    const key = `${pid}:${tid}`;
    const known = this.#threads.get(key) ?? { pid, tid };
    this.#threads.set(key, known);
    return known;
  }
}

interface ClockState {
  readonly nanosecondsPerUnit: number;
  readonly incremental: boolean;
  latest: number;
}

/** What packets of one sequence take for granted. */
export class Sequence {
  readonly eventNames = new Map<number, string>();
  readonly annotationNames = new Map<number, string>();
  readonly annotationStrings = new Map<number, string>();
  readonly #clocks = new Map<number, ClockState>();
  readonly #tracks: Tracks;
  #clockId = DEFAULT_CLOCK;
  /** The track of events that name none, as its id is written. */
  readonly #track = new Uint8Array(LONGEST_ID);
  #trackLength = 0;
  #thread: ThreadId | null = null;
  #tracksVersion = -1;

  constructor(tracks: Tracks) {
    this.#tracks = tracks;
  }

  /** Forgets the interned names. */
  clear(): void {
    this.eventNames.clear();
    this.annotationNames.clear();
    this.annotationStrings.clear();
  }

  /** Microseconds of a packet's timestamp; moves an incremental clock on. A clock of -1 is the sequence's own. */
  time(timestamp: number, clockId: number): number {
    const clock = this.#clocks.get(clockId < 0 ? this.#clockId : clockId);
    if (!clock) return timestamp / NANOSECONDS_PER_MICROSECOND;
    const value = clock.incremental ? clock.latest + timestamp : timestamp;
    clock.latest = value;
    return (value * clock.nanosecondsPerUnit) / NANOSECONDS_PER_MICROSECOND;
  }

  /** Moves the sequence's own clock on, if it is an incremental one. */
  pass(time: number): void {
    const clock = this.#clocks.get(this.#clockId);
    if (clock?.incremental) clock.latest += time;
  }

  /** The thread that writes the sequence; null where nothing says which. */
  get thread(): ThreadId | null {
    if (this.#tracksVersion !== this.#tracks.version) {
      this.#tracksVersion = this.#tracks.version;
      this.#thread = this.#tracks.threadOf(String.fromCharCode(...this.#track.subarray(0, this.#trackLength)));
    }
    return this.#thread;
  }

  /** Passes over a track's id; says whether it is that of the thread itself. Track 0 stands for none, and so for it. */
  readsOwnTrack(pbf: PbfReader): boolean {
    const start = pbf.pos;
    pbf.readVarint();
    const length = pbf.pos - start;
    if (length === 1 && pbf.buf[start] === 0) return true;
    if (length !== this.#trackLength) return false;
    for (let i = 0; i < length; i++) if (pbf.buf[start + i] !== this.#track[i]) return false;
    return true;
  }

  readClocks(pbf: PbfReader, at: number): void {
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
      this.#clocks.set(clock.id, {
        nanosecondsPerUnit: clock.unit,
        incremental: clock.incremental,
        latest: clock.timestamp,
      });
    }
  }

  readDefaults(pbf: PbfReader, at: number): void {
    const end = open(pbf, at);
    for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
      if (tag === Defaults.clockId) this.#clockId = pbf.readVarint();
      if (tag !== Defaults.trackEvent) continue;
      const eventEnd = open(pbf);
      for (let field = pbf.nextField(eventEnd); field !== 0; field = pbf.nextField(eventEnd))
        if (field === EventDefaults.track) this.#readTrack(pbf);
    }
  }

  #readTrack(pbf: PbfReader): void {
    const start = pbf.pos;
    pbf.readVarint();
    this.#trackLength = pbf.pos - start;
    this.#track.set(pbf.buf.subarray(start, pbf.pos));
    this.#tracksVersion = -1;
  }

  readInterned(pbf: PbfReader, at: number): void {
    const end = open(pbf, at);
    for (let tag = pbf.nextField(end); tag !== 0; tag = pbf.nextField(end)) {
      if (tag === Interned.eventNames) readEntry(pbf, this.eventNames);
      else if (tag === Interned.annotationNames) readEntry(pbf, this.annotationNames);
      else if (tag === Interned.annotationStrings) readEntry(pbf, this.annotationStrings);
    }
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
