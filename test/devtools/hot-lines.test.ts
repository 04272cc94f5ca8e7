import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OnWork } from './captured.ts';

/** The lines of a function, in a window of Flambe's own. The two loops of `work` stand at the lines 4 and 6. */
const html = `<button onclick="work()">Work</button><script>
  function work() {
    let end = performance.now() + 80, sum = 0;
    while (performance.now() < end) for (let i = 0; i < 1e5; i++) sum += i % 7;
    end = performance.now() + 80;
    while (performance.now() < end) for (let i = 0; i < 1e5; i++) sum -= i % 5;
    other(); other();
    return sum;
  }
  function other() { let sum = 0; const end = performance.now() + 20;
    while (performance.now() < end) for (let i = 0; i < 1e5; i++) sum += i % 7; }
</script>`;

let on: OnWork;
let panel: Page;

beforeAll(async () => {
  on = await OnWork.open(html);
  ({ panel } = on);
  await on.capture();
});
afterAll(() => on?.close());

const button = () => panel.getByRole('button', { name: 'Lines', exact: true });
const sheet = (name: string) => panel.getByRole('region', { name: `Lines of ${name}` });

/** Line, self time in ms and share in percent of each row. */
async function rowsOf(name: string): Promise<{ line: string; self: number; share: number }[]> {
  const rows = sheet(name).getByRole('table').locator('tbody tr');
  await rows.first().waitFor();
  return (await rows.all()).reduce(async (before, row) => {
    const [line, self, share] = await row.getByRole('cell').allInnerTexts();
    const [, amount, unit] = /^([\d.]+) (µs|ms)$/.exec(self!)!;
    const ms = Number(amount) * (unit === 'ms' ? 1 : 0.001);
    return [...(await before), { line: line!, self: ms, share: Number(/([\d.]+) %/.exec(share!)![1]) }];
  }, Promise.resolve<{ line: string; self: number; share: number }[]>([]));
}

test('a function shows at which of its lines its own time went, the hottest first', async () => {
  await on.choose('work');
  await button().click();
  const rows = await rowsOf('work');
  expect(rows.map(({ line }) => line)).toEqual(expect.arrayContaining(['4', '6']));
  for (const { line } of rows) expect(Number(line)).toBeGreaterThanOrEqual(2);
  for (const { line } of rows) expect(Number(line)).toBeLessThanOrEqual(9);
  const shares = rows.map(({ share }) => share);
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  const own = Number(/self ([\d.]+) ms/.exec((await panel.locator('.details').textContent())!)![1]);
  // Each is rounded.
  expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100, -0.5);
  expect(Math.abs(rows.reduce((sum, { self }) => sum + self, 0) - own)).toBeLessThan(1);
});

test('what is open stays with its function, and Escape closes it and gives the focus back', async () => {
  await on.box('other').hover();
  await panel.locator('.details strong').getByText('other', { exact: true }).waitFor();
  await sheet('work').waitFor();
  await panel.keyboard.press('Escape');
  await sheet('work').waitFor({ state: 'detached' });
  expect(await button().evaluate((own) => own === document.activeElement)).toBe(true);
});

test('another function has other lines, from all places that call it', async () => {
  await on.choose('other');
  await button().click();
  const rows = await rowsOf('other');
  for (const { line } of rows) expect(['10', '11']).toContain(line);
  await panel.getByRole('button', { name: 'Close the lines' }).click();
  await sheet('other').waitFor({ state: 'detached' });
});

test('a box of another view says what it is of; one that is no written function has no lines', async () => {
  await on.view('Bottom-up');
  await on.choose('All functions');
  await panel.locator('.details strong').getByText('All functions', { exact: true }).waitFor();
  expect(await button().count()).toBe(0);
  await on.choose('other');
  await panel
    .locator('.details')
    .getByText(/^work:\d+$/)
    .waitFor();
  await button().click();
  for (const { line } of await rowsOf('other')) expect(['10', '11']).toContain(line);
  await panel.keyboard.press('Escape');
  await on.view('Icicle');
  await on.box('work').waitFor();
});
