import { formatCount, formatDuration } from '../src/flamegraph/units.ts';
import type { Controller } from './controller.ts';
import { InfoIcon } from './icons.tsx';
import type { Shortage } from './samples.ts';

interface ShortageBoxProps {
  readonly controller: Controller;
  readonly shortage: Shortage;
  /** Clocked time of all calls, µs. */
  readonly time: number;
}

/** Says that the samples are too few to go by, and offers to take more. */
export function ShortageBox({ controller, shortage: { samples, callsToAsk }, time }: ShortageBoxProps) {
  const took = formatDuration(time);
  return (
    <div class="box">
      <InfoIcon />
      <div role={samples === 0 ? 'alert' : 'note'}>
        {samples === 0 ? (
          <>
            <strong>Too short to sample.</strong> All of it took {took}, and no sample fell into that time: what went on
            inside is not known.
          </>
        ) : (
          <>
            <strong>
              {formatCount(samples, 'sample')} in {took}:
            </strong>{' '}
            too few to go by; what is seldom may be missing, and shares are rough.
          </>
        )}{' '}
        {callsToAsk === null ? 'A function that does more says more.' : 'More calls bring more samples.'}
      </div>
      {callsToAsk !== null && (
        <button
          type="button"
          onClick={() => {
            controller.type('calls', String(callsToAsk));
            controller.capture();
          }}
        >
          Capture {callsToAsk} calls
        </button>
      )}
    </div>
  );
}
