import { formatCount, formatDuration } from '../src/flamegraph/units.ts';
import type { Microseconds } from '../src/profile/model.ts';
import type { Controller } from './controller.ts';
import { InfoIcon } from './icons.tsx';
import { isEvent, type Shortage } from './samples.ts';

interface ShortageBoxProps {
  readonly controller: Controller;
  readonly shortage: Shortage;
  /** Clocked time of all calls. */
  readonly time: Microseconds;
  /** Of a function in a recording, whose calls nobody clocked. */
  readonly isSampled: boolean;
}

/** Says that the samples are too few to go by, and offers to take more. */
export function ShortageBox({ controller, shortage, time, isSampled }: ShortageBoxProps) {
  const { samples, callsToAsk } = shortage;
  const { what, why } = words(shortage, formatDuration(time));
  const { capture } = controller.state.value;
  const event = capture && isEvent(capture) ? capture.fn.name : null;
  return (
    <div class="box">
      <InfoIcon />
      <div role={samples === 0 ? 'alert' : 'note'}>
        <strong>{what}</strong> {why}{' '}
        {isSampled
          ? 'Record for longer, or capture it for exact clocks.'
          : callsToAsk === null
            ? `${event === null ? 'A function' : 'An event'} that does more says more.`
            : `More ${event === null ? 'calls' : 'events'} bring more samples.`}
      </div>
      {callsToAsk !== null && !isSampled && (
        <button
          type="button"
          onClick={() => {
            controller.type('calls', String(callsToAsk));
            if (event === null) controller.jobs.capture();
            else controller.jobs.captureEvent(event);
          }}
        >
          Capture {formatCount(callsToAsk, event ?? 'call')}
        </button>
      )}
    </div>
  );
}

function words({ samples, isStarved }: Shortage, took: string): { what: string; why: string } {
  if (isStarved)
    return {
      what: `No sample in ${took}`,
      why: 'That is long enough for some: the sampler did not get its turn, as happens on a busy computer.',
    };
  if (samples === 0)
    return {
      what: 'Too short to sample',
      why: `All of it took ${took}, and no sample fell into that time: what went on inside is not known.`,
    };
  return {
    what: `Only ${formatCount(samples, 'sample')} in ${took}`,
    why: 'That is little to go by: what is seldom may be missing, and shares are rough.',
  };
}
