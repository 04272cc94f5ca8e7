import type { Page } from 'playwright';
import { serveDemo } from '../../demo/serve.mjs';
import { dist } from '../../scripts/extension.mjs';
import {
  type FlambePanel,
  type Launched,
  launchWithExtension,
  openFlambePanel,
  variedJob,
  waitFor,
} from '../harness/index.ts';
import { row } from './figures.ts';
import type { Say } from './index.ts';

const RUNS = 7;
/** Of what takes half a minute each. */
const LONG_RUNS = 5;

/** What is captured: real work of the demo's libraries, and a worst case in which hardly two samples are alike. */
export const jobs: Record<string, Job> = {
  'marked.parse again and again': { milliseconds: 250, define: 'window.job = real', goal: 60 },
  'longer, 10,000 samples': { milliseconds: 2200, define: 'window.job = real', goal: 150 },
  'ever new stacks': { milliseconds: 250, define: 'window.job = varied', goal: 60 },
  'after 30 s on an animated page': {
    milliseconds: 250,
    define: 'window.job = real; animate()',
    wait: 30_000,
    goal: 250,
  },
  'busy for 4 s, > 100k nodes': { milliseconds: 4000, define: 'animates = false; window.job = varied', goal: 700 },
};

export interface Job {
  /** How long the captured call takes. */
  readonly milliseconds: number;
  /** Evaluated in the page once. */
  readonly define: string;
  /** ms between armed and the call. */
  readonly wait?: number;
  /** ms from the return to the painted graph. */
  readonly goal: number;
}

/** Evaluated in the page: defines the jobs. */
const jobPage = `
  ${variedJob('varied', 12)}
  let animates = false;
  window.animate = () => {
    animates = true;
    const moved = document.body.appendChild(document.createElement('p'));
    requestAnimationFrame(function move(time) {
      moved.style.marginLeft = time / 10 % 300 + 'px';
      moved.textContent = time;
      if (animates) requestAnimationFrame(move);
      else moved.remove();
    });
  };
  window.real = (milliseconds) => {
    for (const end = performance.now() + milliseconds; performance.now() < end; ) marked.parse(app.readme);
  };
  /** Runs the job; gives the moment of its return in milliseconds since 1970. */
  window.runJob = (milliseconds) => {
    window.job(milliseconds);
    return performance.timeOrigin + performance.now();
  };`;

/** From the last captured call's return to the painted graph, and from Capture to armed, in the real DevTools window. */
export async function benchPanel(say: Say): Promise<void> {
  await withJobs(async ({ panel, page }) => {
    const armed: number[] = [];
    for (const [name, job] of Object.entries(jobs)) {
      await page.evaluate(`${job.define}; null`);
      // The browser's first trace is slow to end, and the first graph is drawn by cold code.
      await captureOnce(panel, page, { ...job, wait: 0 });
      const painted: number[] = [];
      let status = '';
      for (let run = 0; run < (job.wait ? LONG_RUNS : RUNS); run++) {
        const figures = await captureOnce(panel, page, job);
        painted.push(figures.painted);
        armed.push(figures.armed);
        status = figures.status;
      }
      say(row(`return → painted, ${name}`, painted, 'ms', { atMost: job.goal }, 0));
      say(`   the last one: ${status}`);
    }
    say(row('Capture pressed → armed', armed, 'ms', { atMost: 400 }, 0));
  });
}

interface WithJobs {
  readonly launched: Launched;
  readonly page: Page;
  readonly panel: FlambePanel;
}

/** Opens the page with the jobs and the panel in DevTools beside it, where the page's `job` is the target. */
export async function withJobs(use: (opened: WithJobs) => Promise<void>): Promise<void> {
  const demo = await serveDemo();
  const launched = await launchWithExtension(dist);
  try {
    const { page } = launched;
    await page.goto(demo.url);
    await page.evaluate(jobPage);
    const panel = await openFlambePanel(launched, page, { dock: 'undocked' });
    await chooseJob(panel);
    await use({ launched, page, panel });
  } finally {
    await launched.close();
    await demo.close();
  }
}

/** Makes the page's `job` the target. */
async function chooseJob(panel: FlambePanel): Promise<void> {
  // By the document and the keyboard: a browser that is asked by role and name keeps its accessibility tree up to
  // date from then on, which costs more than everything that is measured here.
  await waitFor('the panel to show', () => panel.evaluate(() => document.querySelector('[role=combobox]') !== null));
  await panel.evaluate(() => document.querySelector<HTMLElement>('[role=combobox]')!.focus());
  await panel.type('job');
  await panel.press('Escape');
  await panel.evaluate(() => {
    const label = [...document.querySelectorAll('label')].find((each) => each.textContent?.startsWith('Timeout'))!;
    const field = label.querySelector('input')!;
    field.value = '0';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
}

/** What the panel's own clock and page see of one capture, in milliseconds since 1970. */
interface Seen {
  readonly armed: Promise<{ readonly pressed: number; readonly armed: number }>;
  readonly painted: Promise<{ readonly painted: number; readonly status: string }>;
}

export async function captureOnce(
  panel: FlambePanel,
  page: Page,
  { milliseconds, wait = 0 }: Job,
): Promise<{ armed: number; painted: number; status: string }> {
  // Promises: whoever asks again and again takes time from what is measured.
  await panel.evaluate(() => {
    const now = () => performance.timeOrigin + performance.now();
    let tellArmed: (seen: { pressed: number; armed: number }) => void;
    let tellPainted: (seen: { painted: number; status: string }) => void;
    const seen: Seen = {
      armed: new Promise((resolve) => (tellArmed = resolve)),
      painted: new Promise((resolve) => (tellPainted = resolve)),
    };
    Object.assign(window, { seen });
    let pressed = 0;
    addEventListener('click', () => (pressed = now()), { capture: true, once: true });
    let isArmed = false;
    const observer = new MutationObserver(() => {
      const status = document.querySelector('[role=status]')?.textContent ?? '';
      if (!isArmed && status.startsWith('Waiting for call')) {
        isArmed = true;
        tellArmed({ pressed, armed: now() });
      }
      if (!isArmed || !status.startsWith('Captured') || !document.querySelector('[role=treeitem]')) return;
      observer.disconnect();
      // The frame is painted when the first task after it runs.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => tellPainted({ painted: now(), status });
        port2.postMessage(null);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await panel.evaluate(() => {
    const buttons = [...document.querySelectorAll('button')];
    buttons.find((button) => button.textContent?.trim() === 'Capture')!.click();
  });
  const { pressed, armed } = await panel.evaluate(() => (window as unknown as { seen: Seen }).seen.armed);
  await new Promise((resolve) => setTimeout(resolve, wait));
  const [returned, { painted, status }] = await Promise.all([
    page.evaluate<number>(`runJob(${milliseconds})`),
    panel.evaluate(() => (window as unknown as { seen: Seen }).seen.painted),
  ]);
  return { armed: armed - pressed, painted: painted - returned, status };
}
