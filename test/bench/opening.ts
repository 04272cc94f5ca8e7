import { serveDemo } from '../../demo/serve.mjs';
import { dist } from '../../scripts/extension.mjs';
import { launchWithExtension, openFlambePanel, waitFor } from '../harness/index.ts';
import { row } from './figures.ts';
import type { Say } from './index.ts';

const RUNS = 5;

/**
 * From the moment that DevTools makes the frame of the Flambe tab, when it is shown first, to the painted field for a
 * function, by the frame's own clock. A fresh browser each time, whose demo page waits to be looked at, and whose DevTools
 * has come to rest: what it does at its own start is not the panel's.
 */
export async function benchOpening(say: Say): Promise<void> {
  const demo = await serveDemo();
  try {
    const opened: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const launched = await launchWithExtension(dist);
      try {
        await launched.page.goto(demo.url);
        const panel = await openFlambePanel(launched, launched.page, { dock: 'undocked', rests: true });
        opened.push(await waitFor('the panel to be usable', () => panel.evaluate(paintedAt)));
      } finally {
        await launched.close();
      }
    }
    say(row('the tab opens → usable', opened, 'ms', { atMost: 150 }, 0));
  } finally {
    await demo.close();
  }
}

/** The panel draws all at once: its first paint shows the field. */
function paintedAt(): number | undefined {
  const field = document.querySelector<HTMLInputElement>('[role=combobox]');
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return field && !field.disabled ? paint?.startTime : undefined;
}
