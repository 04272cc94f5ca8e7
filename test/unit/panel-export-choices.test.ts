import { describe, expect, test } from 'vitest';
import { firstChoices, minWidthText, readChoices, readMinWidth, readWidth } from '../../panel/export-choices.ts';

describe('what is typed', () => {
  test.each<[string, number | null]>([
    ['1200', 1200],
    [' 640 ', 640],
    ['199', null],
    ['10001', null],
    ['800.5', null],
    ['', null],
    ['wide', null],
    ['1e9', null],
  ])('as a width: %j is %j', (text, width) => {
    expect(readWidth(text)).toEqual(width ?? expect.stringMatching(/^A whole number of pixels from 200 to 10000$/));
  });

  test.each<[string, ReturnType<typeof readMinWidth> | null]>([
    ['0.5', 0.5],
    ['2 px', 2],
    ['2PX', 2],
    ['0', 0],
    ['0.1 %', { share: 0.001 }],
    ['5%', { share: 0.05 }],
    ['-1', null],
    ['101', null],
    ['51 %', null],
    ['%', null],
    ['', null],
    ['1 em', null],
    ['NaN', null],
    ['Infinity', null],
  ])('as the narrowest box: %j is %j', (text, minWidth) => {
    expect(readMinWidth(text)).toEqual(minWidth ?? expect.stringMatching(/^Pixels from 0 to 100.*or a share/));
  });
});

test('what is said of a width reads back', () => {
  for (const minWidth of [0.1, 3, { share: 0.001 }, { share: 0.07 }])
    expect(readMinWidth(minWidthText(minWidth))).toEqual(minWidth);
});

test('choices are remembered, and only good ones', () => {
  const chosen = { width: 800, minWidth: { share: 0.01 }, palette: 'hot', leavesOutAddresses: true } as const;
  expect(readChoices(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
  for (const saved of [undefined, null, 'x', {}, { width: 1, minWidth: {}, palette: 'x', leavesOutAddresses: 1 }])
    expect(readChoices(saved)).toEqual(firstChoices);
});
