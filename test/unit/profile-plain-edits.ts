import type { Edit } from '../../src/profile/edits.ts';
import { withGroupFrames } from '../../src/profile/group-frames.ts';
import type { FrameGroups } from '../../src/profile/groups.ts';
import { FrameKind } from '../../src/profile/model.ts';
import { functionByFrame } from '../../src/profile/moments.ts';
import { type PlainNode, someFrames, totalOf } from './profile-trees.ts';

/** Groups of {@link someFrames}: one a script but for the user's own, and one of no frame. */
export const groups: FrameGroups = {
  names: ['x', 'y', 'empty'],
  groupByFrame: Int32Array.from(someFrames.url, (url) => ['lib/x.js', 'lib/y.js'].indexOf(url)),
  isMine: Uint8Array.from(someFrames.url, (url) => (url === 'app.js' ? 1 : 0)),
};
const functionOf = functionByFrame({ frames: someFrames });
/** With the rows that stand for the groups. */
export const extended = withGroupFrames(someFrames, groups.names);
const boxOf = (group: number) => someFrames.name.length + group;

/** What the documentation says of an edit, said again in the plainest way. */
export function plainEdit(root: PlainNode, edit: Edit): PlainNode {
  const same = (a: number, b: number) => (functionOf[a] ?? a) === (functionOf[b] ?? b);
  switch (edit.kind) {
    case 'focus':
      return plainAt(root, edit.path) ?? root;
    case 'focus function': {
      const outermost = (node: PlainNode): PlainNode[] =>
        same(node.frame, edit.frame) ? [node] : node.children.flatMap(outermost);
      const places = outermost(root);
      if (places.length === 0) return root;
      const made: PlainNode = { frame: edit.frame, self: 0, samples: 0, children: [] };
      for (const place of places) mergeInto(made, place);
      return made;
    }
    case 'drop': {
      const dropped = plainAt(root, edit.path);
      const without = (node: PlainNode): PlainNode => ({
        ...node,
        children: node.children.filter((child) => child !== dropped).map(without),
      });
      return without(root);
    }
    case 'hide function':
      return squeeze(root, (frame) => same(frame, edit.frame));
    case 'only mine':
      return squeeze(root, (frame) => {
        const group = frame - someFrames.name.length;
        return group < 0 ? groups.isMine[frame] === 0 : true;
      });
    case 'merge native':
      return squeeze(root, (frame) => extended.kind[frame] === FrameKind.native);
    case 'collapse recursion': {
      const walk = (node: PlainNode, into: PlainNode, around: readonly [number, PlainNode][]) => {
        into.self += node.self;
        into.samples += node.samples;
        const here: [number, PlainNode][] = [[node.frame, into], ...around];
        for (const child of node.children) {
          const again = here.find(([frame]) => same(frame, child.frame));
          walk(child, again?.[1] ?? childOf(into, child.frame), here);
        }
        return into;
      };
      return walk(root, { frame: root.frame, self: 0, samples: 0, children: [] }, []);
    }
    case 'collapse group': {
      const group = groups.names.indexOf(edit.group);
      const isIn = (frame: number) => group >= 0 && (groups.groupByFrame[frame] === group || frame === boxOf(group));
      const walk = (node: PlainNode, into: PlainNode) => {
        into.self += node.self;
        into.samples += node.samples;
        for (const child of node.children) {
          if (!isIn(child.frame)) walk(child, childOf(into, child.frame));
          else if (node !== root && isIn(node.frame)) walk(child, into);
          else walk(child, childOf(into, boxOf(group)));
        }
        return into;
      };
      return walk(root, { frame: root.frame, self: 0, samples: 0, children: [] });
    }
  }
}

function plainAt(root: PlainNode, path: readonly number[]): PlainNode | undefined {
  const [first, ...rest] = path;
  let node = root.frame === first ? root : undefined;
  for (const frame of rest) node = node?.children.find((child) => child.frame === frame);
  return node;
}

function childOf(node: PlainNode, frame: number): PlainNode {
  const known = node.children.find((child) => child.frame === frame);
  if (known) return known;
  const made: PlainNode = { frame, self: 0, samples: 0, children: [] };
  node.children.push(made);
  return made;
}

function mergeInto(into: PlainNode, node: PlainNode): void {
  into.self += node.self;
  into.samples += node.samples;
  for (const child of node.children) mergeInto(childOf(into, child.frame), child);
}

function squeeze(node: PlainNode, isAsked: (frame: number) => boolean): PlainNode {
  const made: PlainNode = { ...node, children: [] };
  for (const child of node.children) {
    const squeezed = squeeze(child, isAsked);
    const isMerged = isAsked(child.frame) && extended.kind[child.frame] !== FrameKind.notSampled;
    if (isMerged) mergeInto(made, squeezed);
    else mergeInto(childOf(made, child.frame), squeezed);
  }
  return made;
}

/** As a call tree has it: parts without time leave nothing but their samples. */
export function pruned(node: PlainNode): PlainNode {
  const made: PlainNode = { ...node, children: [] };
  for (const child of node.children.map(pruned))
    if (totalOf(child) > 0) made.children.push(child);
    else made.samples += child.samples;
  return made;
}
