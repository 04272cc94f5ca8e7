import type { EndReason } from '../src/capture/record.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import type { Alert } from './alert.ts';
import { code, type Phrase, say } from './phrases.ts';
import type { Job } from './state.ts';

/** Of a capture that ended with no call in it; null when the user ended it. */
export function noCallAlert(end: EndReason, { target, timeout }: Job): Alert | null {
  const path = code(target);
  switch (end) {
    case 'cancelled':
      return null;
    case 'complete':
    case 'timeout':
      return {
        what:
          end === 'timeout'
            ? say`No call of ${path} within ${formatCount(timeout, 'second')}`
            : say`No call of ${path} was seen`,
        why: say`${whyQuiet(target)}`,
        advice: say`Capture a function nearer to what you do in the page, or give it more time (Timeout 0 waits for ever).`,
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
  return say`Perhaps the page has not come to it yet. Or it calls the function through a reference of its own, taken before (an event listener, an import, a bound method), which does not pass ${code(target)}.`;
}

/** Of a capture that ended with only some of its calls; null when the user ended it. */
export function incompleteAlert(end: EndReason, { wanted, timeout }: Job, done: number): Alert | null {
  const what = say`Only ${done} of ${formatCount(wanted, 'call')}`;
  const kept = say`What there is, is shown.`;
  switch (end) {
    case 'complete':
    case 'cancelled':
      return null;
    case 'timeout':
      return {
        what,
        why: say`No further call came within ${formatCount(timeout, 'second')}.`,
        advice: say`${kept} For more, press Capture again and use the page, or raise the timeout.`,
      };
    case 'navigated':
      return {
        what,
        why: say`The page went to another document.`,
        advice: say`${kept} Press Capture to go on in the new one.`,
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
