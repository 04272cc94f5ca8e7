import type { Launched } from './launch.ts';
import { waitFor } from './wait.ts';

/** Stops the extension's service worker, as the browser does with an idle one. Whoever needs it may start another. */
export async function stopServiceWorker(launched: Launched): Promise<void> {
  const stopped = await workers(launched);
  for (const targetId of stopped) await launched.browserCdp.send('Target.closeTarget', { targetId });
  await waitFor('the service worker to stop', async () => {
    const running = await workers(launched);
    return !stopped.some((targetId) => running.includes(targetId));
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
