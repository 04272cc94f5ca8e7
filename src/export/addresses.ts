import type { PackableGraph } from '../flamegraph/pack.ts';
import type { Plan } from '../flamegraph/view.ts';
import { FrameKind, type NodeIndex } from '../profile/model.ts';

/**
 * The same graph, in the same colours, without hosts and folders: of each address only the name of the file is left, in
 * the facts, the frames and the names that have an address in them. Frames may then be alike that were not.
 */
export function withoutAddresses(graph: PackableGraph): PackableGraph {
  const { tree, facts, paint } = graph;
  const { name, url, kind } = tree.frames;
  const frames = {
    ...tree.frames,
    name: name.map((text, frame) => (kind[frame] === FrameKind.group ? fileOf(text) : withoutAddressesIn(text))),
    url: url.map(fileOf),
  };
  const target = isPlace(facts.target) ? fileOf(facts.target) : withoutAddressesIn(facts.target);
  return {
    ...graph,
    tree: { ...tree, frames },
    facts: { ...facts, target, pageUrl: fileOf(facts.pageUrl) },
    // Some colours go by addresses.
    paint: Object.assign((plan: Pick<Plan, 'whole'>, node: NodeIndex) => paint({ ...plan, tree }, node), {
      isOfFrames: paint.isOfFrames === true,
      ...(paint.paleFills && { paleFills: () => paint.paleFills!(tree.frames) }),
    }),
  };
}

/** `src/store.js:88:12`, as targets name places. */
function isPlace(target: string): boolean {
  return /^[^\s"'`()]+:\d+$/.test(target);
}

function withoutAddressesIn(text: string): string {
  return text.replaceAll(/[a-z][a-z\d+.-]*:\/\/[^\s"'`<>()]*|\b(?:data|blob):[^\s"'`<>()]+/gi, fileOf);
}

/** The last part of an address; of one that is no place at all, its scheme. */
function fileOf(address: string): string {
  const opaque = /^(?:data|blob|javascript):/i.exec(address);
  if (opaque) return opaque[0];
  const path = address.replace(/[?#].*$/s, '').replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '');
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
