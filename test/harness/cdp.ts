import type { CDPSession, Page } from 'playwright';
import { CdpError, type CdpSession } from '../../src/cdp/session.ts';

const UNKNOWN_METHOD = -32601;

/**
 * Flambe's session over Playwright's. Playwright is a trusted client, so it may use the Profiler domain; `trusted: false`
 * refuses that domain in the browser's own words, as extensions find it.
 */
export async function attach(page: Page, { trusted }: { trusted: boolean }): Promise<CdpSession & { detach(): void }> {
  const cdp = await page.context().newCDPSession(page);
  const detachListeners = new Set<(reason: string) => void>();
  page.once('close', () => {
    for (const listener of detachListeners) listener('target_closed');
  });
  return {
    async send(method, ...params) {
      if (!trusted && method.startsWith('Profiler.'))
        throw new CdpError(method, UNKNOWN_METHOD, `'${method}' wasn't found`);
      try {
        const send = cdp.send as (method: string, params: unknown) => Promise<never>;
        return await send.call(cdp, method, params[0]);
      } catch (error) {
        throw new CdpError(method, 0, String(error));
      }
    },
    on(event, listener) {
      const on = cdp as unknown as Record<'on' | 'off', (event: string, listener: unknown) => void>;
      on.on(event, listener);
      return () => on.off(event, listener);
    },
    onDetach(listener) {
      detachListeners.add(listener);
      return () => detachListeners.delete(listener);
    },
    detach: () => void (cdp satisfies CDPSession).detach().catch(() => undefined),
  };
}
