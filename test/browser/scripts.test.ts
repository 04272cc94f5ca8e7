import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';
import { Scripts } from '../../src/capture/scripts.ts';
import { attach } from '../harness/cdp.ts';
import { arm } from './pages/stage.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(launchOptions(await findBrowser(), { headless: true }));
});
afterAll(() => browser?.close());

test('what a capture has loaded into the page is no script of the page', async () => {
  const page = await browser.newPage();
  await page.setContent('<script>function work() { return 1; }\n//# sourceURL=http://x/work.js\n</script>');
  const session = await attach(page, { trusted: false });
  const { finished } = await arm(session, 'work', 1);
  await page.evaluate('work()');
  await finished;
  const scripts = await Scripts.enable(session);
  const urls = scripts.all.map(({ url }) => url);
  await scripts.disable();
  expect(urls.filter((url) => url !== '')).toEqual(['http://x/work.js']);
});
