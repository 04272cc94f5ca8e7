import { withoutAddresses } from '../src/export/addresses.ts';
import { exportSvg } from '../src/export/svg.ts';
import type { Caption, GraphFacts } from '../src/flamegraph/facts.ts';
import { displayName } from '../src/flamegraph/names.ts';
import type { PackableGraph } from '../src/flamegraph/pack.ts';
import { paintBy } from '../src/flamegraph/palette.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import type { Plan } from '../src/flamegraph/view.ts';
import type { ExportChoices } from './export-choices.ts';
import type { Shown } from './graph-views.ts';
import { orientationOf } from './look.ts';

/** What of a graph is exported: what is drawn, the lower graph of a sandwich. */
export interface Drawn {
  readonly plan: Plan;
  readonly shown: Pick<Shown, 'look' | 'applied'>;
  readonly facts: GraphFacts;
}

export interface ExportedFile {
  readonly svg: Uint8Array<ArrayBuffer>;
  /** What it is of. */
  readonly target: string;
}

export function exportedFile({ plan, shown, facts }: Drawn, choices: ExportChoices, caption: Caption): ExportedFile {
  const { look } = shown;
  const graph: PackableGraph = {
    tree: plan.tree,
    whole: plan.whole,
    ...(look.view === 'flame chart' && { start: plan.layout.start }),
    facts: { ...facts, scope: [facts.scope, ...viewWords(plan, shown)].join(', ') },
    caption,
    orientation: orientationOf(look.view),
    paint: paintBy(choices.palette === 'as shown' ? look.palette : choices.palette),
  };
  const exported = choices.leavesOutAddresses ? withoutAddresses(graph) : graph;
  const { width, minWidth } = choices;
  return { svg: exportSvg(exported, { width, minWidth }), target: exported.facts.target };
}

/** What a reader of the file has to know of its tree: that it is not the captured one. */
function viewWords({ tree }: Plan, { look, applied }: Drawn['shown']): string[] {
  const changes = applied.filter(Boolean).length;
  const changed = changes > 0 ? [formatCount(changes, 'change')] : [];
  switch (look.view) {
    case 'sandwich':
      return [`what ${displayName(tree.frames, tree.frame[0]!)} calls`, ...changed];
    case 'bottom-up':
    case 'flame chart':
      return [look.view, ...changed];
    default:
      return changed;
  }
}
