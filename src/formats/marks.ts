import { type Outcome, outcomes } from '../profile/model.ts';

/**
 * Labels of the marks that the hook leaves in the sampler's own stream around each outermost call of the target:
 *
 *     flambe:4f1c90:3            call 3 of capture 4f1c90 begins
 *     flambe:4f1c90:3:threw      … and ends
 */
export function beginMark(capture: string, call: number): string {
  return `flambe:${capture}:${call}`;
}

export function endMark(capture: string, call: number, outcome: Outcome): string {
  return `flambe:${capture}:${call}:${outcome}`;
}

export type Mark = { readonly call: number; readonly outcome?: Outcome };

/** What a label says, or null if it is no mark of this capture. A mark with an outcome is a call's end. */
export function parseMark(capture: string, label: string): Mark | null {
  const prefix = `flambe:${capture}:`;
  if (!label.startsWith(prefix)) return null;
  const [call = '', outcome] = label.slice(prefix.length).split(':');
  if (!/^\d+$/.test(call)) return null;
  if (outcome === undefined) return { call: Number(call) };
  const known = outcomes.find((each) => each === outcome);
  return known ? { call: Number(call), outcome: known } : null;
}
