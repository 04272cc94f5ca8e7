import type { Microseconds } from '../../profile/model.ts';
import type { Numbers } from '../json/wide-column.ts';
import { isTime } from './values.ts';

/** When samples were taken, from the first one on. */
export interface SampleTimes {
  /** Samples in order of time; null where that is the order of the file. */
  readonly order: Int32Array | null;
  /** Until the next one, or the end of the profile: whole microseconds from the first sample on, in order of time. */
  readonly end: Numbers;
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
  const short = shortTimes(deltas, startTime, endTime);
  const time = short ?? longTimes(deltas, startTime, onWrong);
  const order = sortByTime(time);
  makeEnds(time, short ? endTime - (startTime + deltas[0]!) : endTime);
  if (!short) for (let sample = 0; sample < time.length; sample++) time[sample] = Math.round(time[sample]!);
  return { order, end: time };
}

/** About 18 minutes in µs: the difference of two such numbers is one of 32 bits, and V8 takes none of them for a fraction. */
const SHORT = 2 ** 30 - 1;

/**
 * The time of each sample from the first one on, of a profile as nearly all are: in whole microseconds, and short. Null of
 * another, or where a time is none. Before V8 has compiled a loop, one over fractions makes an object of each.
 */
function shortTimes(deltas: Numbers, startTime: Microseconds, endTime: Microseconds): Int32Array | null {
  const first = startTime + deltas[0]!;
  const isWhole = deltas instanceof Int32Array && Number.isInteger(startTime) && Number.isInteger(endTime);
  if (!isWhole || !isTime(first) || endTime - first > SHORT) return null;
  const least = -Math.min(SHORT, first);
  const most = Math.min(SHORT, Number.MAX_SAFE_INTEGER - first);
  const time = new Int32Array(deltas.length);
  let now = 0;
  for (let sample = 1; sample < time.length; sample++) {
    now += deltas[sample]!;
    if (now > most || now < least) return null;
    time[sample] = now;
  }
  return time;
}

/** The time of each sample. */
function longTimes(deltas: Numbers, startTime: Microseconds, onWrong: (sample: number) => Error): Float64Array {
  const time = new Float64Array(deltas.length);
  let now = startTime;
  for (let sample = 0; sample < time.length; sample++) {
    now += deltas[sample]!;
    if (!isTime(now)) throw onWrong(sample);
    time[sample] = now;
  }
  return time;
}

/** Turns times in their order into how long after the first of them the next one was, the last one's into the end. */
function makeEnds(time: Numbers, end: Microseconds): void {
  const beginning = time[0]!;
  const last = time.length - 1;
  const latest = Math.max(end, time[last]!);
  for (let sample = 0; sample < last; sample++) time[sample] = time[sample + 1]! - beginning;
  time[last] = latest - beginning;
}

/** Steps that sorting by moving takes for each sample at most, before the general sort takes over. */
const PATIENCE = 4;

/**
 * Sorts times and tells where each one was, or null if they were in order; equal ones stay as they are. Linear where few
 * are out of place, and not by far.
 */
function sortByTime(time: Numbers): Int32Array | null {
  let at = outOfOrder(time, 1);
  if (at === time.length) return null;
  const order = new Int32Array(time.length);
  for (let sample = 0; sample < order.length; sample++) order[sample] = sample;
  for (let steps = PATIENCE * time.length; at < time.length; at = outOfOrder(time, at + 1)) {
    steps -= moveBack(time, order, at);
    if (steps < 0) return sortedGenerally(time, order);
  }
  return order;
}

/** The first sample from a place on that was before the one in front of it. */
function outOfOrder(time: Numbers, from: number): number {
  let at = from;
  while (at < time.length && time[at]! >= time[at - 1]!) at++;
  return at;
}

/** Moves a sample to where it belongs among those before it; gives how far that was. */
function moveBack(time: Numbers, order: Int32Array, at: number): number {
  const moved = time[at]!;
  const number = order[at]!;
  let place = at;
  for (; place > 0 && time[place - 1]! > moved; place--) {
    time[place] = time[place - 1]!;
    order[place] = order[place - 1]!;
  }
  time[place] = moved;
  order[place] = number;
  return at - place;
}

/** `time` and `order` agree with each other, whatever has been moved in them. */
function sortedGenerally(time: Numbers, order: Int32Array): Int32Array {
  const timeOf = time.slice();
  for (let at = 0; at < time.length; at++) timeOf[order[at]!] = time[at]!;
  order.sort((a, b) => timeOf[a]! - timeOf[b]! || a - b);
  for (let at = 0; at < time.length; at++) time[at] = timeOf[order[at]!]!;
  return order;
}
