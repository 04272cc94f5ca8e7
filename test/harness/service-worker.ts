import type { Page } from 'playwright';
import type { Launched } from './launch.ts';
import { waitFor } from './wait.ts';

/**
 * Stops the extension's service worker, as the browser does with an idle one. A port that lost it may start it again at
 * once, so it is the contexts that are compared; `witness` is any page of the extension.
 */
export async function stopServiceWorker(launched: Launched, witness: Page): Promise<void> {
  const contexts = () =>
    witness.evaluate(async () => {
      const found = await chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.BACKGROUND] });
      return found.map(({ contextId }) => contextId);
    });
  const before = await contexts();
  for (const targetId of await workers(launched)) await launched.browserCdp.send('Target.closeTarget', { targetId });
  await waitFor('the service worker to stop', async () => {
    const now = await contexts();
    return !before.some((context) => now.includes(context));
  });
}

export async function serviceWorkerRuns(launched: Launched): Promise<boolean> {
  return (await workers(launched)).length > 0;
}

async function workers({ browserCdp, extensionId }: Launched): Promise<string[]> {
  const { targetInfos } = await browserCdp.send('Target.getTargets', { filter: [{}] });
  return targetInfos
    .filter(({ type, url }) => type === 'service_worker' && url.startsWith(`chrome-extension://${extensionId}/`))
    .map(({ targetId }) => targetId);
}
