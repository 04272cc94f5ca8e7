import { placeTarget } from '../src/capture/frame-place.ts';
import { displayName, harmless } from '../src/flamegraph/names.ts';
import { type CallTree, FrameKind, type NodeIndex } from '../src/profile/model.ts';
import { pathOf } from '../src/profile/paths.ts';
import type { Controller } from './controller.ts';
import { copyText, foldedText, stackText } from './copies.ts';
import { frameGroups } from './frame-groups.ts';
import type { GraphViews } from './graph-views.ts';

/** Something that can be done with a box. */
export interface Action {
  /** What is pressed in the graph for it. */
  readonly key?: string;
  readonly words: string;
  readonly does: () => void;
}

interface Box {
  /** As it is drawn. */
  readonly tree: CallTree;
  readonly node: NodeIndex;
  /** As it was captured. */
  readonly captured: CallTree;
}

/** What can be done with a box, in groups. */
export function actionsOn(
  { tree, node, captured }: Box,
  views: GraphViews,
  controller: Controller,
): readonly (readonly Action[])[] {
  const { frames } = tree;
  const frame = tree.frame[node]!;
  const isFunction = frame < captured.frames.name.length && frames.kind[frame] !== FrameKind.notSampled;
  const name = displayName(frames, frame);
  const groups = frameGroups(captured.frames);
  const group = isFunction ? groups.groupByFrame[frame]! : -1;
  const { openSource } = controller.page;
  const [url, line, column] = [frames.url[frame]!, frames.line[frame]!, frames.column[frame]!];
  const { view } = views.look.value;
  const isMerged = view === 'icicle' || view === 'flame graph' || view === 'functions';
  const isBelow = node > 0;
  const { running, recording } = controller.state.value;
  const isFree = running === null && recording === null;
  const when = (condition: boolean, ...actions: Action[]) => (condition ? actions : []);
  return [
    [
      ...when(isMerged && isBelow, {
        key: 'o',
        words: 'Focus on this subtree',
        does: () => views.edit({ kind: 'focus', path: pathOf(tree, node) }),
      }),
      ...when(
        isFunction,
        { key: 'O', words: `Focus on ${name} everywhere`, does: () => views.edit({ kind: 'focus function', frame }) },
        { key: 's', words: `Callers and callees of ${name}`, does: () => views.sandwich(frame) },
      ),
    ],
    [
      ...when(isFunction && isBelow, {
        key: 'h',
        words: `Hide ${name} everywhere`,
        does: () => views.edit({ kind: 'hide function', frame }),
      }),
      ...when(isMerged && isBelow, {
        key: 'd',
        words: 'Drop this subtree with its time',
        does: () => views.edit({ kind: 'drop', path: pathOf(tree, node) }),
      }),
      ...when(group >= 0, {
        key: 'g',
        words: `Collapse ${harmless(groups.names[group] ?? '', 60)} into one box`,
        does: () => views.edit({ kind: 'collapse group', group: groups.names[group]! }),
      }),
    ],
    [
      ...when(isFree && isFunction && placeTarget(captured.frames, frame) !== null, {
        key: 'c',
        words: 'Capture this one',
        does: () => controller.captureFrame(captured.frames, frame),
      }),
      ...when(openSource !== undefined && url !== '', {
        key: 'Ctrl+Enter',
        words: 'Open in Sources',
        does: () => openSource?.(url, Math.max(line, 1), Math.max(column, 1)),
      }),
    ],
    [
      { key: 'y', words: 'Copy name', does: () => copyText(frames.name[frame]! || name) },
      { key: 'Y', words: 'Copy stack', does: () => copyText(stackText(tree, node)) },
      { words: 'Copy folded', does: () => copyText(foldedText(tree, node)) },
    ],
  ].filter((group) => group.length > 0);
}
