import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type Launched, launchWithExtension, openOwnWindow } from '../harness/index.ts';
import { layoutOf } from './layout.ts';
import { sizes } from './look.ts';
import { type ServedPages, servePages } from './pages.ts';

/** Taking a graph away as a file, and opening it again; in a window of Flambe's own. */

const html = `<script>
  function first() { const end = performance.now() + 60; while (performance.now() < end); }
  function second() { const end = performance.now() + 40; while (performance.now() < end); }
  function work() { second(); first(); }
</script>`;

let launched: Launched;
let pages: ServedPages;
let panel: Page;
let thrown: Error[];

beforeAll(async () => {
  pages = await servePages({ work: html });
  launched = await launchWithExtension(inject('extension'), { devtools: false });
});
afterAll(async () => {
  await launched?.close();
  await pages?.close();
});
beforeEach(async () => {
  // Anew: of functions that have run often, the browser makes one.
  await launched.page.goto(pages.url('work'));
  panel = await openOwnWindow(launched, launched.page);
  thrown = [];
  panel.on('pageerror', (error) => thrown.push(error));
});
afterEach(async () => {
  expect(thrown).toEqual([]);
  await panel.close();
});

const status = (says: RegExp) => panel.getByRole('status').getByText(says).waitFor();
const box = (name: string, within = panel) => within.getByRole('treeitem', { name: new RegExp(`^${name}, `) }).first();
const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
const view = (name: string) => panel.getByRole('radio', { name, exact: true }).check({ force: true });

async function captureWork(): Promise<void> {
  await panel.getByRole('combobox', { name: 'Function' }).fill('work');
  await press('Apply');
  await press('Run');
  await status(/^Captured 1 call/);
  await box('second').waitFor();
  await press('Apply');
}

async function exportFile(): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([panel.waitForEvent('download'), press('Export SVG')]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

async function openFile(name: string, text: string): Promise<void> {
  const [chooser] = await Promise.all([panel.waitForEvent('filechooser'), press('Open a profile…')]);
  await chooser.setFiles({ name, mimeType: 'image/svg+xml', buffer: Buffer.from(text) });
}

/** Opens an exported file in a page of its own. */
async function lookInto(text: string): Promise<Page> {
  const page = await launched.context.newPage();
  await page.route('**/exported.svg', (route) => route.fulfill({ body: text, contentType: 'image/svg+xml' }));
  await page.goto(new URL('exported.svg', pages.url('work')).href);
  await page.getByRole('tree').waitFor();
  return page;
}

test('options say what the file says, and what is wrong with them', async () => {
  await captureWork();
  await press('Export options');
  await panel.getByRole('textbox', { name: 'Title', exact: true }).fill('Before <b>the</b> fix');
  await panel.getByRole('textbox', { name: 'Subtitle' }).fill('on the old machine');
  await panel.getByRole('textbox', { name: 'Note' }).fill('with a warm cache');
  await panel.getByRole('textbox', { name: 'Width' }).fill('50');
  await panel.getByRole('alert').getByText('A whole number of pixels from 200 to 10000').waitFor();
  expect(await panel.getByRole('textbox', { name: 'Width' }).getAttribute('aria-invalid')).toBe('true');
  await panel.getByRole('textbox', { name: 'Width' }).fill('700');
  expect(await panel.getByRole('alert').getByText('A whole number').count()).toBe(0);
  await panel.getByRole('textbox', { name: 'Narrowest box' }).fill('25 %');
  await panel.getByRole('combobox', { name: 'Colours' }).selectOption('FlameGraph: blue');
  await panel.getByRole('checkbox', { name: 'Leave out addresses' }).check();
  for (const { width, height } of sizes) {
    await panel.setViewportSize({ width, height });
    expect((await panel.evaluate(layoutOf)).problems, `at ${width} px`).toEqual([]);
  }
  await panel.keyboard.press('Escape');
  await panel.setViewportSize({ width: 1200, height: 500 });

  const { name, text } = await exportFile();
  expect(name).toMatch(/^flambe-work-\d{8}-\d{6}\.svg$/);
  expect(text).toMatch(/<svg [^>]*width="700"/);
  // In the still drawing, boxes of less than a quarter are in none.
  expect(text.match(/<title>[^<]*<\/title><\/rect>/g)!.length).toBeLessThan(8);
  expect(text).not.toContain(new URL(pages.url('work')).host);
  const page = await lookInto(text);
  expect(await page.getByRole('heading').textContent()).toBe('Before <b>the</b> fix');
  expect(await page.getByRole('main').locator('p.facts').allTextContents()).toEqual([
    'on the old machine',
    expect.stringMatching(/^work · 1 call, returned · \d/),
    expect.stringMatching(/UTC · .*Chrome/),
    'with a warm cache',
  ]);
  // FlameGraph's blue: red and green the same, blue the most of all.
  expect(await box('first', page).getAttribute('fill')).toMatch(/^#([5-8].)\1[c-f].$/);
  await page.close();
});

test('are remembered, but for what was written for one graph', async () => {
  await captureWork();
  await press('Export options');
  expect(await panel.getByRole('textbox', { name: 'Width' }).inputValue()).toBe('700');
  expect(await panel.getByRole('textbox', { name: 'Narrowest box' }).inputValue()).toBe('25 %');
  expect(await panel.getByRole('checkbox', { name: 'Leave out addresses' }).isChecked()).toBe(true);
  expect(await panel.getByRole('combobox', { name: 'Colours' }).inputValue()).toBe('blue');
  expect(await panel.getByRole('textbox', { name: 'Title', exact: true }).inputValue()).toBe('');
  await panel.getByRole('checkbox', { name: 'Leave out addresses' }).uncheck();
});

test('the file shows what the panel shows, and opens again with it', async () => {
  await captureWork();
  await view('Flame graph');
  await box('second').focus();
  await panel.keyboard.press('d');
  await box('second').waitFor({ state: 'detached' });
  const { name, text } = await exportFile();
  const page = await lookInto(text);
  expect(await box('second', page).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Flame graph' }).getAttribute('aria-pressed')).toBe('true');
  expect(await page.getByRole('main').locator('p.facts').first().textContent()).toMatch(
    /^1 call, returned, 1 change · /,
  );
  await page.close();
  const before = await box('first').getAttribute('aria-label');
  await view('Icicle');

  await panel.reload();
  await openFile(name, text);
  await status(new RegExp(`^Opened ${name.replaceAll('.', '\\.')}: work · 1 call, returned, 1 change · .*Chrome`));
  expect(await box('first').getAttribute('aria-label')).toBe(before);
  expect(await panel.getByRole('listbox', { name: 'Calls' }).count()).toBe(0);

  await view('Bottom-up');
  await box('All functions').waitFor();
  await view('Functions');
  await panel.getByRole('table', { name: 'Functions' }).waitFor();
  await view('Sandwich');
  await panel.getByRole('tree', { name: 'Callers' }).waitFor();
  await view('Flame chart');
  await panel
    .getByText('A flame chart needs the order of time, which only a file that was exported from one has')
    .waitFor();
  await view('Icicle');
  await box('first').waitFor();
  await box('first').focus();
  await panel.keyboard.press('h');
  await box('first').waitFor({ state: 'detached' });
  const again = await exportFile();
  expect(again.text).toContain('1 call, returned, 1 change, 1 change');

  await panel.getByRole('combobox', { name: 'Function' }).fill('work');
  await press('Apply');
  await press('Run');
  await status(/^Captured 1 call/);
  await panel.getByRole('option', { name: /^Call 1/ }).waitFor();
});

test('another file is refused, and nothing of it comes into the panel', async () => {
  await captureWork();
  await press('Options');
  await openFile(
    'evil.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.pwned = 1"><script>pwned = 1</script></svg>',
  );
  await panel
    .getByRole('alert')
    .getByText(/evil\.svg can't be opened.*it has no profile in it.*Choose .*an SVG file that Flambe has exported/)
    .waitFor();
  const { text } = await exportFile();
  await openFile('broken.svg', text.replace(/"self":\[\d+/, '"self":[-1'));
  await panel
    .getByRole('alert')
    .getByText(/nodes\.self\[0\] is -1/)
    .waitFor();
  await openFile('red.svg', text.replace(/"fills":\["#[0-9a-f]{6}/, '"fills":["url(//a.example)'));
  await panel
    .getByRole('alert')
    .getByText(/no colour such as/)
    .waitFor();
  expect(await panel.evaluate(() => 'pwned' in globalThis)).toBe(false);
  await box('second').waitFor();
});

test('a file that is dropped on the panel opens, too', async () => {
  await captureWork();
  const { text } = await exportFile();
  await panel.reload();
  await panel.getByText('Somebody sent you a profile?').waitFor();
  await panel.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'dropped.svg'));
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  }, text);
  await status(/^Opened dropped\.svg: work · /);
  await box('second').waitFor();
});

test('a flame chart goes as it stands, in the order of time', async () => {
  await captureWork();
  /** Where the shorter function begins, which ran first, as a share of the width. */
  const place = (within: Page) =>
    within.evaluate(() => {
      const [root, second] = ['work', 'second'].map((name) =>
        document.querySelector(`[role=treeitem][aria-label^="${name},"]`)?.getBoundingClientRect(),
      );
      return root && second ? (second.x - root.x) / root.width : 1;
    });
  expect(await place(panel)).toBeGreaterThan(0.3);
  await view('Flame chart');
  await expect.poll(() => place(panel)).toBeLessThan(0.2);
  const { name, text } = await exportFile();
  const page = await lookInto(text);
  expect(await place(page)).toBeLessThan(0.2);
  expect(await page.getByRole('main').locator('p.facts').first().textContent()).toContain('flame chart');
  await page.close();

  // Opened again, it has the other views as well.
  await panel.reload();
  await openFile(name, text);
  await expect.poll(() => place(panel)).toBeLessThan(0.2);
  await view('Icicle');
  await expect.poll(() => place(panel)).toBeGreaterThan(0.3);
});
