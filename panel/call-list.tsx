import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { SeenCalls } from '../src/capture/recorded.ts';
import { formatDuration } from '../src/flamegraph/units.ts';
import { activeTime, type CallIndex, callCount } from '../src/profile/model.ts';
import { isEndGuessed, isLong, isSampled, samplesByCall } from './samples.ts';

type Choice = CallIndex | 'all';

interface CallListProps {
  readonly capture: SeenCalls;
  readonly chosen: Choice;
  readonly onChoose: (call: Choice) => void;
}

/** The listbox "Calls": one line, arrows move the choice. */
export function CallList({ capture, chosen, onChoose }: CallListProps) {
  const list = useRef<HTMLDivElement>(null);
  const count = callCount(capture.calls);
  const areRuns = isSampled(capture.calls);
  const samples = useMemo(() => samplesByCall(capture.profile, capture.calls), [capture]);

  const isNew = useRef(true);
  useEffect(() => {
    // The first choice is in sight where the list begins, and to make sure of it takes a layout.
    const isInSight = isNew.current && chosen === 'all';
    isNew.current = false;
    if (isInSight) return;
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = moved(event.key, chosen, count);
    if (to === null) return;
    event.preventDefault();
    onChoose(to);
  };

  return (
    <div
      ref={list}
      class="calls"
      role="listbox"
      aria-label="Calls"
      aria-orientation="horizontal"
      aria-activedescendant={optionId(chosen)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <Option call="all" isChosen={chosen === 'all'} onChoose={onChoose}>
        {areRuns ? 'All runs' : 'All calls'}
      </Option>
      {Array.from({ length: count }, (_, call) => {
        const time = activeTime(capture.calls, call);
        return (
          <Option key={call} call={call} isChosen={chosen === call} onChoose={onChoose}>
            {areRuns ? (
              <>
                Run {call + 1} <b>≈ {formatDuration(time)}</b>
              </>
            ) : (
              <>
                Call {call + 1}{' '}
                <b>
                  {isEndGuessed(capture.calls, call) && '≈ '}
                  {formatDuration(time)}
                </b>{' '}
                {capture.calls.outcome[call]}
              </>
            )}
            {samples[call] === 0 &&
              (isLong(time, capture.profile.medianInterval) ? ', no sample' : ', too short to sample')}
          </Option>
        );
      })}
    </div>
  );
}

interface OptionProps {
  readonly call: Choice;
  readonly isChosen: boolean;
  readonly onChoose: (call: Choice) => void;
  readonly children: ComponentChildren;
}

function Option({ call, isChosen, onChoose, children }: OptionProps) {
  return (
    <button
      type="button"
      id={optionId(call)}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      onClick={() => onChoose(call)}
    >
      {children}
    </button>
  );
}

function optionId(call: Choice): string {
  return `call-${call}`;
}

/** Where a key leads; "All calls" stands before the first call. Null for keys that lead nowhere. */
function moved(key: string, from: Choice, count: number): Choice | null {
  const at = from === 'all' ? 0 : from + 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return choiceAt(Math.min(at + 1, count));
    case 'ArrowLeft':
    case 'ArrowUp':
      return choiceAt(Math.max(at - 1, 0));
    case 'Home':
      return 'all';
    case 'End':
      return choiceAt(count);
    default:
      return null;
  }
}

function choiceAt(index: number): Choice {
  return index === 0 ? 'all' : index - 1;
}
