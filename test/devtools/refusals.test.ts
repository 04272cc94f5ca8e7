import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FlambePanel } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { type ServedPages, servePages } from './pages.ts';
import { alertOf, arm, isAttached, statusOf, typeTarget } from './panel-talk.ts';

const globals = `<script>
  let ran = 0;
  window.shop = {
    name: 'corner',
    sell(price) { return price; },
    get stock() { ran++; return { count() {} }; },
  };
  const readingTime = (words) => words / 220;
</script>`;

let devtools: InDevTools;
let pages: ServedPages;
let page: Page;
let panel: FlambePanel;

beforeAll(async () => {
  pages = await servePages({ globals, other: '<p>Another page</p>' });
  devtools = await openInDevTools((page) => page.goto(pages.url('globals')));
  ({ page, panel } = devtools);
});
afterAll(async () => {
  await devtools?.close();
  await pages?.close();
});

async function captureRefused(target: string, words: RegExp): Promise<void> {
  await typeTarget(panel, target);
  await panel.click('button', 'Capture');
  await alertOf(panel, words);
}

describe('What can’t be captured is refused in words', () => {
  test.each([
    ['shop.sel', /^No shop\.sel: did you mean shop\.sell\?/],
    ['nowhere.at.all', /^No global nowhere in this page/],
    ['shop.name', /^shop\.name is a string/],
    ['shop.stock.count', /^shop\.stock is behind a getter, which Flambe won't run/],
    ['readingTime', /^readingTime can't be captured.*It is a const/],
    ['shop.js:3:7', /^The page has loaded no script shop\.js/],
    ['(() => 1)', /gives a function, but not the place that calls go through/],
    ['shop.(', /is not JavaScript/],
    ['missing()', /threw an exception.*missing is not defined/],
  ])('%s', async (target, words) => {
    await captureRefused(target, words);
    expect(await isAttached(panel)).toBe(false);
  });

  test('and a suggestion is taken by a click', async () => {
    await captureRefused('shop.sel', /did you mean/);
    await panel.click('button', 'Use shop.sell');
    await panel.byRole('combobox', 'Function').node(({ value }) => value === 'shop.sell');
    await panel.byRole('alert').gone();
  });

  test('and no getter of the page ran', async () => {
    expect(await page.evaluate('ran')).toBe(0);
  });
});

describe('What keeps a capture from starting or ends it', () => {
  test('another trace is running', async () => {
    await devtools.launched.browserCdp.send('Tracing.start', {
      traceConfig: { includedCategories: ['devtools.timeline'] },
    });
    const ended = new Promise((resolve) => devtools.launched.browserCdp.once('Tracing.tracingComplete', resolve));
    await captureRefused('shop.sell', /^Another trace is running/);
    await devtools.launched.browserCdp.send('Tracing.end');
    await ended;
    expect(await isAttached(panel)).toBe(false);
  });

  test('the page goes to another document', async () => {
    await arm(panel, 'shop.sell', 3);
    await page.goto(pages.url('other'));
    await alertOf(panel, /^The page went to another document before shop\.sell was called/);
    expect(await isAttached(panel)).toBe(false);
  });

  test('the page goes to another document with some calls done, which are kept', async () => {
    await page.goto(pages.url('globals'));
    await arm(panel, 'shop.sell', 3);
    await page.evaluate('shop.sell(1)');
    await statusOf(panel, /^Waiting for call 2 of 3/);
    await page.goto(pages.url('other'));
    await alertOf(panel, /^Only 1 of 3 calls\s*The page went to another document/);
  });

  test('the page is paused at a breakpoint', async () => {
    await page.goto(pages.url('globals'));
    await page.evaluate('setTimeout(() => { debugger; })');
    await panel.devtools.paused();
    await panel.devtools.showExtensionTab(devtools.launched.extensionId);
    await captureRefused('shop.sell', /^The page is paused/);
    await panel.devtools.resume();
    await arm(panel, 'shop.sell');
    await page.evaluate('shop.sell(1)');
    await statusOf(panel, /^Captured 1 call, /);
  });
});

test('nothing was thrown in the panel', () => {
  expect(panel.exceptions).toEqual([]);
});
