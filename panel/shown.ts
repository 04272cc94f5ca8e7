import { computed, type ReadonlySignal } from '@preact/signals';
import type { SeenCalls } from '../src/capture/recorded.ts';
import { formatTarget } from '../src/capture/target.ts';
import { callTree } from '../src/capture/trees.ts';
import type { GraphFacts } from '../src/flamegraph/facts.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import { type CallIndex, type CallTree, callCount, SAMPLED } from '../src/profile/model.ts';
import { isSampled } from './samples.ts';
import type { State } from './state.ts';
import type { Totals } from './status.ts';

/** What is in sight, folded only when the capture or the choice of a call changes. */
export interface Shown {
  readonly capture: ReadonlySignal<SeenCalls | null>;
  /** Of the call that is chosen, or of all. */
  readonly tree: ReadonlySignal<CallTree | null>;
  /** Of all calls. */
  readonly totals: ReadonlySignal<Totals | null>;
}

export function showing(state: ReadonlySignal<State>): Shown {
  const capture = computed(() => state.value.capture);
  const call = computed(() => state.value.call);
  const whole = computed(() => capture.value && callTree(capture.value, 'all'));
  const totals = computed(() => {
    const tree = whole.value;
    return tree && { time: tree.total[0]!, samples: tree.samples[0]! };
  });
  const tree = computed(() => {
    if (call.value === 'all') return whole.value;
    return capture.value && callTree(capture.value, call.value);
  });
  return { capture, tree, totals };
}

/** What an exported file says of where its graph comes from. */
export function factsOf(capture: SeenCalls, call: CallIndex | 'all'): GraphFacts {
  const count = callCount(capture.calls);
  return {
    target: formatTarget(capture.target),
    scope: scopeWords(capture, call),
    calls: call === 'all' ? count : 1,
    pageUrl: capture.page.url,
    startedAt: capture.startedAt,
    browser: capture.browser,
    sampler: capture.sampler,
    askedInterval: capture.askedInterval,
    achievedInterval: capture.profile.medianInterval,
  };
}

function scopeWords({ calls }: SeenCalls, call: CallIndex | 'all'): string {
  const count = callCount(calls);
  if (isSampled(calls))
    return call === 'all' ? `${formatCount(count, 'run')}, ${SAMPLED}` : `Run ${call + 1} of ${count}, ${SAMPLED}`;
  if (call !== 'all') return `Call ${call + 1} of ${count}, ${calls.outcome[call]}`;
  return count === 1 ? `1 call, ${calls.outcome[0]}` : `All ${count} calls`;
}
