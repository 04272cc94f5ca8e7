import type { Page } from 'playwright';
import { CdpError, type CdpSession } from '../../src/cdp/session.ts';

const UNKNOWN_METHOD = -32601;

/** A {@link CdpSession} over Playwright's. */
export interface AttachedSession extends CdpSession {
  detach(): Promise<void>;
}

/**
 * Flambe's session over Playwright's. Playwright is a trusted client, so it may use the Profiler domain; `trusted: false`
 * refuses that domain in the browser's own words, as extensions find it.
 */
export async function attach(page: Page, { trusted }: { trusted: boolean }): Promise<AttachedSession> {
  const cdp = await page.context().newCDPSession(page);
  const send = cdp.send as (method: string, params: unknown) => Promise<never>;
  const { on, off } = cdp as unknown as Record<'on' | 'off', (event: string, listener: unknown) => void>;
  const detachListeners = new Set<(reason: string) => void>();
  let detachedByUs = false;
  cdp.once('close', () => {
    if (!detachedByUs) for (const listener of detachListeners) listener('target_closed');
  });
  return {
    async send(method, ...[params]) {
      if (!trusted && method.startsWith('Profiler.'))
        throw new CdpError(method, UNKNOWN_METHOD, `'${method}' wasn't found`);
      try {
        return await send.call(cdp, method, params);
      } catch (error) {
        throw new CdpError(method, 0, String(error));
      }
    },
    on(event, listener) {
      on.call(cdp, event, listener);
      return () => off.call(cdp, event, listener);
    },
    onDetach(listener) {
      detachListeners.add(listener);
      return () => detachListeners.delete(listener);
    },
    async detach() {
      detachedByUs = true;
      // With the page the session is gone already.
      await cdp.detach().catch(() => undefined);
    },
  };
}
