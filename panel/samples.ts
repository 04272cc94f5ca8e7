import { lowerBound } from '../src/profile/build.ts';
import type { CallIndex, CallTable, Profile } from '../src/profile/model.ts';

/** Fewer samples than this say little about the inside of a call: one of them is more than 3 % of the time. */
const enough = 30;
/** With so many, shares are good to about two points. */
const plenty = 300;
const mostCalls = 1000;

/** What to do about a capture with too few samples. */
export interface Shortage {
  readonly samples: number;
  /** Calls that would bring plenty of samples, going by these; null when no number of calls would. */
  readonly callsToAsk: number | null;
}

/** Null when there are enough samples. @param calls that were captured, at least 1 */
export function shortageOf(samples: number, calls: number): Shortage | null {
  if (samples >= enough) return null;
  const wanted = Math.ceil((plenty / Math.max(samples, 0.5)) * calls);
  const asked = [10, 20, 50, 100, 200, 500, 1000].find((step) => step >= Math.min(wanted, mostCalls))!;
  return { samples, callsToAsk: asked > calls ? asked : null };
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
