import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Query } from '../src/flamegraph/search.ts';
import type { Plan } from '../src/flamegraph/view.ts';
import { createFlameGraph, type FlameGraph, type FlameGraphOptions, type Look } from '../src/runtime/graph.ts';

interface GraphHostProps {
  readonly plan: Plan;
  readonly look: Look;
  readonly query: Query;
  /** 1 for each frame that is to stand out, in place of what is searched. */
  readonly highlighted: ReadonlySignal<Uint8Array | null>;
  /** Taken as they are at first; a graph of another name is another component. */
  readonly options: FlameGraphOptions;
  /** Null when it goes. */
  readonly onGraph: (graph: FlameGraph | null) => void;
}

/** A live graph in the panel, of one capture: all its plans number their frames alike. */
export function GraphHost({ plan, look, query, highlighted, options, onGraph }: GraphHostProps) {
  const host = useRef<HTMLDivElement>(null);
  const graph = useRef<FlameGraph | null>(null);
  useLayoutEffect(() => {
    const created = createFlameGraph(host.current!, look, options);
    graph.current = created;
    onGraph(created);
    return () => {
      onGraph(null);
      created.destroy();
    };
  }, []);
  useLayoutEffect(() => graph.current!.setLook(look), [look]);
  useLayoutEffect(() => graph.current!.show(plan, { keepsPlace: true }), [plan]);
  useLayoutEffect(() => void graph.current!.search(query), [query]);
  useLayoutEffect(
    () =>
      effect(() => {
        const frames = highlighted.value;
        untracked(() => graph.current!.highlight(frames));
      }),
    [highlighted],
  );
  return <div class="graph" ref={host} />;
}
