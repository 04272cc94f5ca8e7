import { type Outcome, outcomes } from '../profile/model.ts';

/**
 * The marks that the hook leaves in the sampler's own stream around each outermost call of the target. They come in two
 * forms. As a label, of a time stamp or a console profile:
 *
 *     flambe:4f1c90:3            call 3 of capture 4f1c90 begins
 *     flambe:4f1c90:3:threw      … and ends
 *
 * As the id of a timer that is cleared though it never was; a real id is positive, so these are not:
 *
 *     bit  31  30 … 23   22 … 19   18 … 0
 *           1  capture   mark      call
 *
 * A label can be told from all others. An id costs the page half as much, and V8 takes no sample of its own for it.
 */

/** A call that was too short to be kept leaves no trace but its marks. */
export const DROPPED = 'dropped';
export type MarkedOutcome = Outcome | typeof DROPPED;

export type Mark = { readonly call: number; readonly outcome?: MarkedOutcome };

const markedOutcomes: readonly MarkedOutcome[] = [...outcomes, DROPPED];
/** The hook asks in the midst of the page's calls, where no method of a list can be trusted. */
const codes: Record<string, number> = {};
for (let i = 0; i < markedOutcomes.length; i++) codes[markedOutcomes[i]!] = i + 1;

export function beginMark(capture: string, call: number): string {
  return `flambe:${capture}:${call}`;
}

export function endMark(capture: string, call: number, outcome: MarkedOutcome): string {
  return `flambe:${capture}:${call}:${outcome}`;
}

/** What a label says, or null if it is no mark of this capture. A mark with an outcome is a call's end. */
export function parseMark(capture: string, label: string): Mark | null {
  const prefix = `flambe:${capture}:`;
  if (!label.startsWith(prefix)) return null;
  const [call = '', outcome] = label.slice(prefix.length).split(':');
  if (!/^\d+$/.test(call)) return null;
  if (outcome === undefined) return { call: Number(call) };
  const known = markedOutcomes.find((each) => each === outcome);
  return known ? { call: Number(call), outcome: known } : null;
}

const CAPTURE_SHIFT = 23;
const CAPTURES = 1 << 8;
const OUTCOME_SHIFT = 19;
const OUTCOMES = 1 << 4;
const CALLS = 1 << OUTCOME_SHIFT;

/** What all timer marks of a capture have in common. `capture` is hexadecimal. */
export function timerMarkBase(capture: string): number {
  return (1 << 31) | ((Number.parseInt(capture, 16) % CAPTURES) << CAPTURE_SHIFT);
}

/** Call numbers begin anew after half a million; a call's end names the same one as its begin. */
export function timerMark(base: number, call: number, outcome?: MarkedOutcome): number {
  const mark = outcome === undefined ? 0 : codes[outcome]!;
  return base | (mark << OUTCOME_SHIFT) | (call % CALLS);
}

/** What the id of a cleared timer says, or null if it is no mark of this capture. */
export function parseTimerMark(capture: string, id: number): Mark | null {
  if (id >> CAPTURE_SHIFT !== timerMarkBase(capture) >> CAPTURE_SHIFT) return null;
  const mark = (id >> OUTCOME_SHIFT) & (OUTCOMES - 1);
  const call = id & (CALLS - 1);
  if (mark === 0) return { call };
  const outcome = markedOutcomes[mark - 1];
  return outcome ? { call, outcome } : null;
}
