import type { CaptureFailure } from '../src/capture/errors.ts';
import type { FunctionList } from '../src/capture/inspect.ts';
import type { EndReason, HookTrouble, Progress, TargetFunction } from '../src/capture/record.ts';
import type { RecordingProgress } from '../src/capture/record-page.ts';
import type { Recorded, SeenCalls } from '../src/capture/recorded.ts';
import { type CallIndex, callCount } from '../src/profile/model.ts';
import type { OpenedGraph } from './readers.ts';

/** What stands in the fields, as typed. */
export interface Form {
  readonly target: string;
  readonly calls: string;
  readonly timeout: string;
  readonly longerThan: string;
  readonly args: string;
  readonly repeat: string;
}

/** What is known of the text in "Function". */
export type Check =
  | { readonly kind: 'blank' }
  | { readonly kind: 'checking' }
  /** A path that leads to a function now; what kind of function. */
  | { readonly kind: 'function'; readonly functionKind: string }
  | { readonly kind: 'refused'; readonly failure: CaptureFailure }
  | { readonly kind: 'expression' }
  | { readonly kind: 'place' }
  /** Not looked up: the page can't be asked now, or a job that began since will say. */
  | { readonly kind: 'unknown' };

/** What the debugger is asked to do. */
export interface Job {
  readonly kind: 'capture' | 'reload' | 'apply' | 'event';
  /** Canonical text of the target; the type of an event. */
  readonly target: string;
  /** What people call the function, where that text says only its place. */
  readonly name?: string;
  /** Calls asked for. */
  readonly wanted: number;
  /** Seconds; 0 for ever. */
  readonly timeout: number;
  /** Milliseconds that a call must last to be kept; 0 keeps all. */
  readonly longerThan: number;
}

/** What to call its function, or its event. */
export function nameOf({ name, target }: Job): string {
  return name ?? target;
}

/** A job under way. */
export interface Running {
  readonly job: Job;
  readonly step: Progress['step'];
  readonly fn: TargetFunction | null;
  readonly begun: number;
  readonly ended: number;
  /** Calls that were too short to be kept. */
  readonly dropped: number;
  readonly trouble: HookTrouble | null;
  /** Nothing has called the function for a while since it was armed. */
  readonly isQuiet: boolean;
  /** Reading the trace takes long enough to be worth a word. */
  readonly isSlow: boolean;
  /** Of the trace, that have come. */
  readonly bytes: number;
  readonly isCancelled: boolean;
}

/** A recording under way. */
export interface RecordingState {
  readonly step: RecordingProgress['step'];
  /** Since it began. */
  readonly seconds: number;
  /** Of the trace, that have come. */
  readonly bytes: number;
  readonly isStopped: boolean;
}

/** Why there is nothing to show, or not all that was asked for. */
export type Failure =
  | CaptureFailure
  /** The capture ended with no call in it. */
  | { readonly code: 'no call'; readonly end: EndReason; readonly job: Job; readonly trouble: HookTrouble | null }
  /** The capture ended before all its calls were there. */
  | {
      readonly code: 'incomplete';
      readonly end: EndReason;
      readonly job: Job;
      readonly done: number;
      readonly trouble: HookTrouble | null;
    }
  /** All calls are there, but the hook could not be taken off. */
  | { readonly code: 'hook stays'; readonly job: Job }
  /** A file that was to be opened. */
  | { readonly code: 'unreadable file'; readonly name: string; readonly problem: string; readonly expected: string }
  /** A fault of Flambe's. */
  | { readonly code: 'unexpected'; readonly message: string };

/** A file that was opened. */
export interface OpenedProfile {
  readonly name: string;
  readonly graph: OpenedGraph;
  /** All that it says of where its graph comes from. */
  readonly about: string;
}

/** A file that is being read. */
export interface ReadingState {
  readonly name: string;
  /** From 0 to 1. */
  readonly share: number;
}

export interface State {
  readonly form: Form;
  readonly check: Check;
  /** Null until the page was first asked. */
  readonly functions: FunctionList | null;
  /** Whether the list has the browser's own functions too. */
  readonly listsNatives: boolean;
  readonly running: Running | null;
  readonly recording: RecordingState | null;
  readonly reading: ReadingState | null;
  readonly failure: Failure | null;
  /** What was recorded last. */
  readonly recorded: Recorded | null;
  /** Whether the table of the recording is in sight, and not a graph. */
  readonly showsTable: boolean;
  /** What the graph is of: a capture, or a function of the recording. */
  readonly capture: SeenCalls | null;
  /** The call that was chosen; the graph is of {@link call} until its tree is folded. */
  readonly choice: CallIndex | 'all';
  readonly call: CallIndex | 'all';
  /** A file, of which the graph is instead. */
  readonly opened: OpenedProfile | null;
  /** In an own window: whether the debugger is attached. Null in DevTools. */
  readonly isAttached: boolean | null;
}

export type PanelEvent =
  | { readonly type: 'typed'; readonly field: keyof Form; readonly text: string }
  | { readonly type: 'checked'; readonly check: Check }
  | { readonly type: 'listed'; readonly functions: FunctionList }
  | { readonly type: 'lists natives'; readonly listsNatives: boolean }
  | { readonly type: 'started'; readonly job: Job }
  | { readonly type: 'progressed'; readonly progress: Progress }
  | { readonly type: 'stayed quiet' }
  | { readonly type: 'reads long' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'captured'; readonly capture: SeenCalls }
  | { readonly type: 'recording began' }
  | { readonly type: 'recording progressed'; readonly progress: RecordingProgress }
  | { readonly type: 'second passed' }
  | { readonly type: 'stopped' }
  | { readonly type: 'recorded'; readonly recorded: Recorded }
  | { readonly type: 'picked'; readonly calls: SeenCalls }
  | { readonly type: 'reading began'; readonly name: string }
  | { readonly type: 'read so far'; readonly share: number }
  | { readonly type: 'reading cancelled' }
  | { readonly type: 'opened'; readonly opened: OpenedProfile }
  | { readonly type: 'file refused'; readonly refusal: Extract<Failure, { readonly code: 'unreadable file' }> }
  | { readonly type: 'went to table' }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'dismissed' }
  | { readonly type: 'chose call'; readonly call: CallIndex | 'all' }
  | { readonly type: 'showed call'; readonly call: CallIndex | 'all' }
  | { readonly type: 'attachment changed'; readonly isAttached: boolean };

export const initialState: State = {
  form: { target: '', calls: '1', timeout: '15', longerThan: '0', args: '', repeat: '1' },
  check: { kind: 'blank' },
  functions: null,
  listsNatives: false,
  running: null,
  recording: null,
  reading: null,
  failure: null,
  recorded: null,
  showsTable: false,
  capture: null,
  choice: 'all',
  call: 'all',
  opened: null,
  isAttached: null,
};

/** What the panel is after an event. An event that no longer means anything changes nothing. */
export function step(state: State, event: PanelEvent): State {
  const { running, recording } = state;
  switch (event.type) {
    case 'typed': {
      const form = { ...state.form, [event.field]: event.text };
      if (event.field !== 'target') return { ...state, form };
      return { ...state, form, check: { kind: event.text.trim() === '' ? 'blank' : 'checking' } };
    }
    case 'checked':
      return { ...state, check: event.check };
    case 'listed':
      return { ...state, functions: event.functions };
    case 'lists natives':
      return { ...state, listsNatives: event.listsNatives };
    case 'started':
      return { ...state, check: { kind: 'unknown' }, failure: null, running: { ...fresh, job: event.job } };
    case 'progressed':
      return running ? withProgress(state, running, event.progress) : state;
    case 'stayed quiet':
      return running && running.begun === 0 && (running.step === 'armed' || running.step === 'calls')
        ? { ...state, running: { ...running, isQuiet: true } }
        : state;
    case 'reads long':
      return running?.step === 'reading' ? { ...state, running: { ...running, isSlow: true } } : state;
    case 'cancelled':
      return running ? { ...state, running: { ...running, isCancelled: true } } : state;
    case 'captured':
      return running ? withCapture(state, running.job, event.capture) : state;
    case 'recording began':
      return {
        ...state,
        check: { kind: 'unknown' },
        failure: null,
        recording: { step: 'attaching', seconds: 0, bytes: 0, isStopped: false },
      };
    case 'recording progressed':
      return recording ? { ...state, recording: { ...recording, ...event.progress } } : state;
    case 'second passed':
      return recording ? { ...state, recording: { ...recording, seconds: recording.seconds + 1 } } : state;
    case 'stopped':
      return recording ? { ...state, recording: { ...recording, isStopped: true } } : state;
    case 'recorded':
      return { ...state, recording: null, recorded: event.recorded, showsTable: true, capture: null, opened: null };
    case 'picked':
      return {
        ...state,
        showsTable: false,
        capture: event.calls,
        opened: null,
        choice: 'all',
        call: 'all',
        failure: null,
      };
    case 'reading began':
      return { ...state, reading: { name: event.name, share: 0 }, failure: null };
    case 'read so far':
      return state.reading ? { ...state, reading: { ...state.reading, share: event.share } } : state;
    case 'reading cancelled':
      return { ...state, reading: null };
    case 'opened':
      return { ...state, reading: null, showsTable: false, capture: null, opened: event.opened, failure: null };
    case 'file refused':
      // Whatever else is going on goes on.
      return { ...state, reading: null, failure: event.refusal };
    case 'went to table':
      return state.recorded && !running ? { ...state, showsTable: true, opened: null, failure: null } : state;
    case 'failed':
      return { ...state, running: null, recording: null, failure: event.failure };
    case 'dismissed':
      return { ...state, failure: null };
    case 'chose call':
      return { ...state, choice: event.call };
    case 'showed call':
      return { ...state, choice: event.call, call: event.call };
    case 'attachment changed':
      return { ...state, isAttached: event.isAttached };
    default:
      return event satisfies never;
  }
}

const fresh: Omit<Running, 'job'> = {
  step: 'attaching',
  fn: null,
  begun: 0,
  ended: 0,
  dropped: 0,
  trouble: null,
  isQuiet: false,
  isSlow: false,
  bytes: 0,
  isCancelled: false,
};

function withProgress(state: State, before: Running, progress: Progress): State {
  const running = { ...before, step: progress.step };
  switch (progress.step) {
    case 'attaching':
    case 'busy':
      return { ...state, running };
    case 'reading':
      return { ...state, running: { ...running, bytes: progress.bytes } };
    case 'armed':
      // From here on it is about the new capture; a target that could not be armed leaves the old one in sight.
      return { ...state, capture: null, opened: null, showsTable: false, running: { ...running, fn: progress.fn } };
    case 'calls': {
      const { begun, ended, dropped, trouble } = progress;
      return { ...state, running: { ...running, begun, ended, dropped, trouble } };
    }
    default:
      return progress satisfies never;
  }
}

function withCapture(state: State, job: Job, capture: SeenCalls): State {
  const done = callCount(capture.calls);
  return {
    ...state,
    running: null,
    choice: 'all',
    call: 'all',
    capture: done > 0 ? capture : null,
    opened: null,
    failure: shortcoming(capture, job, done),
  };
}

function shortcoming({ end, trouble }: SeenCalls, job: Job, done: number): Failure | null {
  const isComplete = end === 'complete' && job.kind !== 'event';
  if (isComplete || done >= job.wanted) return trouble === 'locked in' ? { code: 'hook stays', job } : null;
  return done > 0 ? { code: 'incomplete', end, job, done, trouble } : { code: 'no call', end, job, trouble };
}
