import type { Page } from 'playwright';
import { type FlambePanel, waitFor } from '../harness/index.ts';
import { row, timesFaster } from './figures.ts';
import type { Say } from './index.ts';
import { captureOnce, type Job, jobs, withJobs } from './panel.ts';

const RUNS = 5;
/** How many times faster than Chrome's panel. */
const compared = [
  ['marked.parse again and again', 5],
  ['busy for 4 s, > 100k nodes', 10],
] as const;

/**
 * From the last call's return to Flambe's painted graph, next to Chrome's Performance panel from "Stop" to its chart: the
 * same job in the same page and the same DevTools window, in turn.
 */
export async function benchChromePanel(say: Say): Promise<void> {
  await withJobs(async ({ launched, page, panel }) => {
    const flambe = async (job: Job) => {
      await panel.devtools.showExtensionTab(launched.extensionId);
      return (await captureOnce(panel, page, job)).painted;
    };
    for (const [name, goal] of compared) {
      const job = jobs[name]!;
      await page.evaluate(`${job.define}; null`);
      // The first ones run cold code.
      await flambe(job);
      await recordOnce(panel, page, job);
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        ours.push(await flambe(job));
        theirs.push(await recordOnce(panel, page, job));
      }
      say(name);
      say(row('  Flambe: return → painted', ours, 'ms', { atMost: job.goal }, 0));
      say(row('  Chrome’s Performance: stop → chart', theirs, 'ms', {}, 0));
      say(row('    Flambe is faster', timesFaster(ours, theirs), '×', { atLeast: goal }));
    }
  });
}

declare global {
  /** The first element that fits a selector, in any shadow, and has such an accessible name. */
  function findDeep(selector: string, name?: RegExp): HTMLElement | undefined;
}

/** Runs in DevTools' own window, whose controls stand in shadows of shadows. */
function defineFindDeep(): void {
  globalThis.findDeep = (selector, name) => {
    const roots: ParentNode[] = [document];
    for (const root of roots)
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        const fits = element.matches(selector) && (!name || name.test(element.getAttribute('aria-label') ?? ''));
        if (fits) return element;
        if (element.shadowRoot) roots.push(element.shadowRoot);
      }
    return undefined;
  };
}

/** Records the job with the Performance panel; gives ms from "Stop" to the painted chart, by the clock of DevTools' own window. */
async function recordOnce({ devtools }: FlambePanel, page: Page, { milliseconds }: Job): Promise<number> {
  const { session } = devtools;
  await devtools.showPanel('timeline');
  await session.evaluate(defineFindDeep);
  await waitFor('the button "Record"', () =>
    session.evaluate(() => {
      const button = findDeep('button:not(:disabled)', /^Record - /);
      button?.click();
      return button !== undefined;
    }),
  );
  await waitFor('Chrome to record', () =>
    session.evaluate(
      () =>
        findDeep('button:not(:disabled)', /^Stop - /) !== undefined &&
        findDeep('.timeline-status-dialog')?.textContent.includes('Tracing') === true,
    ),
  );
  await page.evaluate(`runJob(${milliseconds})`);
  return session.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        findDeep('button', /^Stop - /)!.click();
        requestAnimationFrame(function look() {
          // It records again only once all is shown; an earlier chart stands there all the time.
          const isDone = findDeep('button:not(:disabled)', /^Record - /) && !findDeep('.timeline-status-dialog');
          if (!isDone || !findDeep('canvas.flame-chart-canvas')?.clientWidth) return requestAnimationFrame(look);
          // The frame is painted when the first task after it runs.
          return requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - start);
            port2.postMessage(null);
          });
        });
      }),
  );
}
