/** Minimum, median and maximum of some measurements, as text. */
export function spread(values: readonly number[], unit: string, digits = 1): string {
  const sorted = [...values].sort((a, b) => a - b);
  const show = (value: number) => value.toFixed(digits);
  return `${show(median(sorted))} ${unit} (${show(sorted[0]!)} to ${show(sorted.at(-1)!)})`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Runs something and tells how long it took, in milliseconds, with what it gave. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ took: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { took: performance.now() - start, result };
}
