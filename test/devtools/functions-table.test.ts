import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OnWork } from './captured.ts';

/**
 * The table of functions with the graph beside it or not, and the legend, in a window of Flambe's own:
 *
 *     work
 *       first     30 ms itself
 *         shared  30 ms
 *       second    30 ms itself
 *         shared  30 ms
 */
const html = `<button onclick="work()">Work</button><script>
  function spin(ms) { const end = Date.now() + ms; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 7; }
</script><script>
  function shared() { const end = Date.now() + 30; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 7; }
  function first() { const end = Date.now() + 30; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 5; shared(); }
  function second() { const end = Date.now() + 30; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 3; shared(); }
  function work() { first(); second(); }
</script>`;

let on: OnWork;
let panel: Page;

beforeAll(async () => {
  on = await OnWork.open(html);
  ({ panel } = on);
  await on.capture();
});
afterAll(() => on?.close());

const table = () => panel.getByRole('table', { name: 'Functions' });
const row = (name: string) => table().getByRole('row', { name: new RegExp(`^${name} `) });
const nameIn = (name: string) => row(name).getByRole('button', { name, exact: true });
const tree = () => panel.getByRole('tree', { name: 'Flame graph' });
const listed = () => table().locator('td.name').allInnerTexts();
const search = () => panel.getByRole('searchbox', { name: 'Search frames' });

async function expectOut(names: readonly string[]): Promise<void> {
  await expect.poll(() => on.standingOut()).toEqual(names);
}

describe('with room for both', () => {
  beforeAll(async () => {
    await panel.setViewportSize({ width: 1300, height: 600 });
    await on.view('Functions');
    await table().waitFor();
    await tree().waitFor();
  });

  test('the table stands to the left of the graph', async () => {
    const [left, right] = [(await table().boundingBox())!, (await tree().boundingBox())!];
    expect(left.x + left.width).toBeLessThanOrEqual(right.x);
    expect(right.width).toBeGreaterThan(left.width);
  });

  test('a row that is selected stands out in the graph, by pointer and by keys, and Escape ends it', async () => {
    await nameIn('shared').click();
    await expectOut(['shared']);
    await panel.keyboard.press('Home');
    const [first, second] = await listed();
    await expectOut([first!]);
    await panel.keyboard.press('ArrowDown');
    await expectOut([second!]);
    await panel.keyboard.press('Escape');
    await expectOut([]);
  });

  test('a box that is selected has its row, scrolled into view', async () => {
    await panel.setViewportSize({ width: 1300, height: 220 });
    for (const name of ['second', 'work', 'first']) {
      await on.choose(name);
      await expect.poll(() => row(name).getAttribute('aria-current')).toBe('true');
      expect(await table().locator('[aria-current=true]').count()).toBe(1);
      const body = (await panel.locator('.functions .record-rows').boundingBox())!;
      const own = (await row(name).boundingBox())!;
      expect(own.y).toBeGreaterThanOrEqual(body.y);
      expect(own.y + own.height).toBeLessThanOrEqual(body.y + body.height + 1);
    }
    await panel.setViewportSize({ width: 1300, height: 600 });
    await expectOut([]);
  });

  test('what stands out goes where the selection goes', async () => {
    await nameIn('shared').click();
    await expectOut(['shared']);
    await on.box('second').focus();
    await expectOut(['second']);
    await expect.poll(() => row('second').getAttribute('aria-current')).toBe('true');
    await panel.keyboard.press('Escape');
  });
});

describe('with room for one', () => {
  beforeAll(async () => {
    await panel.setViewportSize({ width: 1100, height: 600 });
    await on.view('Functions');
  });

  test('the table has the place of the graph, and a function leads to its boxes', async () => {
    await tree().waitFor({ state: 'detached' });
    await nameIn('shared').click();
    await tree().waitFor();
    await table().waitFor({ state: 'detached' });
    await expectOut(['shared']);
    await panel.keyboard.press('Escape');
    await expectOut([]);
    await on.view('Functions');
    await table().waitFor();
  });

  test('search filters it, as it marks boxes', async () => {
    const all = await listed();
    expect(all).toEqual(expect.arrayContaining(['work', 'first', 'second', 'shared']));
    await search().fill('s(hare|econ)d');
    await expect.poll(async () => (await listed()).toSorted()).toEqual(['second', 'shared']);
    await panel
      .getByRole('status')
      .getByText(new RegExp(`^2 of ${all.length} functions$`))
      .waitFor();
    await search().fill('');
    await expect.poll(listed).toEqual(all);
  });

  test('is copied as tab-separated values: what is listed, in its order, numbers in full', async () => {
    await panel.evaluate(() => {
      document.addEventListener(
        'copy',
        () => Object.assign(globalThis, { copied: (document.activeElement as HTMLTextAreaElement).value }),
        { once: true },
      );
    });
    await search().fill('/work$|^first$|^shared$');
    await panel.getByRole('columnheader', { name: 'Total' }).getByRole('button').click();
    const names = await listed();
    await panel.getByRole('button', { name: 'Copy as TSV' }).click();
    const text = await panel.evaluate(() => (globalThis as unknown as { copied: string }).copied);
    const [head, ...lines] = text.trimEnd().split('\n');
    expect(head).toBe('Function\tSelf (µs)\tTotal (µs)\tSamples\tSource');
    expect(lines.map((line) => line.split('\t')[0])).toEqual(names);
    for (const line of lines) expect(line).toMatch(/^[^\t]*\t\d+\t\d+\t\d+\t[^\t]+$/);
    const total = (name: string) => Number(lines.find((line) => line.startsWith(`${name}\t`))!.split('\t')[2]);
    expect(total('work')).toBeGreaterThan(total('first'));
    expect(total('shared')).toBeGreaterThan(0);
    await search().fill('');
  });
});

describe('the legend', () => {
  const legend = () => panel.locator('.graph-pane > .legend');
  const entry = (name: string | RegExp) => legend().getByRole('button', { name });
  beforeAll(async () => {
    await panel.setViewportSize({ width: 1300, height: 600 });
    await on.view('Icicle');
    await tree().waitFor();
  });
  beforeEach(() => legend().waitFor());

  test('says whose the colours are, with the very colours, and what share they have', async () => {
    const own = entry(/^work \d/);
    const colours = await own
      .locator('.swatch')
      .evaluate((swatch) => getComputedStyle(swatch).backgroundImage.match(/rgb\([^)]*\)/g));
    const fills = await tree()
      .getByRole('treeitem', { name: /^(work|first|second|shared), / })
      .evaluateAll((boxes) => boxes.map((one) => getComputedStyle(one).fill));
    for (const colour of colours!) expect(fills).toContain(colour);
    const shares = (await legend().getByRole('button').allInnerTexts()).map((text) => /([\d.]+) %$/.exec(text)![1]);
    expect(shares.reduce((sum, share) => sum + Number(share), 0)).toBeCloseTo(100, -0.5);
  });

  test('lets things stand out, one at a time, by pointer and keyboard', async () => {
    const own = entry(/^work \d/);
    const scripts = ['first', 'second', 'shared', 'work'];
    await own.click();
    await expectOut(scripts);
    expect(await own.getAttribute('aria-pressed')).toBe('true');
    await own.click();
    await expectOut([]);
    expect(await own.getAttribute('aria-pressed')).toBe('false');
    await own.press('Enter');
    await expectOut(scripts);
    await on.view('Functions');
    await nameIn('shared').click();
    await expectOut(['shared']);
    expect(await own.getAttribute('aria-pressed')).toBe('false');
    await own.click();
    await expectOut(scripts);
    await panel.keyboard.press('Escape');
    await expectOut([]);
    await on.view('Icicle');
  });

  test('takes the place of what is searched, which comes back, and gives way to a new search', async () => {
    const own = entry(/^work \d/);
    await search().fill('^shared$');
    await expectOut(['shared']);
    await own.click();
    await expectOut(['first', 'second', 'shared', 'work']);
    await own.click();
    await expectOut(['shared']);
    await own.click();
    await search().fill('^second$');
    await expectOut(['second']);
    expect(await own.getAttribute('aria-pressed')).toBe('false');
    await search().fill('');
    await expectOut([]);
  });

  test('stands in the view options in a low dock, too; self time has a scale, FlameGraph’s colours mean nothing', async () => {
    await panel.setViewportSize({ width: 1300, height: 300 });
    await legend().waitFor({ state: 'hidden' });
    await panel.getByRole('button', { name: 'View options' }).click();
    const sheet = panel.locator('.opener .sheet');
    await sheet
      .getByRole('list', { name: 'Colours' })
      .getByRole('button', { name: /^work \d/ })
      .click();
    await expectOut(['first', 'second', 'shared', 'work']);
    await panel.setViewportSize({ width: 1300, height: 600 });
    const palette = panel.getByRole('combobox', { name: 'Colours' });
    await palette.selectOption('self time');
    await sheet.getByText('Self time 0 %').waitFor();
    await expectOut([]);
    await palette.selectOption('hot');
    await sheet.locator('.legend').waitFor({ state: 'detached' });
    await palette.selectOption('source');
    await panel.keyboard.press('Escape');
  });
});

test('the graph fills a screen of 4K', async () => {
  await panel.setViewportSize({ width: 3840, height: 2160 });
  const graph = panel.locator('.flambe-graph');
  await expect.poll(async () => (await graph.boundingBox())!.width).toBeGreaterThan(3800);
  expect((await graph.boundingBox())!.height).toBeGreaterThan(0.9 * 2160);
  // The boxes follow a frame later.
  await expect.poll(async () => (await on.box('work').boundingBox())!.width).toBeGreaterThan(3800);
  const root = (await on.box('work').boundingBox())!;
  expect(root.x + root.width).toBeLessThanOrEqual(3840);
  expect(await panel.evaluate(() => document.documentElement.scrollWidth)).toBe(3840);
  await panel.setViewportSize({ width: 1300, height: 600 });
});
