import type { CdpSession } from '../cdp/session.ts';
import { Remote } from './remote.ts';

const NAME = 'flambe';

/** A JavaScript world of our own in a frame, of which the page sees nothing. */
export interface OwnWorld {
  readonly contextId: number;
  readonly remote: Remote;
}

/** Of the same document it is the same one each time. Rejects where the frame has gone. */
export async function ownWorld(session: CdpSession, frameId: string): Promise<OwnWorld> {
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
    frameId,
    worldName: NAME,
  });
  return { contextId, remote: new Remote(session, contextId) };
}
