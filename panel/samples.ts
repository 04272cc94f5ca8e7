import { EVENT } from '../src/capture/event.ts';
import type { SeenCalls } from '../src/capture/recorded.ts';
import { lowerBound } from '../src/profile/lower-bound.ts';
import { type CallIndex, type CallTable, type Microseconds, type Profile, SAMPLED } from '../src/profile/model.ts';

/** Fewer samples than this say little about the inside of a call: one of them is more than 3 % of the time. */
const enough = 30;
/** With so many, shares are good to about two points. */
const plenty = 300;
const mostCalls = 1000;

/** A call of so many intervals without a sample was not too short for one: the sampler did not get its turn. */
const patience = 8;

/** What to do about a capture with too few samples. */
export interface Shortage {
  readonly samples: number;
  /** The time was long enough for samples, and yet there is none. */
  readonly isStarved: boolean;
  /** Calls that would bring plenty of samples, going by these; null when no number of calls would. */
  readonly callsToAsk: number | null;
}

/** Null when there are enough samples. @param calls that were captured, at least 1 @param time that they took together */
export function shortageOf(
  samples: number,
  calls: number,
  time: Microseconds,
  interval: Microseconds,
): Shortage | null {
  if (samples >= enough) return null;
  if (samples === 0 && isLong(time, interval)) return { samples, isStarved: true, callsToAsk: calls };
  const wanted = Math.ceil((plenty / Math.max(samples, 0.5)) * calls);
  const asked = [10, 20, 50, 100, 200, 500, 1000].find((step) => step >= Math.min(wanted, mostCalls))!;
  return { samples, isStarved: false, callsToAsk: asked > calls ? asked : null };
}

/** Whether a time should hold samples. */
export function isLong(time: Microseconds, interval: Microseconds): boolean {
  return time > patience * interval;
}

/** How many samples each call holds. */
export function samplesByCall({ samples }: Pick<Profile, 'samples'>, calls: CallTable): readonly number[] {
  const { time, stack, thread } = samples;
  const countOf = (call: CallIndex) => {
    let count = 0;
    for (let i = calls.firstInterval[call]!; i < calls.firstInterval[call + 1]!; i++) {
      const end = calls.intervalEnd[i]!;
      let sample = lowerBound(time.length, (at) => time[at]! < calls.intervalStart[i]!);
      for (; sample < time.length && time[sample]! < end; sample++)
        if (thread[sample] === calls.thread[call] && stack[sample]! >= 0) count++;
    }
    return count;
  };
  return Array.from(calls.thread, (_, call) => countOf(call));
}

/** Whether these are runs of samples, and no clocked calls. */
export function isSampled({ outcome }: Pick<CallTable, 'outcome'>): boolean {
  return outcome[0] === SAMPLED;
}

/** Whether these are dispatches of an event, and no calls of a function. */
export function isEvent({ fn }: Pick<SeenCalls, 'fn'>): boolean {
  return fn.kind === EVENT;
}

/** Whether a call's end was noticed only afterwards. */
export function isEndGuessed({ outcome }: Pick<CallTable, 'outcome'>, call: CallIndex): boolean {
  return outcome[call] === 'end not seen';
}
