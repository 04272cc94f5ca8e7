import { type Constituent, type Harbour, heightAt } from './harmonics.ts';

export interface Water {
  readonly kind: 'high' | 'low';
  /** After the year began. */
  readonly hour: number;
  /** Metres. */
  readonly height: number;
}

const hoursOfYear = 365 * 24;
/** Minutes between two looks at the water. */
const step = 6;

/** Every high and low water of a year, in order. */
export function predictYear({ constituents }: Harbour): Water[] {
  const waters: Water[] = [];
  const slope = createSlope(constituents);
  let before = slope(0);
  for (let hour = step / 60; hour < hoursOfYear; hour += step / 60) {
    const after = slope(hour);
    if (before > 0 !== after > 0) waters.push(findTurn(constituents, slope, hour));
    before = after;
  }
  return waters;
}

/** The slope of the water in metres an hour, from two heights a minute apart: a quicker way is to differentiate the waves. */
function createSlope(constituents: readonly Constituent[]): (hour: number) => number {
  return (hour) => 60 * (heightAt(constituents, hour + 1 / 60) - heightAt(constituents, hour));
}

/** Halves the step that ends at `hour` until the turn is known to a second. */
function findTurn(constituents: readonly Constituent[], slope: (hour: number) => number, hour: number): Water {
  let [from, to] = [hour - step / 60, hour];
  const rising = slope(from) > 0;
  while (to - from > 1 / 3600) {
    const middle = (from + to) / 2;
    if (slope(middle) > 0 === rising) from = middle;
    else to = middle;
  }
  return { kind: rising ? 'high' : 'low', hour: to, height: heightAt(constituents, to) };
}
