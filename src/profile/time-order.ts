/**
 * The order of times: which one is first, second …, equal ones as they stand; null where they ascend already. Merges
 * stretches that ascend, which are few: n log(stretches), and linear for times that hardly ever go back.
 */
export function timeOrder(time: Float64Array): Int32Array | null {
  const count = time.length;
  const ends: number[] = [];
  for (let at = 1; at < count; at++) if (time[at]! < time[at - 1]!) ends.push(at);
  if (ends.length === 0) return null;
  ends.push(count);
  let order = new Int32Array(count);
  for (let at = 0; at < count; at++) order[at] = at;
  let other = new Int32Array(count);
  let stretches = ends;
  while (stretches.length > 1) {
    const merged: number[] = [];
    let start = 0;
    for (let i = 0; i < stretches.length; i += 2) {
      const middle = stretches[i]!;
      const end = stretches[i + 1] ?? middle;
      merge(time, order, other, start, middle, end);
      merged.push(end);
      start = end;
    }
    [order, other] = [other, order];
    stretches = merged;
  }
  return order;
}

/** Two neighbouring stretches of `from` become one of `to`. */
function merge(time: Float64Array, from: Int32Array, to: Int32Array, start: number, middle: number, end: number): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takesLeft = left < middle && (right >= end || time[from[left]!]! <= time[from[right]!]!);
    to[at] = takesLeft ? from[left++]! : from[right++]!;
  }
}
