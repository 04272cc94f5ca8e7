import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type FlambePanel, launchWithExtension, openOwnWindow, waitFor } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { lookAt, showTheme } from './look.ts';
import { type ServedPages, servePages } from './pages.ts';
import { alertOf, isAttached, statusOf } from './panel-talk.ts';

/** Targets that the page itself shows, each test going on where the one before it ended. */

let pages: ServedPages;

beforeAll(async () => {
  const read = (name: string) => readFile(path.join(import.meta.dirname, '../browser/pages', name), 'utf8');
  pages = await servePages({
    listeners: (await read('listeners.html')).replace('<!doctype html>', ''),
    events: (await read('next-event.html')).replace('<!doctype html>', ''),
  });
});
afterAll(() => pages?.close());

describe('in DevTools', () => {
  let devtools: InDevTools;
  let page: Page;
  let panel: FlambePanel;

  beforeAll(async () => {
    devtools = await openInDevTools((page) => page.goto(pages.url('events')));
    ({ page, panel } = devtools);
  });
  afterAll(() => devtools?.close());

  /** Selects an element in DevTools, which leads to the Elements panel, and comes back. */
  async function select(selector: string): Promise<void> {
    await panel.evaluate(
      (expression) => chrome.devtools.inspectedWindow.eval(expression),
      `inspect(document.querySelector(${JSON.stringify(selector)}))`,
    );
    await waitFor('the element to be selected', () =>
      panel.evaluate(
        (expression) =>
          new Promise<boolean>((done) => {
            chrome.devtools.inspectedWindow.eval<boolean>(expression, (...answer) => done(answer[0] === true));
          }),
        `$0 === document.querySelector(${JSON.stringify(selector)})`,
      ),
    );
    await panel.devtools.showExtensionTab(devtools.launched.extensionId);
  }

  const rows = async () => (await panel.byRole('table', 'Listeners').byRole('row').all()).map(({ text }) => text);

  test('the next click is waited for, and comes as one clocked call', async () => {
    await panel.click('button', 'From the page…');
    await panel.click('button', 'Click');
    await statusOf(panel, /^Waiting for the next click$/);
    expect(await panel.byRole('region', 'From the page').all()).toEqual([]);
    await page.getByRole('button', { name: 'Work' }).click();
    await statusOf(panel, /^Captured 1 click, (3\d|4\d)\.\d ms, \d+ samples/);
    expect((await panel.byRole('treeitem').node()).name).toMatch(/^click, [\d.]+ ms, 100 % of call$/);
    await panel.byRole('treeitem', /^second, /).node();
    await panel
      .byRole('listbox', 'Calls')
      .byRole('option', /^Call 1 [\d.]+ ms returned$/)
      .node();
    expect(await isAttached(panel)).toBe(false);
    await lookAt(panel, 'from-page-click');
    await panel.click('button', 'Export SVG');
    expect(await readFile(await devtools.downloads.next(), 'utf8')).toContain('1 call, returned');
  });

  test('as many events as "Calls" says, of any type that the browser counts', async () => {
    await panel.byRole('spinbutton', 'Calls').fill('2');
    await panel.click('button', 'From the page…');
    await panel.byRole('combobox', 'Another event').node();
    await panel.evaluate(() => {
      const list = document.querySelector<HTMLSelectElement>('[aria-label="Another event"]')!;
      list.value = 'pointerdown';
      list.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await panel.click('button', 'Wait for it');
    await statusOf(panel, /^Waiting for pointerdown 1 of 2$/);
    await lookAt(panel, 'from-page-waiting');
    await page.getByRole('button', { name: 'Work' }).click();
    await statusOf(panel, /^Waiting for pointerdown 2 of 2$/);
    await page.getByRole('button', { name: 'Work' }).click();
    await statusOf(panel, /^Captured 2 pointerdowns, [\d.]+ ms/);
  });

  test('Cancel and the timeout end the wait, with words of its own', async () => {
    await panel.byRole('spinbutton', 'Calls').fill('1');
    await panel.click('button', 'From the page…');
    await panel.click('button', 'Key press');
    await statusOf(panel, /^Waiting for the next keydown$/);
    await panel.click('button', 'Cancel');
    await statusOf(panel, /^Cancelled before any keydown$/);
    await panel.byRole('spinbutton', 'Timeout (s)').fill('1');
    await panel.click('button', 'From the page…');
    await panel.click('button', 'Key press');
    expect(await alertOf(panel, /^No keydown/)).toContain('none within 1 second');
    await panel.byRole('spinbutton', 'Timeout (s)').fill('15');
  });

  test('the selected element has its listeners listed, without the debugger', async () => {
    await page.goto(pages.url('listeners'));
    await select('#save');
    await panel.click('button', 'From the page…');
    await statusOf(panel, /^12 listeners$/);
    const listed = await rows();
    expect(listed[0]).toMatch(/^button#save\.primary\.big/);
    expect(listed.find((text) => text.includes('onSave') && !text.includes('bound'))).toMatch(
      /^click\s*onSave\s*bubble/,
    );
    expect(listed.some((text) => /^click\s*ofWindow\s*capture/.test(text))).toBe(true);
    expect(await isAttached(panel)).toBe(false);
    await lookAt(panel, 'from-page-listeners');
    await showTheme(panel, 'dark');
    await lookAt(panel, 'from-page-listeners-dark');
    await showTheme(panel, 'light');
  });

  test('the list follows the selection', async () => {
    await select('p');
    await statusOf(panel, /^4 listeners$/);
    expect((await rows())[0]).toMatch(/^p · no listener of its own/);
    await select('#save');
    await statusOf(panel, /^12 listeners$/);
  });

  test('"Capture" hooks a listener at its place', async () => {
    await panel.click('button', 'Capture onSave, click of button#save.primary.big');
    await statusOf(panel, /^Waiting for call 1 of 1 of http:.*\/listeners:\d+:\d+$/);
    await page.getByRole('button', { name: 'Save' }).click();
    await statusOf(panel, /^Captured 1 call, [\d.]+ ms, /);
    expect((await panel.byRole('treeitem').node()).name).toMatch(/^onSave, /);
    expect(await isAttached(panel)).toBe(false);
  });

  test('a listener that has gone since is said to be gone', async () => {
    await panel.click('button', 'From the page…');
    // The one for once has been called.
    await statusOf(panel, /^11 listeners$/);
    await page.evaluate("save.removeEventListener('click', module.onSave)");
    await panel.click('button', 'Capture onSave, click of button#save.primary.big');
    expect(await alertOf(panel, /listener of click is no longer there/)).toContain('Select the element again');
  });

  test('keys alone do: Escape leads out, Enter starts, and the focus is never lost', async () => {
    const focused = (name: string) =>
      panel.byRole('button', name).node(({ properties }) => properties.focused === true);
    await panel.byRole('region', 'From the page').gone();
    await panel.byRole('combobox', 'Function').click();
    await panel.press('Escape');
    await panel.press('Tab');
    await focused('From the page…');
    await panel.press('Enter');
    await panel.byRole('region', 'Next event').node();
    await panel.evaluate(() => document.querySelector<HTMLElement>('#from-page button')!.focus());
    await focused('Click');
    await panel.press('Escape');
    await focused('From the page…');
    expect(await panel.devtools.drawerIsOpen()).toBe(false);
    await panel.press('Enter');
    await panel.byRole('button', 'Click').node();
    await panel.evaluate(() => document.querySelector<HTMLElement>('#from-page button')!.focus());
    await panel.press('Enter');
    await statusOf(panel, /^Waiting for the next click$/);
    await focused('From the page…');
    await panel.click('button', 'Cancel');
    await statusOf(panel, /^Cancelled before any click$/);
  });

  test('nothing was thrown in the panel', () => {
    expect(panel.exceptions).toEqual([]);
  });
});

test('a window of its own has the next event, and no selected element', async () => {
  const launched = await launchWithExtension(inject('extension'), { devtools: false });
  try {
    const { page } = launched;
    await page.goto(pages.url('events'));
    const panel = await openOwnWindow(launched, page);
    await panel.getByRole('button', { name: 'From the page…' }).click();
    await panel.getByRole('region', { name: 'Next event' }).waitFor();
    expect(await panel.getByRole('region', { name: 'Listeners of the selected element' }).count()).toBe(0);
    await panel.getByRole('button', { name: 'Input' }).click();
    await panel
      .getByRole('status')
      .getByText(/^Waiting for the next input$/)
      .waitFor();
    await page.getByLabel('Field').fill('abc');
    await panel
      .getByRole('status')
      .getByText(/^Captured 1 input, /)
      .waitFor();
  } finally {
    await launched.close();
  }
});
