import { displayName, sourceText } from '../src/flamegraph/names.ts';
import type { CallTree, NodeIndex } from '../src/profile/model.ts';
import { pathOf } from '../src/profile/paths.ts';

/** Names of frames from the root of a tree to a node, a frame a line, as in `at render (view.js:9)`, the node first. */
export function stackText(tree: CallTree, node: NodeIndex): string {
  const { frames } = tree;
  const lines = pathOf(tree, node).map(
    (frame) => `    at ${displayName(frames, frame)} (${sourceText(frames, frame)})`,
  );
  return `${lines.reverse().join('\n')}\n`;
}

/** The subtree of a node as folded stacks: `main;render;layout 1200`, times in µs, from the tree's root on. */
export function foldedText(tree: CallTree, root: NodeIndex): string {
  const { frames, frame, self, subtreeSize, depth } = tree;
  const path = pathOf(tree, root).map((each) => foldedName(displayName(frames, each)));
  const lines: string[] = [];
  for (let node = root; node < root + subtreeSize[root]!; node++) {
    path.length = depth[node]!;
    path.push(foldedName(displayName(frames, frame[node]!)));
    if (self[node]! > 0) lines.push(`${path.join(';')} ${self[node]}\n`);
  }
  return lines.join('');
}

/** Semicolons part frames, and lines part stacks. */
function foldedName(name: string): string {
  return name.replaceAll(/[;\s]+/g, ' ').trim();
}

/** DevTools' pages may not use `navigator.clipboard`; a selection can be copied anywhere. */
export function copyText(text: string): void {
  const area = Object.assign(document.createElement('textarea'), { value: text, readOnly: true });
  const focused = document.activeElement as HTMLElement | SVGElement | null;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  focused?.focus();
}
