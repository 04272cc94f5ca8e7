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
 * A real `.cpuprofile` of some 100,000 nodes, from the moment that the panel has the file to its painted graph, by the panel's
 * own clock; next to `JSON.parse` alone on its text in the same page. A fresh panel each time.
 */
export async function benchOpenFile(say: Say): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flambe-bench-'));
  const launched = await launchWithExtension(dist, { devtools: false });
  try {
    const file = path.join(folder, 'real.cpuprofile');
    const text = await recordProfile();
    await writeFile(file, text);
    const painted: number[] = [];
    const parsed: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const panel = await openOwnWindow(launched, launched.page);
      painted.push(await opening(panel, file));
      parsed.push(await panel.evaluate(parsing, text));
      await panel.close();
    }
    say(`${(text.length / 1e6).toFixed(1)} MB`);
    say(row('the file is there → painted', painted, 'ms', { atMost: 400 }, 0));
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

async function opening(panel: Page, file: string): Promise<number> {
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

/** From the input's change to the end of the frame in which the boxes are there. */
function untilPainted(): Promise<number> {
  return new Promise((resolve) => {
    let begun = 0;
    document.addEventListener('change', () => (begun = performance.now()), { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[role=tree] [role=treeitem]')) return;
      observer.disconnect();
      // The frame is painted when the first task after it runs.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - begun);
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
