import type { Page } from 'playwright';
import { type Launched, targetIdOf } from './launch.ts';

/**
 * The panel as an ordinary tab that works on the tab of `page`; everything of Playwright works on it. For a browser
 * launched with `devtools: false`.
 */
export async function openOwnWindow(launched: Launched, page: Page): Promise<Page> {
  const panel = await launched.context.newPage();
  const origin = `chrome-extension://${launched.extensionId}`;
  // Any page of the extension may ask; this one runs nothing.
  await panel.goto(`${origin}/manifest.json`);
  const tab = await panel.evaluate(
    async (targetId) => (await chrome.debugger.getTargets()).find(({ id }) => id === targetId)?.tabId,
    await targetIdOf(page),
  );
  await panel.goto(`${origin}/panel/index.html?tab=${tab}`);
  return panel;
}
