import { type FunctionTable, functionsOf } from '../profile/functions.ts';
import { type FrameIndex, FrameKind, type Profile } from '../profile/model.ts';
import { type EntryTable, type Moments, momentsOf } from '../profile/moments.ts';
import { type EventTable, eventsOf, runsOf } from '../profile/runs.ts';
import { placeTarget } from './frame-place.ts';
import type { Capture, HookKind } from './record.ts';
import type { PageRecording } from './record-page.ts';
import type { Target } from './target.ts';

/** What there is to see of a capture; a function of a recording has it too, though nothing was hooked. */
export type SeenCalls = Omit<Capture, 'hook'> & {
  /** Null where nothing was hooked. */
  readonly hook: HookKind | null;
};

/** What samples and entries of a recording add up to. */
export interface Sums {
  readonly moments: Moments;
  readonly functions: FunctionTable;
  readonly events: EventTable;
  /** Samples on functions, and not on the browser's own work or none. */
  readonly samples: number;
}

export function sumsOf(profile: Profile, entries: EntryTable): Sums {
  const moments = momentsOf(profile, entries);
  return {
    moments,
    functions: functionsOf(profile, moments),
    events: eventsOf(profile, entries),
    samples: moments.stack.filter((stack) => stack >= 0).length,
  };
}

/** What a recording saw, and any function of it as if it had been captured. */
export class Recorded {
  readonly recording: PageRecording;
  readonly functions: FunctionTable;
  readonly events: EventTable;
  readonly samples: number;
  readonly moments: Moments;

  constructor(recording: PageRecording) {
    const { moments, functions, events, samples } = recording.sums ?? sumsOf(recording.profile, recording.entries);
    this.recording = recording;
    this.moments = moments;
    this.functions = functions;
    this.events = events;
    this.samples = samples;
  }

  /** A function with its runs as calls, whose outcomes say that they are sampled. */
  callsOf(frame: FrameIndex, calls = runsOf(this.recording.profile, this.moments, frame).calls): SeenCalls {
    const { profile, lostSamples, end, hasNavigated, duration, entries, dispatches, sums, ...surroundings } =
      this.recording;
    const { name, url, line, column, kind } = profile.frames;
    return {
      ...surroundings,
      calls,
      profile: { ...profile, targetFrame: frame, hookFrames: null },
      target: targetOf(this.recording, frame),
      fn: {
        name: name[frame]!,
        url: url[frame]!,
        line: line[frame]!,
        column: column[frame]!,
        kind: kind[frame] === FrameKind.native ? 'native function' : 'function',
      },
      hook: null,
      askedCalls: calls.thread.length,
      end: 'complete',
      trouble: null,
      longerThan: 0,
      lostSamples,
    };
  }
}

/** What has no place is called by its name. */
function targetOf({ profile }: PageRecording, frame: FrameIndex): Target {
  return (
    placeTarget(profile.frames, frame) ?? { kind: 'expression', text: profile.frames.name[frame] || '(anonymous)' }
  );
}
