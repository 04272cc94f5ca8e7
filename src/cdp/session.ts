import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';

export type CdpCommands = ProtocolMapping.Commands;
export type CdpEvents = ProtocolMapping.Events;

/** A conversation with one page over the Chrome DevTools Protocol, typed by the protocol's own mapping. */
export interface CdpSession {
  /** Sends a command. Rejects with a {@link CdpError}. */
  send<Method extends keyof CdpCommands>(
    method: Method,
    ...params: CdpCommands[Method]['paramsType']
  ): Promise<CdpCommands[Method]['returnType']>;
  /** Listens until the returned function is called. */
  on<Event extends keyof CdpEvents>(event: Event, listener: (params: CdpEvents[Event][0]) => void): () => void;
  /** Called once when the session ends by anything but our own `detach`; the reason is in the browser's words. */
  onDetach(listener: (reason: string) => void): () => void;
}

/** An answer of the browser that says no. `code` is the protocol's (-32601 for an unknown command), 0 where not given. */
export class CdpError extends Error {
  override readonly name = 'CdpError';
  constructor(
    readonly method: string,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Why the browser would not let us attach. */
export type AttachRefusal =
  | 'chrome page'
  | 'other extension'
  | 'file access'
  | 'policy'
  | 'already attached'
  | 'no tab'
  | 'other';
