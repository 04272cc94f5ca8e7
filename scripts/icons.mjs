/** Draws public/icons/flambe.svg as the PNG files that manifest.json names. Run after a change of the SVG. */
import './node-version.mjs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { findBrowser, launchOptions } from './browser.mjs';
import { main } from './main.mjs';
import { root } from './run.mjs';
import { installPackages } from './setup.mjs';

await main(async () => {
  await installPackages();
  const { chromium } = await import('playwright');
  const folder = path.join(root, 'public/icons');
  const svg = await readFile(path.join(folder, 'flambe.svg'), 'utf8');
  const browser = await chromium.launch(launchOptions(await findBrowser()));
  try {
    const page = await browser.newPage();
    for (const size of [16, 32, 48, 128]) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
      await page.screenshot({ path: path.join(folder, `${size}.png`), omitBackground: true });
    }
  } finally {
    await browser.close();
  }
});
