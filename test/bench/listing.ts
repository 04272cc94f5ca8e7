import { dist } from '../../scripts/extension.mjs';
import { listFunctions } from '../../src/capture/list-functions.ts';
import { launchWithExtension, openFlambePanel, waitFor } from '../harness/index.ts';
import { row } from './figures.ts';
import type { Say } from './index.ts';

const RUNS = 7;
const GLOBALS = 20_000;
const address = 'http://bench.test/';
declare global {
  /** The longest time for which the page could do nothing else, in ms. */
  function longestGap(): number;
}

/** Listing the functions of a page with many globals, by what an extension may call in DevTools, and how long that stops the page. */
export async function benchListing(say: Say): Promise<void> {
  const launched = await launchWithExtension(dist);
  try {
    const { page } = launched;
    await page.route(`${address}*`, (route) => {
      const name = new URL(route.request().url()).search.slice(1);
      return route.fulfill({ contentType: 'text/html', body: pageOf(name) });
    });
    await page.goto(address);
    const panel = await openFlambePanel(launched, page, { dock: 'undocked' });
    const took: number[] = [];
    const gaps: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const name = `render${run}Part`;
      await page.goto(`${address}?${name}`);
      // The panel looks at every new page.
      await waitFor('the panel to be done', () =>
        panel.evaluate((name) => document.body.textContent.includes(name), name),
      );
      await page.evaluate(watchForGaps);
      const start = performance.now();
      const list = await listFunctions((expression) => panel.evaluate(evaluateInPage, expression), false);
      took.push(performance.now() - start);
      gaps.push(await page.evaluate(() => longestGap()));
      if (list?.functions.length !== GLOBALS) throw new Error(`${list?.functions.length} functions of ${GLOBALS}`);
    }
    say(row(`functions of a page with ${GLOBALS} globals`, took, 'ms', { atMost: 300 }, 0));
    say(row('  the page at a stretch, at worst', [Math.max(...gaps)], 'ms', { atMost: 50 }, 0));
  } finally {
    await launched.close();
  }
}

function pageOf(name: string): string {
  const functions = Array.from({ length: GLOBALS }, (_, i) => `function ${name}${i}() { return ${i}; }`);
  return `<!doctype html><script>${functions.join('\n')}</script>`;
}

function evaluateInPage(expression: string): Promise<unknown> {
  return new Promise((resolve) => {
    chrome.devtools.inspectedWindow.eval<Record<string, unknown>>(expression, (...[result]) => resolve(result));
  });
}

/** Has the page look at its clock every few milliseconds. */
function watchForGaps(): void {
  let last = performance.now();
  let longest = 0;
  setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  globalThis.longestGap = () => longest;
}
