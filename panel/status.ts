import type { PageRecording, RecordingEnd } from '../src/capture/record-page.ts';
import type { Recorded, SeenCalls } from '../src/capture/recorded.ts';
import { parseTarget } from '../src/capture/target.ts';
import { formatCount, formatDuration } from '../src/flamegraph/units.ts';
import { callCount, type Microseconds, SAMPLED } from '../src/profile/model.ts';
import { fields, numberProblem } from './numbers.ts';
import { code, type Phrase, say } from './phrases.ts';
import { isEndGuessed, isEvent, isSampled } from './samples.ts';
import {
  type Check,
  type Form,
  type Job,
  nameOf,
  type ReadingState,
  type RecordingState,
  type Running,
  type State,
} from './state.ts';
import { refusal } from './words.ts';

/** Totals of the tree of all calls. */
export interface Totals {
  readonly time: number;
  readonly samples: number;
}

/** The line that says what is going on. @param totals of the capture that is shown */
export function statusOf(state: State, totals: Totals | null): Phrase {
  if (state.running) return runningStatus(state.running);
  if (state.recording) return recordingStatus(state.recording);
  if (state.reading) return readingStatus(state.reading);
  const problem = formProblem(state.form);
  if (problem !== null) return say`${problem}`;
  const check =
    state.check.kind === 'place' && isKnownToBeLong(state) ? null : checkWords(state.check, state.form.target);
  if (check) return check;
  if (state.showsTable && state.recorded) return recordedStatus(state.recorded);
  if (state.opened) return say`Opened ${code(state.opened.name)}: ${state.opened.about}`;
  if (state.capture && totals) return captureStatus(state.capture, totals);
  if (state.failure?.code === 'no call' && state.failure.end === 'cancelled')
    return say`Cancelled before any ${state.failure.job.kind === 'event' ? '' : 'call of '}${code(nameOf(state.failure.job))}`;
  if (state.failure?.code === 'given up') return refusal(state.failure);
  if (state.failure) return say`Nothing was captured`;
  if (state.isAttached !== null) return attachmentStatus(state.isAttached);
  return say`Choose a function of the page`;
}

export function runningStatus(running: Running): Phrase {
  const { job, step, begun, ended, dropped, trouble, isCancelled, isSlow, bytes } = running;
  const target = code(nameOf(job));
  if (isCancelled && step !== 'reading' && step !== 'busy') return say`Ending the capture …`;
  switch (step) {
    case 'attaching':
      return job.kind === 'reload' ? say`Reloading the page …` : say`Attaching to the page …`;
    case 'armed':
    case 'calls':
      if (job.kind === 'apply') return say`Calling ${target}, ${ended} of ${formatCount(job.wanted, 'call')} done`;
      if (job.kind === 'event' && begun < job.wanted)
        return job.wanted === 1
          ? say`Waiting for the next ${target}`
          : say`Waiting for ${target} ${begun + 1} of ${job.wanted}`;
      if (trouble === 'replaced')
        return say`The page has put another function in the place of ${target}: only what it still calls of the old one counts`;
      if (begun < job.wanted) {
        const waiting = say`Waiting for call ${begun + 1} of ${job.wanted} of ${target}`;
        if (job.longerThan === 0) return waiting;
        const passed = dropped > 0 ? ` (${dropped} ${dropped === 1 ? 'was' : 'were'} shorter)` : '';
        return say`${waiting} longer than ${job.longerThan} ms${passed}`;
      }
      if (ended < begun) return say`Call ${begun} of ${job.wanted} of ${target} is running`;
      return callsSeen(ended, job);
    case 'reading':
      return isSlow || ended === 0 ? readingWords(bytes) : callsSeen(ended, job);
    case 'busy':
      // It may be a captured call; who is in the midst of one can't say so.
      return isCancelled
        ? say`The page is busy; as soon as it is through, the capture ends …`
        : say`The page is busy: in ${target}, or in something else …`;
    default:
      return step satisfies never;
  }
}

/** Of calls that a recording showed to be long, breakpoints hardly change the time. */
const LONG_ENOUGH: Microseconds = 10_000;

function isKnownToBeLong({ recorded, form }: State): boolean {
  const target = parseTarget(form.target);
  if (!recorded || target?.kind !== 'place') return false;
  const { functions, recording } = recorded;
  const { url, line, column } = recording.profile.frames;
  const row = functions.frame.findIndex(
    (frame) => url[frame] === target.source && line[frame] === target.line && column[frame] === target.column,
  );
  return row >= 0 && functions.total[row]! / functions.runs[row]! >= LONG_ENOUGH;
}

function callsSeen(count: number, job: Job): Phrase {
  if (job.kind === 'event') return say`${formatCount(count, nameOf(job))} seen`;
  return say`${formatCount(count, 'call')} of ${code(nameOf(job))} seen`;
}

function readingWords(bytes: number): Phrase {
  const come = bytes > 0 ? `: ${(bytes / 1e6).toFixed(0)} MB` : '';
  return say`Reading the trace${come} …`;
}

function recordingStatus({ step, isStopped, bytes }: RecordingState): Phrase {
  switch (step) {
    case 'attaching':
      return isStopped ? say`Ending the recording …` : say`Attaching to the page …`;
    case 'recording':
      return isStopped ? say`Ending the recording …` : say`Recording …`;
    case 'reading':
      return readingWords(bytes);
    default:
      return step satisfies never;
  }
}

function readingStatus({ name, share }: ReadingState): Phrase {
  return say`Reading ${code(name)}: ${Math.floor(share * 100)} %`;
}

function recordedStatus({ recording, functions, samples }: Recorded): Phrase {
  const seen = `${formatCount(functions.frame.length, 'function')}, ${formatCount(samples, 'sample')}`;
  return say`Recorded ${formatDuration(recording.duration * 1000)}: ${seen}${lostWords(recording)}${endWords[recording.end]}${navigationWords(recording)} · ${intervalWords(recording)} · ${SAMPLED}`;
}

const endWords: Readonly<Record<RecordingEnd, string>> = {
  stopped: '',
  'time up': '; the time was up',
  'buffer full': '; then the trace was full',
  crashed: '; then the page crashed',
};

function navigationWords({ hasNavigated }: PageRecording): string {
  return hasNavigated ? '; the page has gone to another document meanwhile' : '';
}

function lostWords({ lostSamples }: Pick<SeenCalls, 'lostSamples'>): string {
  return lostSamples > 0 ? ` (${formatCount(lostSamples, 'other')} lost)` : '';
}

function intervalWords({ profile, askedInterval }: Pick<SeenCalls, 'profile' | 'askedInterval'>): string {
  return `one sample every ${formatDuration(profile.medianInterval)} (asked: ${formatDuration(askedInterval)})`;
}

function captureStatus(capture: SeenCalls, { time, samples }: Totals): Phrase {
  const { askedCalls, sampler } = capture;
  const done = callCount(capture.calls);
  const seen = `${formatCount(samples, 'sample')}${lostWords(capture)} · ${intervalWords(capture)}`;
  if (isSampled(capture.calls))
    return say`Recorded ${formatCount(done, 'run')} of ${code(capture.fn.name || '(anonymous)')}, ≈ ${formatDuration(time)} · ${SAMPLED} · ${seen}`;
  const about = capture.calls.outcome.some((_, call) => isEndGuessed(capture.calls, call)) ? '≈ ' : '';
  const noun = isEvent(capture) ? capture.fn.name : 'call';
  const calls = done < askedCalls ? `${done} of ${formatCount(askedCalls, noun)}` : formatCount(done, noun);
  const by = capture.hook === 'breakpoints' ? ', breakpoints' : '';
  return say`Captured ${calls}, ${about}${formatDuration(time)}, ${seen} · ${sampler}${by}`;
}

function attachmentStatus(isAttached: boolean): Phrase {
  return isAttached
    ? say`Attached to the page as long as this window is open`
    : say`Not attached to the page; Capture attaches again`;
}

/** What is to be said of the typed target; null when there is nothing. */
export function checkWords(check: Check, text: string): Phrase | null {
  switch (check.kind) {
    case 'blank':
    case 'checking':
    case 'unknown':
      return null;
    case 'function':
      return say`${code(text.trim())} is there (${check.functionKind})`;
    case 'refused':
      return refusal(check.failure);
    case 'expression':
      // After a dot comes the rest of a path.
      return /[.[]\s*$/.test(text) ? null : say`Will be evaluated once, on Capture`;
    case 'place':
      return say`Hooked by breakpoints that never pause, at some 0.4 ms a call and each recursion: fit for calls of 10 ms and more`;
    default:
      return check satisfies never;
  }
}

/** The first number that is wrong. */
function formProblem(form: Form): string | null {
  return (
    numberProblem(form.calls, fields.calls) ??
    numberProblem(form.timeout, fields.timeout) ??
    numberProblem(form.longerThan, fields.longerThan) ??
    numberProblem(form.repeat, fields.repeat)
  );
}
