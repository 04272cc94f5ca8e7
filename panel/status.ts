import type { Capture } from '../src/capture/record.ts';
import { formatCount, formatDuration } from '../src/flamegraph/units.ts';
import { callCount } from '../src/profile/model.ts';
import { fields, numberProblem } from './numbers.ts';
import { type Code, code, type Phrase, say } from './phrases.ts';
import type { Check, Form, Running, State } from './state.ts';
import { refusal } from './words.ts';

/** Totals of the tree of all calls. */
export interface Totals {
  readonly time: number;
  readonly samples: number;
}

/** The line that says what is going on. @param totals of the capture that is shown */
export function statusOf(state: State, totals: Totals | null): Phrase {
  if (state.running) return runningStatus(state.running);
  const problem = formProblem(state.form);
  if (problem !== null) return say`${problem}`;
  const check = checkWords(state.check, state.form.target);
  if (check) return check;
  if (state.capture && totals) return captureStatus(state.capture, totals);
  if (state.failure?.code === 'no call' && state.failure.end === 'cancelled')
    return say`Cancelled before any call of ${code(state.failure.job.target)}`;
  if (state.failure) return say`Nothing was captured`;
  if (state.isAttached !== null) return attachmentStatus(state.isAttached);
  return say`Choose a function of the page`;
}

export function runningStatus({ job, step, begun, ended, dropped, trouble, isCancelled, isSlow }: Running): Phrase {
  const target = code(job.target);
  if (isCancelled && step !== 'reading' && step !== 'busy') return say`Ending the capture …`;
  switch (step) {
    case 'attaching':
      return say`Attaching to the page …`;
    case 'armed':
    case 'calls':
      if (job.kind === 'apply') return say`Calling ${target}, ${ended} of ${formatCount(job.wanted, 'call')} done`;
      if (trouble === 'replaced')
        return say`The page has put another function in the place of ${target}: only what it still calls of the old one counts`;
      if (begun < job.wanted) {
        const waiting = say`Waiting for call ${begun + 1} of ${job.wanted} of ${target}`;
        if (job.longerThan === 0) return waiting;
        const passed = dropped > 0 ? ` (${dropped} ${dropped === 1 ? 'was' : 'were'} shorter)` : '';
        return say`${waiting} longer than ${job.longerThan} ms${passed}`;
      }
      if (ended < begun) return say`Call ${begun} of ${job.wanted} of ${target} is running`;
      return callsSeen(ended, target);
    case 'reading':
      return isSlow || ended === 0 ? say`Reading the trace …` : callsSeen(ended, target);
    case 'busy':
      // It may be a captured call; who is in the midst of one can't say so.
      return isCancelled
        ? say`The page is busy; as soon as it is through, the capture ends …`
        : say`The page is busy: in ${target}, or in something else …`;
    default:
      return step satisfies never;
  }
}

function callsSeen(count: number, target: Code): Phrase {
  return say`${formatCount(count, 'call')} of ${target} seen`;
}

function captureStatus(capture: Capture, { time, samples }: Totals): Phrase {
  const { askedCalls, askedInterval, profile, sampler } = capture;
  const done = callCount(capture.calls);
  const calls = done < askedCalls ? `${done} of ${formatCount(askedCalls, 'call')}` : formatCount(done, 'call');
  const interval = `one sample every ${formatDuration(profile.medianInterval)} (asked: ${formatDuration(askedInterval)})`;
  const lost = capture.lostSamples > 0 ? ` (${formatCount(capture.lostSamples, 'other')} lost)` : '';
  return say`Captured ${calls}, ${formatDuration(time)}, ${formatCount(samples, 'sample')}${lost} · ${interval} · ${sampler}`;
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
      return say`A place in a source can't be captured yet: name the function`;
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
