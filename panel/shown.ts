import { computed, effect, type ReadonlySignal } from '@preact/signals';
import type { TargetFunction } from '../src/capture/record.ts';
import type { SeenCalls } from '../src/capture/recorded.ts';
import { formatTarget } from '../src/capture/target.ts';
import { callTree } from '../src/capture/trees.ts';
import type { GraphFacts } from '../src/flamegraph/facts.ts';
import { displayName, sourceText } from '../src/flamegraph/names.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import { type CallIndex, type CallTree, callCount, type FrameTable, SAMPLED } from '../src/profile/model.ts';
import type { OriginalNames } from './original-names.ts';
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
  /** The function of the capture, named as its frames are. */
  readonly fn: ReadonlySignal<TargetFunction | null>;
  readonly names: OriginalNames;
}

export function showing(state: ReadonlySignal<State>, names: OriginalNames): Shown {
  const capture = computed(() => state.value.capture);
  const call = computed(() => state.value.call);
  const whole = computed(() => capture.value && callTree(capture.value, 'all'));
  const totals = computed(() => {
    const tree = whole.value;
    return tree && { time: tree.total[0]!, samples: tree.samples[0]! };
  });
  const opened = computed(() => state.value.opened);
  const tree = computed(() => {
    if (opened.value) return opened.value.graph.tree;
    if (call.value === 'all') return whole.value;
    return capture.value && callTree(capture.value, call.value);
  });
  const fn = computed(() => capture.value && namedFunction(capture.value, names));
  const recorded = computed(() => state.value.recorded);
  effect(() => {
    if (recorded.value) void names.read('recording', recorded.value.recording.profile.frames);
  });
  effect(() => {
    if (capture.value) void names.read('capture', capture.value.profile.frames);
  });
  return { capture, tree, totals, fn, names };
}

function namedFunction({ fn, profile }: SeenCalls, names: OriginalNames): TargetFunction {
  const frame = profile.targetFrame;
  if (!names.areWanted.value || !names.of(profile.frames).has(frame)) return fn;
  const { name, url, line, column } = names.shown(profile.frames);
  return { ...fn, name: name[frame]!, url: url[frame]!, line: line[frame]!, column: column[frame]! };
}

/** What an exported file says of where its graph comes from. `frames` are those that it shows. */
export function factsOf(capture: SeenCalls, call: CallIndex | 'all', frames: FrameTable): GraphFacts {
  const count = callCount(capture.calls);
  return {
    target: targetWords(capture, frames),
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

/** A place in generated code says less than the function that people wrote. */
function targetWords({ target, profile }: SeenCalls, frames: FrameTable): string {
  if (target.kind !== 'place' || frames === profile.frames) return formatTarget(target);
  return `${displayName(frames, profile.targetFrame)} (${sourceText(frames, profile.targetFrame)})`;
}

function scopeWords({ calls }: SeenCalls, call: CallIndex | 'all'): string {
  const count = callCount(calls);
  if (isSampled(calls))
    return call === 'all' ? `${formatCount(count, 'run')}, ${SAMPLED}` : `Run ${call + 1} of ${count}, ${SAMPLED}`;
  if (call !== 'all') return `Call ${call + 1} of ${count}, ${calls.outcome[call]}`;
  return count === 1 ? `1 call, ${calls.outcome[0]}` : `All ${count} calls`;
}
