import type { Protocol } from 'devtools-protocol';
import type { CallTable, CallTree, Microseconds, Profile } from '../profile/model.ts';
import type { Target } from './target.ts';
import type { TraceReader } from './trace-reader.ts';

export type SamplerName = 'Tracing' | 'Profiler';

/** Why a capture ended. All but `complete` may leave fewer calls than asked for, or an unfinished one. */
export type EndReason =
  | 'complete'
  | 'cancelled'
  | 'timeout'
  /** The page went to another document, or was reloaded. */
  | 'navigated'
  /** The page's process died. */
  | 'crashed'
  | 'buffer full'
  /** The hook took itself off because its lease was not renewed. */
  | 'lease ended'
  /** The hook came off because of what the page did to its place (see {@link HookTrouble}). */
  | 'hook gone';

/**
 * What the page did to the hook, so that calls may be missing: it put something else in the target's place, which stays;
 * it locked the place while a call ran, with the target in it (`locked out`), or while it waited for one (`locked in`:
 * the hook stays as well, and only passes calls on). Or it has loaded a new version of the source, in which the target is
 * not to be found (`moved`).
 */
export type HookTrouble = 'replaced' | 'locked out' | 'locked in' | 'moved';

/**
 * What stands on the target: a proxy in its place, which sees how each call ends, or breakpoints at its place in the source,
 * which see calls that return.
 */
export type HookKind = 'stand-in' | 'breakpoints';

/** The function behind the target as the page holds it. */
export interface TargetFunction {
  readonly name: string;
  readonly url: string;
  /** 1-based; 0 where unknown (native and bound functions). */
  readonly line: number;
  readonly column: number;
  /** What it is: `function`, `async function`, `class`, `method`, `getter` … */
  readonly kind: string;
}

/** What came back of one call that Flambe made itself, described while the page was still attached. */
export interface AppliedResult {
  readonly outcome: 'returned' | 'threw';
  /** The value or the exception, with a preview. Its objectId is released by the time anyone reads this. */
  readonly value: Protocol.Runtime.RemoteObject;
}

/** One press of Capture or Run: the calls, the samples and the surroundings. Survives structured clone. */
export interface Capture {
  readonly target: Target;
  readonly fn: TargetFunction;
  readonly hook: HookKind;
  readonly page: { readonly url: string; readonly title: string };
  /** When the button was pressed, ms since 1970. */
  readonly startedAt: number;
  /** Such as `Chrome/156.0.8078.79`. */
  readonly browser: string;
  readonly sampler: SamplerName;
  /** Microseconds between samples that the sampler was asked for. What it achieved is `profile.medianInterval`. */
  readonly askedInterval: Microseconds;
  readonly askedCalls: number;
  readonly end: EndReason;
  readonly trouble: HookTrouble | null;
  /** Milliseconds that a call had to last to be kept; 0 kept all. */
  readonly longerThan: number;
  readonly calls: CallTable;
  readonly profile: Profile;
  /** Of all calls, where whoever read the trace has folded it too. Its frames are those of the profile. */
  readonly tree?: CallTree;
  /** Samples that came without their stacks, and count for nothing. */
  readonly lostSamples: number;
  /** Of `apply` only, in order. */
  readonly results?: readonly AppliedResult[];
}

/** What is going on, for a live region. */
export type Progress =
  | { readonly step: 'attaching' }
  /** `hook` is null where nothing had to be hooked. */
  | { readonly step: 'armed'; readonly fn: TargetFunction; readonly hook: HookKind | null }
  /** `begun` counts outermost calls that began, `ended` those that ended, `dropped` those that were too short. */
  | {
      readonly step: 'calls';
      readonly begun: number;
      readonly ended: number;
      readonly dropped: number;
      readonly trouble: HookTrouble | null;
    }
  | { readonly step: 'reading'; readonly bytes: number }
  /** The page is in a long task and answers nothing: a captured call perhaps, or anything else. */
  | { readonly step: 'busy' };

export interface CaptureOptions {
  /** Reloads the page and captures from its very first calls on. */
  readonly reload?: boolean;
  /** Keeps only calls that last longer than so many milliseconds. Default 0, which keeps all. */
  readonly longerThan?: number;
  /** Seconds to wait while no call runs; 0 waits for ever. Default 15. */
  readonly timeout?: number;
  /** Aborting ends the capture with what is there; a running call becomes `unfinished`. */
  readonly signal?: AbortSignal;
  /** Aborting gives up on what was captured while it is read. */
  readonly giveUp?: AbortSignal;
  /** Reads the trace; by default that is done right here. */
  readonly reader?: TraceReader;
  readonly onProgress?: (progress: Progress) => void;
  /** The session was attached just now: waits until the page has dealt with the resize that the browser's bar causes. */
  readonly freshlyAttached?: boolean;
  /**
   * Tells of the hook in the page while it stands there, and null when it is off, so that somebody else can take it off
   * should we vanish: by calling the object's method `release`.
   */
  readonly onHook?: (hook: { readonly objectId: string; readonly path: string } | null) => void;
}
