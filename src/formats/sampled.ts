import { buildCalls, type ClockedCall, type ProfileBuilder } from '../profile/build.ts';
import {
  type CallTable,
  type FrameIndex,
  FrameKind,
  type Microseconds,
  type Outcome,
  type Profile,
} from '../profile/model.ts';

/** What a reader needs to know of the capture whose data it reads. */
export interface CaptureKey {
  /** The capture's own word in its marks. */
  readonly id: string;
  /** Address of the hook's script in the page. */
  readonly hookUrl: string;
  /** Only a proxy that stands in for the target has a frame of its own below it. */
  readonly hook: 'stand-in' | 'breakpoints';
  /** The target's place, 1-based; line 0 where it has none. */
  readonly target: { readonly name: string; readonly url: string; readonly line: number; readonly column: number };
  readonly askedInterval: Microseconds;
  /** Of the calls that were kept, by their number, for samplers whose marks carry none; null where the hook can't be asked. */
  readonly outcomes: ReadonlyMap<number, Outcome> | null;
}

/** Where the frames of a stand-in are collected; null for breakpoints, which have none that counts. */
export function hookFramesOf({ hook }: CaptureKey): Set<FrameIndex> | null {
  return hook === 'stand-in' ? new Set() : null;
}

/** What any sampler gives in the end. */
export interface SampledCalls {
  readonly calls: CallTable;
  readonly profile: Profile;
  /** Samples that came without their stacks, and count for nothing. */
  readonly lostSamples: number;
}

export function targetFrameOf(builder: ProfileBuilder, { target }: CaptureKey): FrameIndex {
  return builder.frame({ ...target, kind: target.line > 0 ? FrameKind.script : FrameKind.native });
}

/** The last step of every reader. */
export function finishSampled(
  key: CaptureKey,
  builder: ProfileBuilder,
  hookFrames: ReadonlySet<number> | null,
  clocked: readonly ClockedCall[],
  lostSamples = 0,
): SampledCalls {
  const calls = buildCalls(clocked);
  const targetFrame = targetFrameOf(builder, key);
  const profile = builder.finish({
    targetFrame,
    hookFrames: hookFrames && [...hookFrames],
    calls,
    askedInterval: key.askedInterval,
  });
  return { calls, profile, lostSamples };
}
