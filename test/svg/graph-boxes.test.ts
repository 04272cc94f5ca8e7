import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/flamegraph/view.ts';
import { packedText } from '../unit/exported.ts';
import { graphOf } from '../unit/facts.ts';
import { buildTree, treeOf } from '../unit/pictures.ts';
import { GraphPage } from './graph-page.ts';
import { shop } from './shop.ts';

const here = GraphPage.use();

describe('boxes', () => {
  test('are the items of a tree, with names, levels and places', async () => {
    await here.show(shop);
    await here.page.getByRole('tree', { name: 'Flame graph' }).waitFor();
    expect(await here.names()).toBe('dispatch reduce clone keys freeze notify render (not sampled)');
    const clone = here.page.getByRole('treeitem', { name: 'clone, 2.5 ms, 21.9 % of call', exact: true });
    expect(await clone.getAttribute('aria-description')).toBe('self 2.0 ms · 1 child · 0 samples · clone.js:40');
    const places = (name: string) =>
      here
        .item(name)
        .evaluate((one) => ['level', 'posinset', 'setsize'].map((what) => one.getAttribute(`aria-${what}`)).join());
    expect(await places('dispatch')).toBe('1,1,1');
    expect(await places('freeze')).toBe('3,2,2');
    expect(await places('\\(not sampled\\)')).toBe('2,3,3');
  });

  /** How many boxes there are in the first frame, and how many of them have names; and as soon as all have. */
  async function firstAndLast(picture: string) {
    return here.page.evaluate(
      async (text) => {
        const count = () => {
          const boxes = [...document.querySelectorAll('[role=treeitem]')];
          const named = boxes.filter((box) => box.hasAttribute('aria-label'));
          return {
            all: boxes.length,
            named: named.length,
            isStopNamed: named.some((box) => box.matches('[tabindex="0"]')),
          };
        };
        graph.show(flambe.planOf(flambe.unpackGraph(text).tree));
        graph.search({ terms: [''], isRegex: true, isCaseSensitive: false });
        await new Promise(requestAnimationFrame);
        const first = count();
        let last = first;
        for (let frame = 0; frame < 60 && JSON.stringify(last) === JSON.stringify(first); frame++) {
          await new Promise(requestAnimationFrame);
          last = count();
        }
        return { first, last };
      },
      packedText(graphOf(treeOf(picture))),
    );
  }
  const siblings = (count: number) => Array.from({ length: count }, (_, at) => `  s${at} 10`).join('\n');

  test('come without slivers in the first frame, and are all there soon after', async () => {
    const { first, last } = await firstAndLast(`root 0\n  wide 2500\n${siblings(250)}`);
    // The two boxes and a strip.
    expect(first).toEqual({ all: 3, named: 3, isStopNamed: true });
    expect(last).toEqual({ all: 252, named: 252, isStopNamed: true });
  });

  test('come without their names in the first frame where they are many, but for the one that Tab leads to', async () => {
    const { first, last } = await firstAndLast(`root 0\n${siblings(150)}`);
    expect(first).toEqual({ all: 151, named: 1, isStopNamed: true });
    expect(last).toEqual({ all: 151, named: 151, isStopNamed: true });
  });

  test('are as wide as their time, one row below their parent', async () => {
    await here.show(shop);
    const [root, reduce, notify] = [await here.box('dispatch'), await here.box('reduce'), await here.box('notify')];
    expect(reduce.x).toBe(root.x);
    expect(reduce.y).toBe(root.y + 18);
    expect(reduce.width / root.width).toBeCloseTo(6.4 / 11.4, 2);
    expect(notify.x).toBe(reduce.x + reduce.width + 1);
  });

  test('have labels that fit', async () => {
    await here.show(shop);
    const labels = here.page.locator('.flambe-graph g[aria-hidden] text');
    const overflows = async () => {
      const boxes = await here
        .items()
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
      const texts = await labels.evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect),
      );
      const isIn = (text: DOMRect) => (box: DOMRect) =>
        box.left <= text.left &&
        text.right <= box.right &&
        Math.abs(box.top + box.bottom - text.top - text.bottom) < 10;
      return texts.filter((text) => boxes.filter(isIn(text)).length !== 1);
    };
    expect(await overflows()).toEqual([]);
    const render = async () =>
      (await labels.allTextContents()).find((text) => text.startsWith('r') && text !== 'reduce');
    expect(await render()).toMatch(/^r[^ ]*…$/);
    await here.item('notify').click();
    expect(await overflows()).toEqual([]);
    expect(await render()).toBe('render');
  });

  test('follow the width of the host', async () => {
    await here.show(shop);
    await here.page.setViewportSize({ width: 400, height: 300 });
    await here.page.waitForFunction(() => document.querySelector('[role=tree]')!.getBoundingClientRect().width < 400);
    const root = await here.box('dispatch');
    expect((await here.box('reduce')).width / root.width).toBeCloseTo(6.4 / 11.4, 1);
  });

  test('wait for a host that is hidden at first', async () => {
    await here.page.evaluate(() => document.querySelector<HTMLElement>('#host')!.style.setProperty('display', 'none'));
    await here.show(shop);
    expect(await here.items().count()).toBe(0);
    await here.page.evaluate(() => document.querySelector<HTMLElement>('#host')!.style.removeProperty('display'));
    await here.item('keys').waitFor();
  });

  test('are told when pointed at', async () => {
    await here.show(shop);
    await here.item('notify').hover();
    await here.page.mouse.move(0, 0);
    const hovered = (await here.eventsOf('hover')).map(([, item]) => (item as Item | null)?.node);
    expect(hovered).toEqual([5, undefined]);
  });
});

describe('large graphs', () => {
  const elements = () => here.page.locator('[role=tree] *').count();

  test('10,000 rows: only those in sight exist, and scrolling brings the others', async () => {
    await here.page.evaluate(() => graph.show(flambe.planOf(flambe.largeTree(1, 10_000, 20))));
    expect(await here.items().count()).toBeLessThan(40);
    await here.page.evaluate(() => {
      const scroller = document.querySelector('.flambe-graph')!;
      scroller.scrollTop = scroller.scrollHeight;
    });
    await here.page.waitForFunction(() => document.querySelector('[aria-label^="20 functions"]'));
    const [leaf, scroller] = [
      await here.box('20 functions'),
      (await here.page.locator('.flambe-graph').boundingBox())!,
    ];
    expect(leaf.y + leaf.height).toBeLessThanOrEqual(scroller.y + scroller.height);
    expect(await here.items().count()).toBeLessThan(40);
  });

  test('keys walk out of sight and the graph follows; focus out of sight is not lost', async () => {
    await here.page.evaluate(() => graph.show(flambe.planOf(flambe.largeTree(1, 100, 1))));
    await here.items().first().focus();
    for (let row = 0; row < 50; row++) await here.page.keyboard.press('ArrowDown');
    const level = () => here.page.evaluate(() => document.activeElement!.getAttribute('aria-level'));
    expect(await level()).toBe('51');
    const inView = () =>
      here.page.evaluate(() => {
        const [item, scroller] = [document.activeElement!, document.querySelector('.flambe-graph')!].map((element) =>
          element.getBoundingClientRect(),
        );
        return item!.top >= scroller!.top && item!.bottom <= scroller!.bottom;
      });
    expect(await inView()).toBe(true);
    await here.page.evaluate(() => {
      document.querySelector('.flambe-graph')!.scrollTop = 0;
    });
    await here.page.waitForFunction(() => document.querySelector('[aria-level="1"]'));
    expect(await level()).toBe('51');
    await here.page.keyboard.press('ArrowDown');
    expect(await level()).toBe('52');
    expect(await inView()).toBe(true);
  });

  test('more boxes than may exist: the widest, and zoom brings the others', async () => {
    await here.page.setViewportSize({ width: 3000, height: 2000 });
    await here.page.evaluate(() => {
      document.querySelector<HTMLElement>('#host')!.style.height = '1900px';
      graph.show(flambe.planOf(flambe.largeTree(600, 60, 60)));
    });
    const drawn = await here.items().count();
    expect(drawn).toBeGreaterThan(600);
    expect(drawn).toBeLessThanOrEqual(1000);
    expect(await elements()).toBeLessThan(5000);
    expect(await here.item('leaf').count()).toBe(0);
    await here.page.evaluate(() => graph.zoomTo(1));
    expect(await here.item('leaf').count()).toBe(60);
  });

  test('siblings too narrow to be boxes stand as one hatched box, which opens when zoomed to', async () => {
    await here.page.evaluate(() => graph.show(flambe.planOf(flambe.largeTree(20_000, 1, 1))));
    expect(await here.items().count()).toBe(2);
    const strip = here.page.getByRole('treeitem', { name: '20,000 functions, 220 ms, 99.9 % of call', exact: true });
    expect((await strip.boundingBox())!.width).toBeGreaterThan(0.99 * (await here.box('root')).width);
    const pattern = /^url\(#(.+)\)$/.exec((await strip.getAttribute('fill'))!)![1]!;
    expect(await here.page.locator(`pattern[id="${pattern}"] path`).count()).toBe(1);
    await here.item('root').focus();
    await here.page.keyboard.press('ArrowDown');
    expect(await here.focused()).toBe('20');
    await here.page.keyboard.press('Enter');
    expect((await here.eventsOf('zoom')).at(-1)).toEqual(['zoom', { first: 1, end: 40_001 }, true, 220_000]);
  });
});

test('time that no sample covers is hatched', async () => {
  await here.show(shop);
  const fill = await here.item('\\(not sampled\\)').getAttribute('fill');
  const id = /^url\(#(.+)\)$/.exec(fill!)![1]!;
  expect(await here.page.locator(`pattern[id="${id}"] path`).count()).toBe(1);
});

test('a graph that is done with leaves nothing behind', async () => {
  await here.show(shop);
  await here.page.evaluate(() => graph.destroy());
  expect(await here.page.locator('#host').innerHTML()).toBe('');
});

describe('a tooltip', () => {
  const tip = () => here.page.locator('.flambe-tooltip');

  test('says what is known of the box under the pointer, and goes with it', async () => {
    await here.show(shop);
    expect(await tip().isVisible()).toBe(false);
    await here.item('clone').hover();
    expect(await tip().locator('> *').allTextContents()).toEqual([
      'clone',
      '2.5 ms · self 2.0 ms',
      '21.9 % of call · 21.9 % of view',
      '0 samples',
      'clone.js:40',
    ]);
    await here.page.mouse.move(0, 5);
    expect(await tip().isVisible()).toBe(false);
  });

  test('never leaves the window, wherever the pointer is and however long a name', async () => {
    await here.page.setViewportSize({ width: 400, height: 230 });
    await here.show(buildTree({ name: 'long'.repeat(400), self: 10 }));
    const tree = (await here.page.getByRole('tree').boundingBox())!;
    for (const x of [1, 100, 200, 300, tree.width - 2])
      for (const y of [1, 10, 16]) {
        await here.page.mouse.move(tree.x + x, tree.y + y);
        const { x: left, y: top, width, height } = (await tip().boundingBox())!;
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(left + width).toBeLessThanOrEqual(400);
        expect(top + height).toBeLessThanOrEqual(230);
      }
  });
});

test('a graph that grows upwards begins at its root, at the bottom', async () => {
  await here.page.evaluate(() => {
    graph.setLook({ orientation: 'flame', paint: flambe.paintBy('source') });
    graph.show(flambe.planOf(flambe.largeTree(1, 300, 1)));
  });
  const [root, scroller] = [await here.box('root'), (await here.page.locator('.flambe-graph').boundingBox())!];
  expect(root.y + root.height).toBeGreaterThan(scroller.y + scroller.height - 20);
  expect(root.y + root.height).toBeLessThanOrEqual(scroller.y + scroller.height);
  expect(await here.items().count()).toBeLessThan(40);
});

test('in forced colours boxes have outlines, and all colours are the system’s', async () => {
  await here.page.emulateMedia({ forcedColors: 'active' });
  await here.show(shop);
  const colors = await here.item('clone').evaluate((rect) => {
    const canvas = document.createElement('i');
    document.body.append(canvas);
    canvas.style.color = 'Canvas';
    const surface = getComputedStyle(canvas).color;
    canvas.style.color = 'CanvasText';
    const text = getComputedStyle(canvas).color;
    const { fill, stroke } = getComputedStyle(rect);
    return { isSurface: fill === surface, isOutlined: stroke === text };
  });
  expect(colors).toEqual({ isSurface: true, isOutlined: true });
});
