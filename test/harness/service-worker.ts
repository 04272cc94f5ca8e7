import type { Page } from 'playwright';
import type { Launched } from './launch.ts';
import { waitFor } from './wait.ts';

/**
 * Stops the extension's service worker, as the browser does with an idle one. A port that lost it may start it again at
 * once, which its target does not show; the contexts do. `witness` is any page of the extension.
 */
export async function stopServiceWorker(launched: Launched, witness: Page): Promise<void> {
  const before = await workerContext(witness);
  for (const targetId of await workers(launched)) await launched.browserCdp.send('Target.closeTarget', { targetId });
  await waitFor('the service worker to stop', async () => (await workerContext(witness)) !== before);
}

/** Id of the running service worker's context, another one after each start; undefined while none runs. */
export function workerContext(witness: Page): Promise<string | undefined> {
  return witness.evaluate(async () => {
    const [context] = await chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.BACKGROUND] });
    return context?.contextId;
  });
}

async function workers({ browserCdp, extensionId }: Launched): Promise<string[]> {
  const { targetInfos } = await browserCdp.send('Target.getTargets', { filter: [{}] });
  return targetInfos
    .filter(({ type, url }) => type === 'service_worker' && url.startsWith(`chrome-extension://${extensionId}/`))
    .map(({ targetId }) => targetId);
}
