/**
 * Who says what to whom. Two workers, so that a search is answered while a script of megabytes is being read:
 *
 *     client ── Reading ──▶ reader ── Reading done ──▶ index
 *        └──────────────── Request ──────────────────▶ index
 *        ◀──────────────── Response ─────────────────── index
 */
import type { Place } from './lines.ts';
import type { ReadScript, ScriptInfo, ScriptText } from './script.ts';
import type { Found, Problem } from './source-index.ts';

/** A Worker or a MessagePort. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: unknown }) => void,
    options?: { readonly once?: boolean },
  ): void;
  /** Of a MessagePort. */
  start?(): void;
  close?(): void;
  /** Of a Worker. */
  terminate?(): void;
}

/** The first message to a worker: what it is to be, and its end of the line between the two. */
export type Role = { readonly role: 'reader' | 'index'; readonly line: MessagePort };

/** To the reader. A script that could not be had comes as a problem in words. */
export type ToRead = { readonly hash: string; readonly script: ScriptText | string };

/** From the reader to the index. */
export type Reading = { readonly hash: string; readonly read: ReadScript };

/** What may be asked of the index, and what it answers. */
export interface Questions {
  search: { ask: { readonly typed: string; readonly limit: number }; answer: Found[] };
  functionsAt: { ask: readonly (Place & { readonly scriptId: string })[]; answer: (Found | null)[] };
  findAt: { ask: { readonly source: string; readonly line: number; readonly column?: number }; answer: Found[] };
  problems: { ask: null; answer: Problem[] };
}
export type Question = { [Kind in keyof Questions]: { kind: Kind; ask: Questions[Kind]['ask'] } }[keyof Questions];

/** To the index. */
export type Request =
  | { readonly kind: 'add'; readonly script: ScriptInfo }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'ask'; readonly number: number; readonly question: Question };

/** From the index. */
export type Response =
  | { readonly kind: 'read'; readonly hash: string }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: unknown };

/** Listens to what the other end, which is ours too, says by this protocol. */
export function listen<Message>(
  port: Port,
  hear: (message: Message) => void,
  options?: { readonly once?: boolean },
): void {
  port.addEventListener('message', ({ data }) => hear(data as Message), options);
  port.start?.();
}
