import type { CdpSession } from '../cdp/session.ts';
import { ownWorld } from './own-world.ts';

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
    const { contextId, remote } = await ownWorld(this.#session, frameId);
    const expression = `performance.eventCounts.get(${JSON.stringify(this.#type)}) ?? 0`;
    const count = await remote.value<number>(expression);
    if (isFirst) this.#first.set(contextId, count);
    this.#latest.set(contextId, count);
  }
}

interface FrameTree {
  readonly frame: { readonly id: string };
  readonly childFrames?: readonly FrameTree[];
}

function frameIdsOf({ frame, childFrames = [] }: FrameTree): string[] {
  return [frame.id, ...childFrames.flatMap(frameIdsOf)];
}
