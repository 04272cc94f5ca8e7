import type { EndReason } from '../src/capture/record.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import type { Alert } from './alert.ts';
import { code, say } from './phrases.ts';
import type { Job } from './state.ts';

/** Of a wait for events that ended before all of them were there; null when the user ended it. */
export function eventAlert(end: EndReason, { target, wanted, timeout }: Job, done: number): Alert | null {
  const type = code(target);
  const what = done === 0 ? say`No ${type}` : say`Only ${done} of ${formatCount(wanted, target)}`;
  const kept = done === 0 ? '' : 'What there is, is shown. ';
  switch (end) {
    case 'cancelled':
      return null;
    case 'timeout':
      return {
        what,
        why: say`The browser has dispatched none${done === 0 ? '' : ' after that'} within ${formatCount(timeout, 'second')}; those that scripts make do not count, nor do those in frames of another site.`,
        advice: say`${kept}Choose the event again and use the page, or give it more time (Timeout 0 waits for ever).`,
      };
    case 'navigated':
      return {
        what,
        why: say`The page went to another document.`,
        advice: say`${kept}Choose the event again, now that the new one is there.`,
      };
    case 'crashed':
      return {
        what,
        why: say`The page crashed: its process is gone.`,
        advice: say`${kept}Reload the page before you choose the event again.`,
      };
    case 'buffer full':
      return {
        what,
        why: say`The trace was full; it has room for some minutes of work.`,
        advice: say`${kept}Choose the event shortly before it comes.`,
      };
    case 'complete':
    // Nothing is hooked.
    case 'lease ended':
    case 'hook gone':
      return {
        what,
        why: say`Some came within another one, as the click on a field does within that on its label, and are part of it.`,
        advice: say`${kept}For more, choose the event again.`,
      };
    default:
      return end satisfies never;
  }
}
