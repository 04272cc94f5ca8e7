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
