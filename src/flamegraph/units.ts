import type { Microseconds } from '../profile/model.ts';

/** Words for numbers, the same wherever Flambe shows one. */

/** `350 µs`, `9.2 ms`, `41.2 ms`, `412 ms`, `1.23 s`, `12.3 s`, `123 s`. */
export function formatDuration(time: Microseconds): string {
  const microseconds = Math.round(time);
  if (microseconds < 1000) return `${microseconds} µs`;
  const milliseconds = microseconds / 1000;
  // The bounds are where rounding would show a digit too many, such as `100.0 ms`.
  if (milliseconds < 99.95) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 999.5) return `${milliseconds.toFixed(0)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  return `${seconds.toFixed(seconds < 99.95 ? 1 : 0)} s`;
}

/** `22 %`, `12.3 %`; `100 %` and `0 %` only when it is all or nothing, otherwise at most `99.9 %` and `<0.1 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent <= 0) return '0 %';
  if (percent < 0.1) return '<0.1 %';
  const rounded = Math.round(percent * 10) / 10;
  return `${percent < 100 ? Math.min(rounded, 99.9) : rounded} %`;
}

/** `1 sample`, `57 samples`, `1,234 boxes`; the noun takes an s unless its plural is given. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  const digits = String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${count === 1 ? noun : plural}`;
}

/** Part of a whole; all of it when the whole is nothing (the root of a call too short to clock). */
export function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 1;
}
