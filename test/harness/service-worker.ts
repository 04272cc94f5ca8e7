import type { Launched } from './launch.ts';
import { waitFor } from './wait.ts';

/** Stops the extension's service worker, as the browser does with an idle one. */
export async function stopServiceWorker(launched: Launched): Promise<void> {
  for (const targetId of await workers(launched)) await launched.browserCdp.send('Target.closeTarget', { targetId });
  await waitFor('the service worker to stop', async () => (await workers(launched)).length === 0);
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
