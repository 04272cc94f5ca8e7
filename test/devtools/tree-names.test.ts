import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AxNode } from '../harness/accessibility.ts';
import { boxesNamed } from '../harness/index.ts';
import { OnWork } from './captured.ts';

/** What the boxes of each view are to a screen reader: the browser's own accessibility tree. */
const html = `<button onclick="work()">Work</button><script>
  function shared() { const end = Date.now() + 20; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 7; }
  function first() { const end = Date.now() + 20; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 5; shared(); }
  function work() { shared(); first(); }
</script>`;

let on: OnWork;
beforeAll(async () => {
  on = await OnWork.open(html);
  await on.capture();
});
afterAll(() => on?.close());

interface Item extends Pick<AxNode, 'name' | 'description'> {
  readonly level: number;
  readonly position: number;
  readonly size: number;
}

/** The items of a tree, as the browser tells assistive technology of them. */
async function itemsOf(tree: string): Promise<Item[]> {
  const cdp = await on.panel.context().newCDPSession(on.panel);
  try {
    const { nodes } = await cdp.send('Accessibility.getFullAXTree');
    const root = nodes.find(({ role, name }) => role?.value === 'tree' && name?.value === tree);
    expect(root, `tree ${tree}`).toBeDefined();
    const isUnder = (node: (typeof nodes)[number]): boolean => {
      if (node.nodeId === root!.nodeId) return true;
      const parent = nodes.find(({ nodeId }) => nodeId === node.parentId);
      return parent !== undefined && isUnder(parent);
    };
    const items = nodes.filter((node) => node.role?.value === 'treeitem' && !node.ignored && isUnder(node));
    return await Promise.all(
      items.map(async ({ name, description, backendDOMNodeId }) => {
        const { node } = await cdp.send('DOM.describeNode', { backendNodeId: backendDOMNodeId! });
        const attributes = new Map<string, string>();
        for (let i = 0; i < node.attributes!.length; i += 2)
          attributes.set(node.attributes![i]!, node.attributes![i + 1]!);
        const [level, position, size] = ['level', 'posinset', 'setsize'].map((key) =>
          Number(attributes.get(`aria-${key}`)),
        );
        return { name: name!.value, description: description?.value, level: level!, position: position!, size: size! };
      }),
    );
  } finally {
    await cdp.detach();
  }
}

const nameForm = /^.+, (<?[\d.]+ (µs|ms|s)), (<?[\d.]+|100) % of call$/;

describe.each([
  ['Icicle', 'Flame graph', /^work,/],
  ['Flame graph', 'Flame graph', /^work,/],
  ['Flame chart', 'Flame graph', /^work,/],
  ['Bottom-up', 'Flame graph', /^All functions,/],
  ['Sandwich', 'Callers', /^/],
  ['Sandwich', 'Callees', /^/],
])('%s: each box of the tree %s', (view, tree, root) => {
  test('has a name, what else there is to say, a level and its place among its siblings', async () => {
    await on.view(view);
    await on.panel.getByRole('tree', { name: tree }).getByRole('treeitem').first().waitFor();
    // By time, the shorter one stands first.
    if (view === 'Flame chart') await on.panel.locator('[aria-level="2"]').first().and(on.box('shared')).waitFor();
    if (view === 'Bottom-up') await on.box('All functions').waitFor();
    await boxesNamed(on.panel);
    const items = await itemsOf(tree);
    expect(items[0]).toMatchObject({ level: 1, position: 1, size: 1, name: expect.stringMatching(root) });
    for (const { name, description, level, position, size } of items) {
      expect(name).toMatch(nameForm);
      expect(description).toMatch(
        /^self .+ · (no children|[\d,]+ child(ren)?) · [\d,]+ samples? · |too narrow to draw/,
      );
      expect(level).toBeGreaterThanOrEqual(1);
      expect(position).toBeGreaterThanOrEqual(1);
      expect(position).toBeLessThanOrEqual(size);
    }
  });
});
