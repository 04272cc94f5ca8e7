import type { CdpSession } from '../cdp/session.ts';
import { Remote } from './remote.ts';

/** The frame's context of our own: the page sees neither it nor what runs there. */
const WORLD = 'flambe';

export interface Counted {
  /** Events that the browser has dispatched since the first look. */
  readonly count: number;
  /** The page has loaded another document since then. */
  readonly hasNavigated: boolean;
}

/**
 * Counts the events of a type in the page and in those of its frames that live in its process. The browser counts them
 * itself (Event Timing): no listener stands anywhere, and it is all the same who stops their propagation.
 */
export class EventCounter {
  readonly #session: CdpSession;
  readonly #type: string;
  /** By execution context: each document has its own. */
  readonly #first = new Map<number, number>();
  readonly #latest = new Map<number, number>();
  #document: string | undefined;

  constructor(session: CdpSession, type: string) {
    this.#session = session;
    this.#type = type;
  }

  async look(): Promise<Counted> {
    const { frameTree } = await this.#session.send('Page.getFrameTree');
    const isFirst = this.#document === undefined;
    this.#document ??= frameTree.frame.loaderId;
    // A frame may go in the midst of it, and what it had counted stays counted.
    await Promise.allSettled(frameIdsOf(frameTree).map((frameId) => this.#lookInto(frameId, isFirst)));
    let count = 0;
    for (const [context, latest] of this.#latest) count += latest - (this.#first.get(context) ?? 0);
    return { count, hasNavigated: frameTree.frame.loaderId !== this.#document };
  }

  async #lookInto(frameId: string, isFirst: boolean): Promise<void> {
    // The same one each time, for as long as the frame has the same document.
    const { executionContextId } = await this.#session.send('Page.createIsolatedWorld', { frameId, worldName: WORLD });
    const expression = `performance.eventCounts.get(${JSON.stringify(this.#type)}) ?? 0`;
    const count = await new Remote(this.#session, executionContextId).value<number>(expression);
    if (isFirst) this.#first.set(executionContextId, count);
    this.#latest.set(executionContextId, count);
  }
}

interface FrameTree {
  readonly frame: { readonly id: string };
  readonly childFrames?: readonly FrameTree[];
}

function frameIdsOf({ frame, childFrames = [] }: FrameTree): string[] {
  return [frame.id, ...childFrames.flatMap(frameIdsOf)];
}
