import './node-version.mjs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { captureDemo } from './demo-capture.mjs';
import { buildExtension, dist } from './extension.mjs';
import { loadHarness } from './harness.mjs';
import { main } from './main.mjs';
import { root } from './run.mjs';
import { installPackages } from './setup.mjs';

const { env, platform } = process;
const noDisplay = platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
const headless = noDisplay || env.FLAMBE_HEADLESS === '1' || Boolean(env.CI);

await main(async () => {
  await installPackages();
  env.FLAMBE_CHROMIUM = await findBrowser();
  await buildExtension();
  console.log('Starting the demo …');
  const { serveDemo } = await import('../demo/serve.mjs');
  const demo = await serveDemo();
  const { harness, close } = await loadHarness();
  const launched = await harness.launchWithExtension(dist, { headless });
  try {
    await launched.page.goto(demo.url);
    const panel = await harness.openFlambePanel(launched, launched.page, { dock: headless ? 'undocked' : 'bottom' });
    if (headless) await show(harness, launched, panel);
    else {
      // Playwright would put what is exported into a folder that it deletes; this way it goes where downloads go.
      await launched.browserCdp.send('Browser.setDownloadBehavior', { behavior: 'default' });
      console.log(`The demo is at ${demo.url}. Close the browser window or press Ctrl+C to end.`);
      await lastPageClosed(launched.context);
    }
  } finally {
    await launched.close();
    await Promise.all([demo.close(), close()]);
  }
});

async function show(harness, launched, panel) {
  console.log('No display to open a window on: taking one capture of the demo instead.');
  const folder = path.join(root, 'demo-out');
  const { svg, screenshot } = await captureDemo({ harness, launched, panel, folder, say: console.log });
  console.log(`The exported flame graph: ${svg}\nThe DevTools window:      ${screenshot}`);
}

/** On macOS the browser outlives its last window, so its windows are what is watched. */
function lastPageClosed(context) {
  return new Promise((resolve) => {
    const look = () => context.pages().length === 0 && resolve();
    const watch = (page) => page.on('close', look);
    context.pages().forEach(watch);
    context.on('page', watch);
    context.on('close', resolve);
  });
}
