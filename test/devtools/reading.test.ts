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
