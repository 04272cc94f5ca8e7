import type { Microseconds } from '../../profile/model.ts';
import type { Numbers } from '../json/wide-column.ts';
import { isTime } from './values.ts';

/** When samples were taken, from the first one on. */
export interface SampleTimes {
  /** Samples in order of time; null where that is the order of the file. */
  readonly order: Int32Array | null;
  /** Until the next one, or the end of the profile: whole microseconds from the first sample on, in order of time. */
  readonly end: Float64Array;
}

/**
 * When each sample ends. A time delta leads to its sample from the one before, or from the start; now and then it is
 * negative, as V8 takes samples in several ways. `onWrong` makes the error for a sample whose time is none.
 */
export function sampleTimes(
  deltas: Numbers,
  startTime: Microseconds,
  endTime: Microseconds,
  onWrong: (sample: number) => Error,
): SampleTimes {
  const count = deltas.length;
  const time = new Float64Array(count);
  let now = startTime;
  let isSorted = true;
  for (let sample = 0; sample < count; sample++) {
    const delta = deltas[sample]!;
    now += delta;
    if (delta < 0) isSorted = false;
    if (!isTime(now)) throw onWrong(sample);
    time[sample] = now;
  }
  const order = isSorted ? null : sortedByTime(time);
  const beginning = time[0]!;
  const end = new Float64Array(count);
  for (let sample = 1; sample < count; sample++) end[sample - 1] = Math.round(time[sample]! - beginning);
  end[count - 1] = Math.round(Math.max(endTime, time[count - 1]!) - beginning);
  return { order, end };
}

/** Steps that sorting by moving takes for each sample at most, before the general sort takes over. */
const PATIENCE = 4;

/** Sorts times and tells where each one was; equal ones stay as they are. Linear where few are out of place, and not by far. */
function sortedByTime(time: Float64Array): Int32Array {
  const order = new Int32Array(time.length);
  for (let at = 0; at < order.length; at++) order[at] = at;
  let steps = PATIENCE * time.length;
  for (let at = 1; at < time.length; at++) {
    const moved = time[at]!;
    if (moved >= time[at - 1]!) continue;
    const number = order[at]!;
    let place = at;
    for (; place > 0 && time[place - 1]! > moved; place--, steps--) {
      time[place] = time[place - 1]!;
      order[place] = order[place - 1]!;
    }
    time[place] = moved;
    order[place] = number;
    if (steps < 0) return sortedGenerally(time, order);
  }
  return order;
}

/** `time` and `order` agree with each other, whatever has been moved in them. */
function sortedGenerally(time: Float64Array, order: Int32Array): Int32Array {
  const timeOf = new Float64Array(time.length);
  for (let at = 0; at < time.length; at++) timeOf[order[at]!] = time[at]!;
  order.sort((a, b) => timeOf[a]! - timeOf[b]! || a - b);
  for (let at = 0; at < time.length; at++) time[at] = timeOf[order[at]!]!;
  return order;
}
