import { type FunctionTable, functionsOf } from '../profile/functions.ts';
import { type FrameIndex, FrameKind } from '../profile/model.ts';
import { type Moments, momentsOf } from '../profile/moments.ts';
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

/** What a recording saw, and any function of it as if it had been captured. Computed once, when it is asked for. */
export class Recorded {
  readonly recording: PageRecording;
  readonly functions: FunctionTable;
  readonly events: EventTable;
  /** Samples on functions, and not on the browser's own work or none. */
  readonly samples: number;
  readonly #moments: Moments;

  constructor(recording: PageRecording) {
    const { profile, entries } = recording;
    this.recording = recording;
    this.#moments = momentsOf(profile, entries);
    this.functions = functionsOf(profile, this.#moments);
    this.events = eventsOf(profile, entries);
    this.samples = this.#moments.stack.filter((stack) => stack >= 0).length;
  }

  /** A function with its runs as calls, whose outcomes say that they are sampled. */
  callsOf(frame: FrameIndex): SeenCalls {
    const { profile, lostSamples, end, hasNavigated, duration, entries, dispatches, ...surroundings } = this.recording;
    const view = runsOf(profile, this.#moments, frame);
    const { name, url, line, column, kind } = profile.frames;
    return {
      ...surroundings,
      ...view,
      target: targetOf(this.recording, frame),
      fn: {
        name: name[frame]!,
        url: url[frame]!,
        line: line[frame]!,
        column: column[frame]!,
        kind: kind[frame] === FrameKind.native ? 'native function' : 'function',
      },
      hook: null,
      askedCalls: view.calls.thread.length,
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
