/** Runs in the page: leaves marks in the sampler's stream. */
import { beginMark, endMark, type MarkedOutcome, timerMark, timerMarkBase } from '../../formats/marks.ts';

/**
 * How marks get into the stream: as timers cleared or as time stamps in a trace, or as one console profile a call. The
 * first costs the page least, but many a page has a clearTimeout of its own.
 */
export type MarkKind = 'timer' | 'timeStamp' | 'profile';

/** Marks the begin of a call, or with an outcome its end. */
export type Leave = (call: number, outcome?: MarkedOutcome) => void;

const { apply } = Reflect;
const { clearTimeout } = globalThis;
const { timeStamp, profile, profileEnd } = console as Console &
  Record<'profile' | 'profileEnd', (title: string) => void>;

export function markWith(kind: MarkKind, capture: string): Leave {
  const base = timerMarkBase(capture);
  switch (kind) {
    case 'timer':
      return (call, outcome) => clearTimeout(timerMark(base, call, outcome));
    case 'timeStamp':
      return (call, outcome) => {
        const label = outcome === undefined ? beginMark(capture, call) : endMark(capture, call, outcome);
        apply(timeStamp, console, [label]);
      };
    case 'profile':
      return (call, outcome) =>
        apply(outcome === undefined ? profile : profileEnd, console, [beginMark(capture, call)]);
    default:
      return kind satisfies never;
  }
}
