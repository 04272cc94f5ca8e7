import type { Microseconds, Outcome } from '../profile/model.ts';
import { type CallFrame, CallFrames } from './call-frames.ts';
import { DROPPED, type Mark, parseMark, parseTimerMark } from './marks.ts';
import { PerfettoReader, type TraceEvent } from './perfetto.ts';
import type { ThreadId } from './perfetto-state.ts';
import { UsualChunks } from './usual-chunks.ts';
import { V8Chunks } from './v8-chunks.ts';

/**
 * The events of a trace that matter, sorted out by thread:
 *
 *     TimeStamp      our marks, on the thread that called: {data: {message: "flambe:4f1c90:3:returned"}}
 *     TimerRemove    the same in their other form: {data: {timerId: -2117074944}}
 *     Profile        begins a thread's profile, on that thread: {data: {startTime: 926984527}}
 *     ProfileChunk   a part of it, on a thread of V8's own, found by process and id:
 *                    {data: {cpuProfile: {nodes: […], samples: […]},
 *                            timeDeltas: […], lines: […], columns: […]}}
 *     slices such as Layout, on the thread that works
 *     slices in which the browser calls script, on that thread, within one that says what for:
 *                    EventDispatch {data: {type: "click"}}
 *                      FunctionCall {data: {functionName: "onClick", url: "app.js", lineNumber: 7, columnNumber: 17}}
 */
export class TraceLog {
  readonly #stream: PerfettoReader;
  readonly #threads = new Map<ThreadId, ThreadLog & { readonly open: Slice[] }>();
  /** By process and id. */
  readonly #profiles = new Map<string, ProfileLog>();
  readonly #callFrames = new CallFrames();
  readonly #usual = new UsualChunks(this.#callFrames);

  /**
   * Keeps the slices whose names are in `workNames`, and either the marks of one capture or, for null, what the browser
   * called.
   */
  constructor(captureId: string | null, workNames: ReadonlyMap<string, unknown>) {
    const takeEvent = (event: TraceEvent) => {
      if (event.phase === 'instant' && captureId !== null) this.#addMark(event, captureId);
      else if (event.phase === 'sample') this.#addProfile(event);
      else if (event.phase === 'begin') this.#begin(event, captureId === null);
      else if (event.phase === 'end') this.#end(event, workNames);
    };
    const textsGo = () => {
      for (const { chunks } of this.#profiles.values()) chunks.read();
    };
    // The page's animations, above all, are of no interest, and a long wait is full of them.
    const others = captureId === null ? [...reasons.keys(), ...scripts] : markNames;
    const names = [...profileNames, ...workNames.keys(), ...scriptRuns, ...others];
    this.#stream = new PerfettoReader({ takeEvent, textsGo }, names);
  }

  /** Takes what comes next of a Perfetto stream. Throws a RangeError that says where on a bad one. */
  take(part: Uint8Array): void {
    this.#stream.take(part);
  }

  /** To be called at the end of the stream. Throws as before where it ends too early. */
  finish(): void {
    this.#stream.finish();
  }

  /** What nodes say of their functions, by number. */
  get callFrames(): readonly CallFrame[] {
    return this.#callFrames.frames;
  }

  /** Threads on which the target was called. */
  get callingThreads(): ThreadLog[] {
    return this.threads.filter(({ calls, openCalls }) => calls.length + openCalls.size > 0);
  }

  get threads(): ThreadLog[] {
    return [...this.#threads.values()];
  }

  /** The samples of a thread. */
  profilesOf({ id }: ThreadLog): SampledThread[] {
    const sampled: SampledThread[] = [];
    for (const { thread, startTime, chunks } of this.#profiles.values())
      if (thread === id && startTime !== undefined) sampled.push({ startTime, chunks });
    return sampled;
  }

  #thread({ thread: id }: TraceEvent): ThreadLog & { readonly open: Slice[] } {
    let thread = this.#threads.get(id);
    if (!thread) {
      thread = { id, open: [], work: [], entries: [], dispatches: [], calls: [], openCalls: new Map(), marks: [] };
      this.#threads.set(id, thread);
    }
    return thread;
  }

  #addMark(event: TraceEvent, captureId: string): void {
    const mark = readMark(event, captureId);
    if (!mark) return;
    const thread = this.#thread(event);
    const time = Math.round(event.time);
    thread.marks.push(time);
    if (mark.outcome === undefined) {
      thread.openCalls.set(mark.call, time);
      return;
    }
    const start = thread.openCalls.get(mark.call);
    thread.openCalls.delete(mark.call);
    if (start !== undefined && mark.outcome !== DROPPED) thread.calls.push({ start, end: time, outcome: mark.outcome });
  }

  #addProfile(event: TraceEvent): void {
    const key = `${event.thread.pid}:${event.id}`;
    // Threads write into the stream on their own, so a chunk may come before the event that begins its profile.
    const profile = this.#profiles.get(key) ?? { chunks: new V8Chunks(this.#callFrames, this.#usual) };
    this.#profiles.set(key, profile);
    if (event.name === 'Profile') {
      const { startTime } = asRecord(event.args().data);
      if (typeof startTime !== 'number') throw new RangeError('a Profile without its start time');
      Object.assign(profile, { thread: this.#thread(event).id, startTime });
    } else if (event.name === 'ProfileChunk') {
      const text = event.json;
      if (!text) throw new RangeError('a ProfileChunk without its data');
      profile.chunks.add(text, event.time);
    }
  }

  #begin(event: TraceEvent, keepsEntries: boolean): void {
    const { open, entries, dispatches } = this.#thread(event);
    const runsScript = scriptRuns.has(event.name);
    if (runsScript) for (const around of open) around.runsScript = true;
    const start = Math.round(event.time);
    const slice: Slice = { name: event.name, start, runsScript };
    if (keepsEntries) {
      const reason = reasonOf(event);
      if (reason !== undefined) slice.reason = reason;
      if (event.name === 'EventDispatch' && !open.some(({ name }) => scripts.has(name))) {
        slice.dispatch = { type: reason!, start, end: null };
        dispatches.push(slice.dispatch);
      }
      if (entrySlices.has(event.name)) {
        const around = open.findLast(({ entry, reason }) => entry !== undefined || reason !== undefined);
        slice.entry = { ...calledBy(event), what: around?.reason ?? otherwise(event.name), start, end: null };
        entries.push(slice.entry);
      }
    }
    open.push(slice);
  }

  #end(event: TraceEvent, workNames: ReadonlyMap<string, unknown>): void {
    const thread = this.#thread(event);
    const slice = thread.open.pop();
    if (slice?.entry) slice.entry.end = Math.round(event.time);
    if (slice?.dispatch) slice.dispatch.end = Math.round(event.time);
    if (!slice || slice.runsScript || !workNames.has(slice.name)) return;
    thread.work.push({ name: slice.name, start: slice.start, end: Math.round(event.time) });
  }
}

interface ProfileLog {
  thread?: ThreadId;
  startTime?: Microseconds;
  readonly chunks: V8Chunks;
}

const markNames = ['TimeStamp', 'TimerRemove'];
const profileNames = ['Profile', 'ProfileChunk'];

/** Slices in which the page's code runs: work around one (a parser that runs a script) is not the browser's alone. */
const scriptRuns = new Set(['EvaluateScript', 'FunctionCall', 'EventDispatch', 'RunMicrotasks', 'TimerFire']);

interface Slice {
  readonly name: string;
  readonly start: Microseconds;
  runsScript: boolean;
  /** What the browser calls script for in there. */
  reason?: string;
  entry?: Entry;
  dispatch?: Dispatch;
}

/** An event that the browser dispatched while no script ran on the thread. */
export interface Dispatch {
  readonly type: string;
  readonly start: Microseconds;
  /** Null as for entries. */
  end: Microseconds | null;
}

/** Script that the browser called. */
export interface Entry {
  /** What for: the type of an event, `timer`, `animation frame` … */
  readonly what: string;
  readonly name: string;
  readonly url: string;
  /** 1-based; 0 where unknown. */
  readonly line: number;
  readonly column: number;
  readonly start: Microseconds;
  /** Null while it runs, and so where the trace ended before it. */
  end: Microseconds | null;
}

const entrySlices = new Set(['FunctionCall', 'EvaluateScript', 'v8.evaluateModule']);
/** What goes on in there, a script does. */
const scripts = new Set([...entrySlices, 'RunMicrotasks']);

/** What the browser calls script for in a slice; in an `EventDispatch`, for an event of some type. */
const reasons = new Map([
  ['TimerFire', 'timer'],
  ['FireAnimationFrame', 'animation frame'],
  ['FireIdleCallback', 'idle callback'],
]);

function reasonOf(event: TraceEvent): string | undefined {
  if (event.name !== 'EventDispatch') return reasons.get(event.name);
  return textOr(asRecord(event.args().data ?? {}).type, 'event');
}

/** What observers, messages and promises call comes in no slice of its own. */
function otherwise(sliceName: string): string {
  return sliceName === 'FunctionCall' ? 'callback' : 'script';
}

function calledBy(event: TraceEvent): Pick<Entry, 'name' | 'url' | 'line' | 'column'> {
  const { functionName, url, lineNumber, columnNumber } = asRecord(event.args().data ?? {});
  return {
    name: textOr(functionName, ''),
    url: textOr(url, ''),
    line: typeof lineNumber === 'number' ? lineNumber : 0,
    column: typeof columnNumber === 'number' ? columnNumber : 0,
  };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

export interface ThreadLog {
  readonly id: ThreadId;
  readonly work: { readonly name: string; readonly start: Microseconds; readonly end: Microseconds }[];
  /** In order of their start. */
  readonly entries: Entry[];
  /** In order of their start. */
  readonly dispatches: Dispatch[];
  readonly calls: { readonly start: Microseconds; readonly end: Microseconds; readonly outcome: Outcome }[];
  /** Starts of calls that have not ended, by the number that the hook gave them. */
  readonly openCalls: Map<number, Microseconds>;
  /** Times of all our marks. */
  readonly marks: Microseconds[];
}

export interface SampledThread {
  readonly startTime: Microseconds;
  readonly chunks: V8Chunks;
}

function readMark(event: TraceEvent, captureId: string): Mark | null {
  if (event.name === 'TimerRemove') {
    const { timerId } = asRecord(event.args().data);
    return typeof timerId === 'number' ? parseTimerMark(captureId, timerId) : null;
  }
  if (event.name !== 'TimeStamp') return null;
  const { message } = asRecord(event.args().data);
  return typeof message === 'string' ? parseMark(captureId, message) : null;
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new RangeError('expected an object');
  return value as Record<string, unknown>;
}
