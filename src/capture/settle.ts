import type { CdpSession } from '../cdp/session.ts';
import { CaptureError } from './errors.ts';
import settleCode from './page/settle.ts?iife';
import { within } from './within.ts';

/** A page that is neither at a breakpoint nor in a long task settles well within this. */
const SETTLE_MILLISECONDS = 1500;
const PROBE_MILLISECONDS = 500;

/**
 * Waits until the page runs its tasks, and after a fresh attach until it has dealt with the coming of the debugger (see
 * page/settle.ts). Throws a CaptureError when the page does not get to it: at a breakpoint it still evaluates what it is
 * asked, in a long task it does not even do that.
 */
export async function settle(session: CdpSession, isFresh: boolean): Promise<void> {
  const expression = `${settleCode}.${isFresh ? 'settle' : 'nextTask'}()`;
  const settled = session.send('Runtime.evaluate', { expression, awaitPromise: true });
  if (await within(SETTLE_MILLISECONDS, settled)) return;
  const answers = await within(PROBE_MILLISECONDS, session.send('Runtime.evaluate', { expression: '0' }));
  throw new CaptureError({ code: answers ? 'page paused' : 'page busy' });
}
