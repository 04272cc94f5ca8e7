import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { dist } from '../../scripts/extension.mjs';
import { launchWithExtension, openOwnWindow } from '../harness/index.ts';
import { row } from './figures.ts';
import type { Say } from './index.ts';
import { recordProfile } from './real-profile.ts';

const RUNS = 5;
/** ms that a person takes to choose a file, at least. */
const CHOOSING = 1000;

/**
 * A real `.cpuprofile` of some 100,000 nodes, from its bytes to its painted graph, by the panel's own clock; next to `JSON.parse`
 * alone on its text in the same page. A fresh panel each time. What the browser takes to hand the bytes over is told, too.
 */
export async function benchOpenFile(say: Say): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flambe-bench-'));
  const launched = await launchWithExtension(dist, { devtools: false });
  try {
    const file = path.join(folder, 'real.cpuprofile');
    const text = await recordProfile();
    await writeFile(file, text);
    const opened: Opened[] = [];
    const parsed: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const panel = await openOwnWindow(launched, launched.page);
      opened.push(await opening(panel, file));
      parsed.push(await panel.evaluate(parsing, text));
      await panel.close();
    }
    say(`${(text.length / 1e6).toFixed(1)} MB`);
    const painted = opened.map(({ bytesAt, paintedAt }) => paintedAt - bytesAt);
    say(
      row(
        'the file is there → its bytes are',
        opened.map(({ fileAt, bytesAt }) => bytesAt - fileAt),
        'ms',
        {},
        0,
      ),
    );
    say(row('its bytes are there → painted', painted, 'ms', { atMost: 400 }, 0));
    say(row('JSON.parse alone, in the same page', parsed, 'ms', {}, 0));
    say(
      row(
        'of the time of JSON.parse',
        painted.map((took, run) => took / parsed[run]!),
        '×',
        { atMost: 2 },
        2,
      ),
    );
  } finally {
    await launched.close();
    await rm(folder, { recursive: true });
  }
}

/** By the panel's clock, in ms. */
interface Opened {
  readonly fileAt: number;
  /** When the worker that reads the file says that it is halfway: it has all bytes, and has looked at none. */
  readonly bytesAt: number;
  readonly paintedAt: number;
}

async function opening(panel: Page, file: string): Promise<Opened> {
  await panel.getByRole('button', { name: 'Open a profile…' }).waitFor();
  const painted = panel.evaluate(untilPainted);
  const [chooser] = await Promise.all([
    panel.waitForEvent('filechooser'),
    panel.getByRole('button', { name: 'Open a profile…' }).click(),
  ]);
  await panel.waitForTimeout(CHOOSING);
  await chooser.setFiles(file);
  return painted;
}

/** Waits for the end of the frame in which the boxes are there. */
function untilPainted(): Promise<Opened> {
  let bytesAt = 0;
  // Workers that start from now on.
  window.Worker = class extends Worker {
    constructor(...of: ConstructorParameters<typeof Worker>) {
      super(...of);
      this.addEventListener('message', ({ data }) => {
        if (data.kind === 'progress' && data.share >= 0.5) bytesAt ||= performance.now();
      });
    }
  };
  return new Promise((resolve) => {
    let fileAt = 0;
    document.addEventListener('change', () => (fileAt = performance.now()), { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[role=tree] [role=treeitem]')) return;
      observer.disconnect();
      // The frame is painted when the first task after it runs.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve({ fileAt, bytesAt, paintedAt: performance.now() });
        port2.postMessage(null);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true });
  });
}

function parsing(text: string): number {
  const begun = performance.now();
  JSON.parse(text);
  return performance.now() - begun;
}
