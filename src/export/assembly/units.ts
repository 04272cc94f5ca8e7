/** Words for numbers, as src/flamegraph/units.ts has them. */
import { putDecimal, putGrouped, putHundredths, putTenths, putToken, putWhole, token } from './bytes.ts';

/** The largest number all of whose neighbours are whole. */
const MOST: f64 = 9007199254740991;

/** More than any share comes to that is not a mistake. */
const MOST_TENTHS: f64 = 400000000;

const microsecondsUnit = token(' µs');
const millisecondsUnit = token(' ms');
const secondsUnit = token(' s');
const percentUnit = token(' %');
const leastPercent = token('&lt;0.1 %');

/** A number times a power of ten, rounded as `toFixed` does: by the number's exact value, and halves upwards. */
function rounded(value: f64, power: f64): u64 {
  const guess = Math.floor(value * power + 0.5);
  // That may be one too many, as the product is rounded itself. The products of the two parts of the number are not.
  const high = <f64>(<f32>value);
  const isTooMuch = high * power - (guess - 0.5) + (value - high) * power < 0;
  return <u64>(isTooMuch ? guess - 1 : guess);
}

export function putDuration(time: f64): void {
  const microseconds = Math.round(min(time, MOST));
  const milliseconds = microseconds / 1000;
  const seconds = milliseconds / 1000;
  if (microseconds < 1000) putWhole(<u64>microseconds);
  else if (milliseconds < 99.95) putTenths(<u32>rounded(milliseconds, 10));
  else if (milliseconds < 999.5) putWhole(rounded(milliseconds, 1));
  else if (seconds < 9.995) putHundredths(<u32>rounded(seconds, 100));
  else if (seconds < 99.95) putTenths(<u32>rounded(seconds, 10));
  else putWhole(rounded(seconds, 1));
  putToken(microseconds < 1000 ? microsecondsUnit : milliseconds < 999.5 ? millisecondsUnit : secondsUnit);
}

export function putPercent(part: f64, whole: f64): void {
  const percent = (whole > 0 ? part / whole : 1) * 100;
  if (percent > 0 && percent < 0.1) {
    putToken(leastPercent);
    return;
  }
  const tenths = Math.round(min(percent * 10, MOST_TENTHS));
  putDecimal(percent <= 0 ? 0 : 10 * <u32>(percent < 100 ? min(tenths, 999) : tenths));
  putToken(percentUnit);
}

/** A count with the words for one and for several. */
export function putCount(count: i32, one: usize, several: usize): void {
  putGrouped(count);
  putToken(count === 1 ? one : several);
}
