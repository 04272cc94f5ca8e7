/** What a figure should be, in the figure's own unit. */
export interface Goal {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** One line of the table: the name, the median with minimum and maximum, the goal, and whether the median meets it. */
export function row(name: string, values: readonly number[], unit: string, goal: Goal = {}, digits = 1): string {
  const figure = `${name.padEnd(44)} ${spread(values, unit, digits).padEnd(30)}`;
  const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = goal;
  const wanted = [
    ...(goal.atMost === undefined ? [] : [`≤ ${atMost} ${unit}`]),
    ...(goal.atLeast === undefined ? [] : [`≥ ${atLeast} ${unit}`]),
  ].join(', ');
  if (!wanted) return figure.trimEnd();
  const middle = median(values);
  return `${figure} goal ${wanted.padEnd(12)} ${middle <= atMost && middle >= atLeast ? 'met' : 'MISSED'}`;
}

/** Minimum, median and maximum of some measurements, as text. */
export function spread(values: readonly number[], unit: string, digits = 1): string {
  const show = (value: number) => value.toFixed(digits);
  return `${show(median(values))} ${unit} (${show(Math.min(...values))} to ${show(Math.max(...values))})`;
}

/** The one in the middle, or the mean of the two there; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/**
 * How many times as long others took, run by run: what ran in the same moment is compared, so that a machine whose speed
 * drifts slows both. The others may have run fewer times.
 */
export function timesFaster(ours: readonly number[], others: readonly number[]): number[] {
  return others.map((took, run) => took / ours[run]!);
}

/** Time by the size of what was worked on, both in any unit. */
export interface Cost {
  readonly size: number;
  readonly took: number;
}

/**
 * The power of the size with which the time grows: 1 is linear, 2 quadratic. The slope of the line of least squares through
 * the logarithms of both.
 */
export function exponent(costs: readonly Cost[]): number {
  const x = costs.map(({ size }) => Math.log(size));
  const y = costs.map(({ took }) => Math.log(took));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const sum = (term: (i: number) => number) => costs.reduce((total, _, i) => total + term(i), 0);
  return sum((i) => (x[i]! - meanX) * (y[i]! - meanY)) / sum((i) => (x[i]! - meanX) ** 2);
}

/** The line of the table that says how something grows, with its goal: no faster than its input. */
export function growthRow(name: string, costs: readonly Cost[]): string {
  const steps = costs.map(({ size, took }) => `${size.toLocaleString('en')}: ${took.toFixed(1)} ms`).join(', ');
  return `${row(`${name}: exponent`, [exponent(costs)], '', { atMost: 1.1 }, 2)}   ${steps}`;
}

/** Runs something and tells how long it took, in milliseconds, with what it gave. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ took: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { took: performance.now() - start, result };
}
