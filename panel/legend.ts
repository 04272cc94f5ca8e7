import type { Paint } from '../src/flamegraph/color.ts';
import { shareOf } from '../src/flamegraph/units.ts';
import type { Plan, Zoom } from '../src/flamegraph/view.ts';
import { type CallTree, FrameKind, type FrameTable, type NodeIndex } from '../src/profile/model.ts';
import { frameGroups } from './frame-groups.ts';
import { surveyOf } from './surveys.ts';

/** Functions that the colours of a graph put together. */
export interface LegendEntry {
  /** Among the entries of a graph, whatever is zoomed to. */
  readonly id: string;
  /** Hostile where it is of the page. */
  readonly name: string;
  /** Those of its functions with the most time, each once; none for time that no sample covers, which is hatched. */
  readonly colors: readonly string[];
  /** Of the time that fills the width, what these functions took themselves; 0 to 1. */
  readonly share: number;
}

export interface Legend {
  readonly entries: readonly LegendEntry[];
  /** Index into the entries; -1 for frames of none. */
  readonly entryByFrame: Int16Array;
}

/** Packages and scripts that are named; the others are one entry. */
const mostGroups = 8;
const mostColors = 3;
const noAddress = 'Code without an address';

/** What comes after the packages and scripts. */
const kinds: readonly (readonly [FrameKind, string])[] = [
  [FrameKind.native, 'Native functions'],
  [FrameKind.browser, 'Browser’s work'],
  [FrameKind.engine, 'JavaScript engine'],
  [FrameKind.notSampled, 'Not sampled'],
];

/**
 * What the colours of a graph mean where they go by source: packages and scripts by falling self time, then what is no
 * script. `isInverted` says that the tree has functions below its root and their callers below them.
 */
export function legendOf(plan: Plan, { first, end }: Zoom, paint: Paint, isInverted: boolean): Legend {
  const { tree } = plan;
  const { frames } = tree;
  const { firstNode } = surveyOf(tree).byFrame;
  const { selfByFrame, viewed } = isInverted ? invertedSelf(tree, first, end) : ownSelf(tree, first, end);

  const framesById = new Map<string, number[]>();
  for (let frame = 0; frame < firstNode.length; frame++) {
    const id = firstNode[frame]! < 0 ? null : idOf(frames, frame);
    if (id === null) continue;
    const known = framesById.get(id);
    if (known) known.push(frame);
    else framesById.set(id, [frame]);
  }
  const selfOf = (members: readonly number[]) => members.reduce((sum, frame) => sum + selfByFrame[frame]!, 0);
  const entries: LegendEntry[] = [];
  const entryByFrame = new Int16Array(firstNode.length).fill(-1);
  const add = (id: string, name: string, members: readonly number[]) => {
    for (const frame of members) entryByFrame[frame] = entries.length;
    const hottest = members.toSorted((a, b) => selfByFrame[b]! - selfByFrame[a]!);
    const isHatched = frames.kind[members[0]!] === FrameKind.notSampled;
    const colors = new Set<string>();
    for (const frame of isHatched ? [] : hottest)
      if (colors.size < mostColors) colors.add(paint(plan, firstNode[frame]!).fill);
    entries.push({ id, name, colors: [...colors], share: shareOf(selfOf(members), viewed) });
  };
  const kindIds = new Set(kinds.map(([kind]) => idOfKind(kind)));
  const groups = [...framesById]
    .filter(([id]) => !kindIds.has(id))
    .map(([id, members]) => ({ id, members, self: selfOf(members) }))
    .sort((a, b) => b.self - a.self || (a.id < b.id ? -1 : 1));
  for (const { id, members } of groups.slice(0, mostGroups)) add(id, id.slice(1) || noAddress, members);
  const others = groups.slice(mostGroups);
  if (others.length > 0)
    add(
      'others',
      others.length === 1 ? '1 other' : `${others.length} others`,
      others.flatMap(({ members }) => members),
    );
  for (const [kind, name] of kinds) {
    const members = framesById.get(idOfKind(kind));
    if (members) add(idOfKind(kind), name, members);
  }
  return { entries, entryByFrame };
}

/** The colon keeps names apart from ids of ours; null for frames that stand for whatever is in them. */
function idOf(frames: FrameTable, frame: number): string | null {
  const { names, groupByFrame } = frameGroups(frames);
  const kind = frames.kind[frame] as FrameKind;
  if (kind === FrameKind.script) return `:${names[groupByFrame[frame]!] ?? ''}`;
  if (kind !== FrameKind.group) return idOfKind(kind);
  const name = frames.name[frame]!;
  return names.includes(name) ? `:${name}` : null;
}

function idOfKind(kind: FrameKind): string {
  return `kind ${kind}`;
}

interface Self {
  readonly selfByFrame: Float64Array;
  readonly viewed: number;
}

function ownSelf(tree: CallTree, first: NodeIndex, end: NodeIndex): Self {
  const { frame, self, frames, total } = tree;
  if (end - first === frame.length) return { selfByFrame: surveyOf(tree).byFrame.self, viewed: total[0]! };
  const selfByFrame = new Float64Array(frames.name.length);
  let viewed = 0;
  for (let node = first; node < end; node++) {
    selfByFrame[frame[node]!]! += self[node]!;
    viewed += self[node]!;
  }
  return { selfByFrame, viewed };
}

/** The time of a node is self time of the function below the root that it stands in. */
function invertedSelf({ frame, self, depth, frames }: CallTree, first: NodeIndex, end: NodeIndex): Self {
  const selfByFrame = new Float64Array(frames.name.length);
  let viewed = 0;
  let at = first;
  while (depth[at]! > 1) at--;
  for (let node = first; node < end; node++) {
    if (depth[node]! <= 1) at = node;
    selfByFrame[frame[at]!]! += self[node]!;
    viewed += self[node]!;
  }
  return { selfByFrame, viewed };
}
