import type { AttachRefusal } from '../cdp/session.ts';
import type { Accessor, PlaceTarget } from './target.ts';

/**
 * Why a capture could not be taken. The words for people are chosen in the panel, from the code and its data; the
 * message of the error is for logs.
 */
export type CaptureFailure =
  /** No property of that name; `near` is the best guess at what was meant, as a whole path. */
  | { readonly code: 'not found'; readonly path: string; readonly near?: string }
  /** The value is there but no function; `type` is `string`, `undefined`, `object` … */
  | { readonly code: 'not a function'; readonly path: string; readonly type: string }
  /** A getter stands on the way, which Flambe will not run. */
  | { readonly code: 'behind getter'; readonly path: string }
  /** The property is there, but not with that half. */
  | { readonly code: 'no accessor'; readonly path: string; readonly accessor: Accessor }
  /** The function is there but cannot be replaced where it stands. */
  | {
      readonly code: 'cannot wrap';
      readonly path: string;
      readonly reason:
        | 'const'
        | 'read-only'
        | 'not extensible'
        | 'module'
        | 'private static'
        | 'eval'
        | 'proxy refused';
      /** Where breakpoints would do; missing where the function has no source. */
      readonly at?: PlaceTarget;
    }
  /** A function came out of the expression, but no property through which calls go. */
  | { readonly code: 'no place'; readonly text: string; readonly at?: PlaceTarget }
  /** A hook stands there already, of another panel or window. */
  | { readonly code: 'armed already'; readonly path: string }
  /** Another panel has armed something, here or in another tab, and there can be one trace at a time. */
  | { readonly code: 'armed elsewhere'; readonly target: string; readonly where: 'this page' | 'another page' }
  /** The page has replaced built-in functions that the hook stands on. */
  | { readonly code: 'natives replaced'; readonly names: readonly string[] }
  /** No script of that address, or with that end of its address, has been loaded. */
  | { readonly code: 'no script'; readonly source: string }
  | { readonly code: 'no such line'; readonly source: string; readonly line: number; readonly lines: number }
  /** The place is in no function, or in one without code. */
  | { readonly code: 'no function there'; readonly target: PlaceTarget }
  | { readonly code: 'unreadable script'; readonly source: string; readonly message: string }
  /** The page has frozen what the breakpoints of a place need. */
  | { readonly code: 'cannot reach'; readonly path: string }
  /** The page was to be reloaded, and something else ended the capture before that. */
  | { readonly code: 'not reloaded' }
  /**
   * Of an event's type: the listener has been removed since, its function is the browser's or of a script without an address,
   * or it is in a frame of another process.
   */
  | { readonly code: 'no listener'; readonly type: string; readonly reason: 'gone' | 'no source' | 'other process' }
  /** Only the page itself can call the function at a place. */
  | { readonly code: 'cannot apply'; readonly path: string }
  | { readonly code: 'syntax'; readonly text: string; readonly message: string }
  /** Evaluating the target or the arguments threw. */
  | { readonly code: 'evaluation threw'; readonly text: string; readonly message: string }
  | { readonly code: 'page paused' }
  | { readonly code: 'page busy' }
  | { readonly code: 'tracing busy' }
  | {
      readonly code: 'cannot attach';
      readonly reason: AttachRefusal;
      readonly message: string;
    }
  | { readonly code: 'detached' }
  | { readonly code: 'navigated' }
  | { readonly code: 'crashed' }
  /** While what was captured was read. */
  | { readonly code: 'given up' }
  /** The trace could not be read; `message` says where. */
  | { readonly code: 'bad trace'; readonly message: string };

export class CaptureError extends Error {
  override readonly name = 'CaptureError';
  constructor(
    readonly failure: CaptureFailure,
    options?: ErrorOptions,
  ) {
    super(`${failure.code}: ${JSON.stringify(failure)}`, options);
  }
}
