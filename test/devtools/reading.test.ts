import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FlambePanel, variedJob } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { type ServedPages, servePages } from './pages.ts';
import { arm, statusOf } from './panel-talk.ts';

let devtools: InDevTools;
let page: Page;
let panel: FlambePanel;
let pages: ServedPages;

beforeAll(async () => {
  pages = await servePages({ varied: `<script>${variedJob('job', 30)}</script>` });
  devtools = await openInDevTools((page) => page.goto(pages.url('varied')));
  ({ page, panel } = devtools);
});
afterAll(async () => {
  await devtools?.close();
  await pages?.close();
});

/** Has something done in the panel as soon as a trace is being read: while Cancel would show nothing of it. */
async function onceReading(does: 'cancel' | 'type'): Promise<void> {
  await panel.evaluate((does) => {
    const cancel = () => document.querySelector<HTMLButtonElement>('button[title="Show nothing of what was captured"]');
    const tasks: { start: number; end: number }[] = [];
    const seen = { tasks, from: 0, to: 0, typed: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        tasks.push({ start: startTime, end: startTime + duration });
    }).observe({ type: 'longtask' });
    let typing: ReturnType<typeof setInterval>;
    const type = () => {
      const field = document.querySelector<HTMLInputElement>('[role=combobox]')!;
      field.value += 'x';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      seen.typed++;
    };
    const observer = new MutationObserver(() => {
      if (seen.from === 0 && cancel()) {
        seen.from = performance.now();
        if (does === 'cancel') cancel()!.click();
        else typing = setInterval(type, 30);
      } else if (seen.from > 0 && !cancel()) {
        seen.to = performance.now();
        observer.disconnect();
        clearInterval(typing);
      }
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  }, does);
}

describe('while a trace is read', () => {
  test('the panel is there for whoever types in the picker', async () => {
    await arm(panel, 'job');
    await onceReading('type');
    await page.evaluate('job(3000)');
    await statusOf(panel, /^Captured 1 call, /);
    const { tasks, from, to, typed } = await panel.evaluate(
      () =>
        (
          window as unknown as {
            seen: { tasks: { start: number; end: number }[]; from: number; to: number; typed: number };
          }
        ).seen,
    );
    // Long enough that reading it there would have shown.
    expect(to - from).toBeGreaterThan(100);
    expect(typed).toBeGreaterThan(1);
    // The last task is that in which the graph is drawn.
    const during = tasks.filter(({ start, end }) => start >= from && end < to - 20);
    // 50 ms is the aim; machines that run tests are busy with other things.
    expect(Math.max(0, ...during.map(({ start, end }) => end - start))).toBeLessThan(250);
  });

  test('Cancel gives the panel back at once and says so; the next capture is read as ever', async () => {
    await arm(panel, 'job');
    await onceReading('cancel');
    await page.evaluate('job(3000)');
    await statusOf(panel, /^Cancelled while the trace was read: nothing of it is shown$/);
    expect(await panel.byRole('alert').all()).toEqual([]);
    await panel.byRole('button', 'Capture').node();
    await arm(panel, 'job');
    await page.evaluate('job(50)');
    await statusOf(panel, /^Captured 1 call, /);
  });
});

/** Has the panel remember which workers it starts. */
async function watchWorkers(): Promise<() => Promise<boolean>> {
  await panel.evaluate(() => {
    const started: string[] = [];
    Object.assign(window, { started });
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        started.push(String(url));
      }
    };
  });
  return () =>
    panel.evaluate(() =>
      (window as unknown as { started: string[] }).started.some((url) => url.includes('fold-worker')),
    );
}

describe('a choice that takes long to fold', () => {
  test('of a call: the graph is of it as soon as the worker has folded it', async () => {
    const hasFolded = await watchWorkers();
    await arm(panel, 'job', 2);
    await page.evaluate('job(500)');
    await page.evaluate('job(1900)');
    await statusOf(panel, /^Captured 2 calls, /);
    expect(await hasFolded()).toBe(false);
    await panel.byRole('option', /^Call 2 /).click();
    await panel.byRole('treeitem').node(({ name }) => /^job, 1\.9\d* s, 100 % of/.test(name));
    expect(await hasFolded()).toBe(true);
    await panel.byRole('option', 'All calls').click();
    await panel.byRole('treeitem').node(({ name }) => /^job, 2\.4\d* s, 100 % of/.test(name));
  });

  test('of a function in a recording', async () => {
    // Of code that was compiled under an earlier trace the sampler may not see all functions.
    await page.reload();
    await panel.click('button', 'Record');
    await statusOf(panel, /^Recording …$/);
    await page.evaluate('job(1900)');
    await panel.click('button', 'Stop');
    await statusOf(panel, /^Recorded [\d.]+ m?s: /);
    await panel.byRole('table', 'Functions').byRole('button', 'job').click();
    await statusOf(panel, /^Recorded \d+ runs? of job, ≈ [\d.]+ m?s · sampled, not clocked · /);
    await panel.byRole('treeitem').node(({ name }) => /^job, /.test(name));
  });
});
