/** Takes the pictures of the documents: the panel in DevTools with a capture of the demo. `node scripts/screenshot.mjs` */
import './node-version.mjs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { captureDemo } from './demo-capture.mjs';
import { buildExtension, dist } from './extension.mjs';
import { loadHarness } from './harness.mjs';
import { main } from './main.mjs';
import { root } from './run.mjs';
import { installPackages } from './setup.mjs';

await main(async () => {
  await installPackages();
  process.env.FLAMBE_CHROMIUM = await findBrowser();
  await buildExtension();
  const { serveDemo } = await import('../demo/serve.mjs');
  const demo = await serveDemo();
  const { harness, close } = await loadHarness();
  const launched = await harness.launchWithExtension(dist, { size: { width: 1200, height: 700 } });
  const folder = await mkdtemp(path.join(tmpdir(), 'flambe-screenshot-'));
  try {
    await launched.page.goto(demo.url);
    const panel = await harness.openFlambePanel(launched, launched.page, { dock: 'undocked' });
    const { screenshot } = await captureDemo({ harness, launched, panel, folder, say: console.log });
    const picture = path.join(root, 'docs/panel.png');
    await rename(screenshot, picture);
    await panel.byRole('radiogroup', 'View').byRole('radio', 'Sandwich').click();
    await panel.byRole('tree', 'Callees').byRole('treeitem').node();
    const sandwich = path.join(root, 'docs/sandwich.png');
    await writeFile(sandwich, await panel.screenshot());
    console.log(`The pictures: ${picture}, ${sandwich}`);
  } finally {
    await launched.close();
    await Promise.all([demo.close(), close(), rm(folder, { recursive: true })]);
  }
});
