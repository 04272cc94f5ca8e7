import { assert } from 'chai';
import { describe, it } from './runner.ts';

declare const dayjs: typeof import('dayjs');

const DAY = 86_400_000;

/** A Thursday in a leap year. */
const leapDay = '2024-02-29T13:04:05.006';
const tokens = {
  YYYY: '2024',
  YY: '24',
  M: '2',
  MM: '02',
  MMM: 'Feb',
  MMMM: 'February',
  D: '29',
  DD: '29',
  Do: '29th',
  d: '4',
  dd: 'Th',
  ddd: 'Thu',
  dddd: 'Thursday',
  H: '13',
  HH: '13',
  h: '1',
  hh: '01',
  m: '4',
  mm: '04',
  s: '5',
  ss: '05',
  SSS: '006',
  A: 'PM',
  a: 'pm',
  Q: '1',
  W: '9',
  WW: '09',
  'YYYY-MM-DD[T]HH:mm:ss.SSS': leapDay,
  '[YYYY] YYYY': 'YYYY 2024',
};

/** From ISO 8601: week 1 has the year's first Thursday. */
const isoWeeks: [date: string, year: number, week: number, weekday: number][] = [
  ['2005-01-01', 2004, 53, 6],
  ['2005-01-03', 2005, 1, 1],
  ['2008-12-29', 2009, 1, 1],
  ['2010-01-03', 2009, 53, 7],
  ['2020-12-31', 2020, 53, 4],
  ['2024-12-30', 2025, 1, 1],
];

/** @param instant a UTC midnight, in milliseconds since 1970 */
function isoWeekOf(instant: number): { year: number; week: number } {
  const weekday = (new Date(instant).getUTCDay() + 6) % 7;
  const thursday = instant + (3 - weekday) * DAY;
  const year = new Date(thursday).getUTCFullYear();
  return { year, week: Math.floor((thursday - Date.UTC(year, 0, 1)) / DAY / 7) + 1 };
}

describe('dayjs', () => {
  for (const [token, expected] of Object.entries(tokens))
    it(`formats ${token}`, () => assert.equal(dayjs(leapDay).format(token), expected));

  for (const [date, year, week, weekday] of isoWeeks)
    it(`ISO week of ${date}`, () => {
      const day = dayjs.utc(date);
      assert.deepEqual([day.isoWeekYear(), day.isoWeek(), day.isoWeekday()], [year, week, weekday]);
    });

  it('what is no date is invalid', () => {
    assert.isFalse(dayjs('nonsense').isValid());
    assert.isFalse(dayjs(null).isValid());
    assert.equal(dayjs('nonsense').format(), 'Invalid Date');
    assert.throws(() => dayjs(1n as unknown as number), TypeError);
  });
  it('every day from 1999 to 2004 by the clock of the browser', () => {
    for (let instant = Date.UTC(1999, 0, 1); instant < Date.UTC(2005, 0, 1); instant += DAY) {
      const date = new Date(instant);
      const ordinal = (instant - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY + 1;
      const { year, week } = isoWeekOf(instant);
      const day = dayjs.utc(instant);
      assert.equal(day.format('YYYY-MM-DD'), date.toISOString().slice(0, 10));
      assert.deepEqual(
        [day.valueOf(), day.day(), day.dayOfYear(), day.isoWeekYear(), day.isoWeek()],
        [instant, date.getUTCDay(), ordinal, year, week],
      );
    }
  });
  it('leap years are those of the Gregorian calendar', () => {
    const years = [1900, 1999, 2000, 2023, 2024, 2100];
    assert.deepEqual(
      years.filter((year) => dayjs(`${year}-06-01`).isLeapYear()),
      [2000, 2024],
    );
    assert.deepEqual(
      years.map((year) => dayjs(`${year}-02-01`).daysInMonth()),
      [28, 28, 29, 28, 29, 28],
    );
  });
  it('a month later is the last day at the latest', () => {
    const later = (date: string, unit: 'month' | 'year') => dayjs(date).add(1, unit).format('YYYY-MM-DD');
    assert.equal(later('2023-01-31', 'month'), '2023-02-28');
    assert.equal(later('2024-01-31', 'month'), '2024-02-29');
    assert.equal(later('2024-02-29', 'year'), '2025-02-28');
    assert.equal(later('2023-12-31', 'month'), '2024-01-31');
  });
  it('begins and ends of units', () => {
    const day = dayjs(leapDay);
    const format = 'YYYY-MM-DD HH:mm:ss.SSS';
    assert.equal(day.startOf('month').format(format), '2024-02-01 00:00:00.000');
    assert.equal(day.endOf('month').format(format), '2024-02-29 23:59:59.999');
    assert.equal(day.startOf('week').format(format), '2024-02-25 00:00:00.000');
    assert.equal(day.endOf('year').format(format), '2024-12-31 23:59:59.999');
  });
  it('differences, whole and exact', () => {
    const from = dayjs.utc('2024-01-01');
    assert.equal(dayjs.utc('2025-01-01').diff(from, 'day'), 366);
    assert.equal(dayjs.utc('2024-03-31').diff(from, 'month'), 2);
    assert.equal(dayjs.utc('2024-01-02T12:00').diff(from, 'day', true), 1.5);
    assert.equal(from.diff(dayjs.utc('2024-01-02'), 'hour'), -24);
  });
  it('comparisons', () => {
    const day = dayjs(leapDay);
    assert.isTrue(day.isBefore(dayjs('2024-03-01')));
    assert.isFalse(day.isAfter('2024-03-01'));
    assert.isTrue(day.isSame('2024-02-01', 'month'));
    assert.isFalse(day.isSame('2024-02-01', 'day'));
  });
  it('parses by a format, strictly if asked to', () => {
    assert.equal(dayjs('31/12/1999 23:58', 'DD/MM/YYYY HH:mm').format('YYYY-MM-DD HH:mm'), '1999-12-31 23:58');
    assert.isFalse(dayjs('30/02/2022', 'DD/MM/YYYY', true).isValid());
    assert.isTrue(dayjs('28/02/2022', 'DD/MM/YYYY', true).isValid());
  });
  it('never changes a date', () => {
    const day = dayjs(leapDay);
    const other = day.add(1, 'day').set('hour', 3);
    assert.equal(day.format('DD HH'), '29 13');
    assert.equal(other.format('MM-DD HH'), '03-01 03');
  });
  it('makes its own kind, with and without new', () => {
    const made = new (dayjs as unknown as new (date: string) => import('dayjs').Dayjs)(leapDay);
    for (const day of [dayjs(leapDay), made, made.clone()]) {
      assert.isTrue(dayjs.isDayjs(day));
      assert.instanceOf(day, dayjs as unknown as new () => unknown);
      assert.equal(day.toJSON(), new Date(leapDay).toJSON());
    }
  });
});
