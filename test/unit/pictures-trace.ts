import { PbfWriter } from 'pbf';

/** An event of a written trace; times in µs. */
export interface WrittenEvent {
  readonly at: number;
  /** As in the JSON format of traces: begin, end, instant, sample. */
  readonly phase: 'B' | 'E' | 'I' | 'P';
  readonly name?: string;
  readonly args?: Readonly<Record<string, unknown>>;
  /** Of a series of samples. */
  readonly id?: number;
}

/** The events of one thread, in order of time. */
export interface WrittenThread {
  readonly pid: number;
  readonly tid: number;
  readonly events: readonly WrittenEvent[];
}

const types = { B: 1, E: 2, I: 3, P: 0 } as const;
const CLOCK = 64;

/**
 * A Perfetto stream such as Chromium writes: a sequence a thread, which begins with its clock and its track; times are
 * differences in µs, names are interned. Field numbers are those of Perfetto's published .proto files.
 */
export function writeTrace(...threads: WrittenThread[]): Uint8Array {
  const trace = new PbfWriter();
  for (const [i, thread] of threads.entries()) {
    const sequence = i + 1;
    const uuid = 1000 + i;
    packet(trace, sequence, (pbf) => {
      pbf.writeVarintField(13, 1);
      message(pbf, 60, (descriptor) => {
        descriptor.writeVarintField(1, uuid);
        message(descriptor, 4, (ids) => {
          ids.writeVarintField(1, thread.pid);
          ids.writeVarintField(2, thread.tid);
        });
      });
      message(pbf, 59, (defaults) => {
        defaults.writeVarintField(58, CLOCK);
        message(defaults, 11, (event) => event.writeVarintField(11, uuid));
      });
      message(pbf, 6, (snapshot) => {
        message(snapshot, 1, (clock) => {
          clock.writeVarintField(1, CLOCK);
          clock.writeVarintField(2, 0);
          clock.writeBooleanField(3, true);
          clock.writeVarintField(4, 1000);
        });
      });
    });
    const idByName = new Map<string, number>();
    let now = 0;
    for (const event of thread.events) {
      packet(trace, sequence, (pbf) => writeEvent(pbf, event, event.at - now, idByName));
      now = event.at;
    }
  }
  return trace.finish();
}

function writeEvent(pbf: PbfWriter, event: WrittenEvent, delta: number, idByName: Map<string, number>): void {
  const { name, args = {} } = event;
  pbf.writeVarintField(8, delta);
  if (name !== undefined && !idByName.has(name)) {
    idByName.set(name, idByName.size + 1);
    message(pbf, 12, (interned) => {
      message(interned, 2, (entry) => {
        entry.writeVarintField(1, idByName.get(name)!);
        entry.writeStringField(2, name);
      });
    });
  }
  message(pbf, 11, (track) => {
    track.writeVarintField(9, types[event.phase]);
    if (name !== undefined) track.writeVarintField(10, idByName.get(name)!);
    for (const [key, value] of Object.entries(args)) {
      message(track, 4, (annotation) => {
        annotation.writeStringField(10, key);
        annotation.writeStringField(9, JSON.stringify(value));
      });
    }
    message(track, 6, (legacy) => {
      legacy.writeVarintField(2, event.phase.charCodeAt(0));
      if (event.id !== undefined) legacy.writeVarintField(6, event.id);
    });
  });
}

function packet(trace: PbfWriter, sequence: number, write: (pbf: PbfWriter) => void): void {
  message(trace, 1, (pbf) => {
    pbf.writeVarintField(10, sequence);
    write(pbf);
  });
}

function message(pbf: PbfWriter, field: number, write: (inner: PbfWriter) => void): void {
  pbf.writeMessage(field, (_: null, inner?: PbfWriter) => write(inner!), null);
}
