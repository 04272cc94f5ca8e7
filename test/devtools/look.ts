import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { type FlambePanel, waitFor } from '../harness/index.ts';
import { layoutOf } from './layout.ts';

/** Looking at the panel in the real DevTools: pictures for people, and for tests what can be said of it without eyes. */

const folder = path.join(import.meta.dirname, 'pictures');

/** A narrow, a low and a wide dock, in CSS pixels. */
export const sizes = [
  { name: '400', width: 400, height: 640 },
  { name: '800x300', width: 800, height: 300 },
  { name: '1600', width: 1600, height: 700 },
] as const;

/** Looks at the panel as it is, in each size. */
export async function lookAt(panel: FlambePanel, state: string): Promise<void> {
  for (const { name, width, height } of sizes) {
    await resizePanel(panel, width, height);
    await takePicture(panel, `${state}-${name}`);
    expect((await panel.evaluate(layoutOf)).problems, `${state} at ${name} px`).toEqual([]);
  }
  await panel.devtools.session.send('Emulation.clearDeviceMetricsOverride');
  await panel.settled();
}

export async function takePicture(panel: FlambePanel, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.png`), await panel.screenshot());
}

/** Gives the panel a size, by that of the window around it. */
export async function resizePanel(panel: FlambePanel, width: number, height: number): Promise<void> {
  const { session } = panel.devtools;
  const window = await session.evaluate(() => innerHeight);
  const size = await panel.evaluate(() => innerHeight);
  const metrics = { width, height: height + window - size, deviceScaleFactor: 1, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', metrics);
  await waitFor(`the panel to be ${width} × ${height}`, () =>
    panel.evaluate((width, height) => innerWidth === width && innerHeight === height, width, height),
  );
  await panel.settled();
}

/** Lets the system have a theme, which DevTools follows, and the panel DevTools. */
export async function showTheme(panel: FlambePanel, theme: 'light' | 'dark'): Promise<void> {
  await panel.devtools.session.send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value: theme }],
  });
  await waitFor(`the panel to be ${theme}`, () =>
    panel.evaluate((theme) => document.documentElement.style.colorScheme === theme, theme as string),
  );
  await panel.settled();
}
