import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals';
import { callTimeline } from '../src/capture/trees.ts';
import { wholeOf } from '../src/flamegraph/facts.ts';
import type { GraphViews } from './graph-views.ts';
import type { Shown } from './shown.ts';
import type { State } from './state.ts';

/** Keeps in the views what is in sight, as soon as it changes: components find it ready. */
export function keepInSight(views: GraphViews, state: ReadonlySignal<State>, { capture, tree, names }: Shown): void {
  const opened = computed(() => state.value.opened);
  const call = computed(() => state.value.call);
  const frames = computed(() => tree.value && names.shown(tree.value.frames));
  const named = computed(() => tree.value && frames.value && { ...tree.value, frames: frames.value });
  effect(() => {
    const [file, seen, chosen, tree] = [opened.value, capture.value, call.value, named.value];
    if (!tree) return;
    // What the views are asked for besides is no matter of this.
    untracked(() => {
      if (file) {
        const { whole, facts, timeline } = file.graph;
        const timelineOf = timeline && (() => ({ ...timeline, tree }));
        views.see({ capture: file, tree, whole, of: wholeOf(facts), timeline: timelineOf });
      } else if (seen) {
        const timelineOf = () => ({ ...callTimeline(seen, chosen), tree });
        views.see({ capture: seen, tree, whole: tree.total[0]!, of: 'call', timeline: timelineOf });
      }
    });
  });
}
