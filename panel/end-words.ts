import type { EndReason, HookTrouble } from '../src/capture/record.ts';
import { parseTarget } from '../src/capture/target.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import type { Alert } from './alert.ts';
import { eventAlert } from './event-words.ts';
import { code, type Phrase, say } from './phrases.ts';
import { type Job, nameOf } from './state.ts';

/** Of a capture that ended with no call in it; null when the user ended it. */
export function noCallAlert(end: EndReason, job: Job, trouble: HookTrouble | null): Alert | null {
  if (job.kind === 'event') return eventAlert(end, job, 0);
  const { target, timeout, longerThan } = job;
  const path = code(nameOf(job));
  if (trouble) return { what: say`No call of ${path} was seen`, ...troubleWords(trouble, job) };
  switch (end) {
    case 'cancelled':
    // Comes with its trouble only.
    case 'hook gone':
      return null;
    case 'complete':
    case 'timeout':
      return {
        what:
          end === 'timeout'
            ? say`No call of ${path}${longer(longerThan)} within ${formatCount(timeout, 'second')}`
            : say`No call of ${path}${longer(longerThan)} was seen`,
        why: say`${whyQuiet(target)}`,
        advice: say`Capture a function nearer to what you do in the page, or give it more time (Timeout 0 waits for ever).`,
      };
    case 'crashed':
      return {
        what: say`The page crashed before ${path} was called`,
        why: say`Its process is gone, and the hook with it.`,
        advice: say`Reload the page, then press Capture.`,
      };
    case 'navigated':
      return {
        what: say`The page went to another document before ${path} was called`,
        why: say`The hook stood in the old document and went with it.`,
        advice: say`Press Capture again, now that the new one is there.`,
      };
    case 'buffer full':
      return {
        what: say`The trace was full before ${path} was called`,
        why: say`A trace has room for some minutes of work.`,
        advice: say`Press Capture shortly before the page calls the function.`,
      };
    case 'lease ended':
      return {
        what: say`The hook took itself off before ${path} was called`,
        why: say`This panel did not renew it for 30 seconds; the computer may have slept.`,
        advice: say`Press Capture again.`,
      };
    default:
      return end satisfies never;
  }
}

/** Why the calls of a function may not pass its name. */
export function whyQuiet(target: string): Phrase {
  if (parseTarget(target)?.kind === 'place')
    return say`Perhaps the page has not come to it yet. Or it was called while the page was loaded: “Reload and capture”, under Options, sees that too.`;
  return say`Perhaps the page has not come to it yet. Or it calls the function through a reference of its own, taken before (an event listener, an import, a bound method), which does not pass ${code(target)}.`;
}

/** Of a capture that ended with only some of its calls; null when the user ended it. */
export function incompleteAlert(end: EndReason, job: Job, done: number, trouble: HookTrouble | null): Alert | null {
  if (job.kind === 'event') return eventAlert(end, job, done);
  const { wanted, timeout, longerThan } = job;
  const what = say`Only ${done} of ${formatCount(wanted, 'call')}`;
  const kept = say`What there is, is shown.`;
  if (trouble) {
    const { why, advice } = troubleWords(trouble, job);
    return { what, why, advice: say`${kept} ${advice}` };
  }
  switch (end) {
    case 'complete':
    case 'cancelled':
    case 'hook gone':
      return null;
    case 'timeout':
      return {
        what,
        why: say`No further call${longer(longerThan)} came within ${formatCount(timeout, 'second')}.`,
        advice: say`${kept} For more, press Capture again and use the page, or raise the timeout.`,
      };
    case 'navigated':
      return {
        what,
        why: say`The page went to another document.`,
        advice: say`${kept} Press Capture to go on in the new one.`,
      };
    case 'crashed':
      return {
        what,
        why: say`The page crashed: its process is gone, and the hook with it.`,
        advice: say`${kept} Reload the page before you press Capture again.`,
      };
    case 'buffer full':
      return {
        what,
        why: say`The trace was full, so that later calls have no samples.`,
        advice: say`${kept} Ask for fewer calls at a time.`,
      };
    case 'lease ended':
      return {
        what,
        why: say`This panel did not renew the hook for 30 seconds, and it took itself off; the computer may have slept.`,
        advice: say`${kept} For more, press Capture again.`,
      };
    default:
      return end satisfies never;
  }
}

/** What the page did to the hook, so that calls are missing or the hook is still there. */
export function troubleWords(trouble: HookTrouble, job: Job): Pick<Alert, 'why' | 'advice'> {
  const path = code(nameOf(job));
  switch (trouble) {
    case 'replaced':
      return {
        why: say`The page has put another function in the place of ${path} meanwhile, whose calls did not come through the hook. It stays there.`,
        advice: say`Press Capture to hook the new one.`,
      };
    case 'locked out':
      return {
        why: say`The page made ${path} read-only while a call of it ran, with the function itself in its place.`,
        advice: say`Capture a function that calls it: it shows up in that one's graph.`,
      };
    case 'locked in':
      return {
        why: say`The page made ${path} read-only while the hook stood there, so that it can't be taken off. It does nothing any more but pass calls on.`,
        advice: say`Reload the page to be rid of it, then capture a function that calls this one.`,
      };
    case 'moved':
      return {
        why: say`The page has loaded a new version of the source, in which there is no function of that name where ${path} was.`,
        advice: say`Pick the function in the new version, then press Capture.`,
      };
    default:
      return trouble satisfies never;
  }
}

function longer(milliseconds: number): string {
  return milliseconds === 0 ? '' : ` longer than ${milliseconds} ms`;
}
