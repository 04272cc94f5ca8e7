import type { Protocol } from 'devtools-protocol';
import type { ChildSession } from './child-session.ts';

/** A thing on the screen as a screen reader meets it. */
export interface AxNode {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  /** Of inputs, sliders and the like. */
  readonly value: string;
  /** All that is written inside, in reading order. */
  readonly text: string;
  /** `disabled`, `focused`, `selected`, `expanded`, `checked`, `level` …, only those that the browser states. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly backendNodeId: number;
}

export interface AxQuery {
  readonly role: string;
  /** The whole name, or a pattern in it. */
  readonly name?: string | RegExp | undefined;
}

/** Nodes that answer the last query and stand inside one that answers the query before it, and so on; in reading order. */
export async function queryAccessibility(session: ChildSession, path: readonly AxQuery[]): Promise<AxNode[]> {
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const tree = new Map(nodes.map((node) => [node.nodeId, node]));
  let found: Protocol.Accessibility.AXNode[] = nodes.filter((node) => node.parentId === undefined);
  for (const query of path) {
    const matches = found.flatMap((node) => descendants(tree, node).filter((inner) => answers(inner, query)));
    found = [...new Set(matches)];
  }
  return found.map((node) => toAxNode(tree, node));
}

function answers(node: Protocol.Accessibility.AXNode, { role, name }: AxQuery): boolean {
  if (node.ignored || node.role?.value !== role) return false;
  const own: string = node.name?.value ?? '';
  return name === undefined || (typeof name === 'string' ? own === name : name.test(own));
}

function descendants(
  tree: ReadonlyMap<string, Protocol.Accessibility.AXNode>,
  top: Protocol.Accessibility.AXNode,
): Protocol.Accessibility.AXNode[] {
  const all: Protocol.Accessibility.AXNode[] = [];
  const stack = [...(top.childIds ?? [])].reverse();
  while (stack.length > 0) {
    const node = tree.get(stack.pop()!);
    if (!node) continue;
    all.push(node);
    stack.push(...[...(node.childIds ?? [])].reverse());
  }
  return all;
}

function toAxNode(
  tree: ReadonlyMap<string, Protocol.Accessibility.AXNode>,
  node: Protocol.Accessibility.AXNode,
): AxNode {
  const texts = descendants(tree, node).filter((inner) => inner.role?.value === 'StaticText');
  return {
    role: node.role?.value ?? '',
    name: node.name?.value ?? '',
    description: node.description?.value ?? '',
    value: String(node.value?.value ?? ''),
    text: texts.map((inner) => inner.name?.value ?? '').join(''),
    properties: Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value])),
    backendNodeId: node.backendDOMNodeId ?? 0,
  };
}
