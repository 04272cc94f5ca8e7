import { beforeEach, describe, expect, test } from 'vitest';
import { GraphPage } from './graph-page.ts';
import { shop } from './shop.ts';

const here = GraphPage.use();

describe('keys', () => {
  beforeEach(() => here.show(shop));

  test('Tab leads into the graph once, and out again', async () => {
    await here.page.getByRole('button', { name: 'before' }).focus();
    await here.page.keyboard.press('Tab');
    expect(await here.focused()).toBe('dispatch');
    await here.page.keyboard.press('ArrowDown');
    await here.page.keyboard.press('Tab');
    expect(await here.page.evaluate(() => document.activeElement!.textContent)).toBe('after');
    await here.page.keyboard.press('Shift+Tab');
    expect(await here.focused()).toBe('reduce');
  });

  test('move along the boxes, zoom, go back, and never reach the document', async () => {
    await here.item('dispatch').focus();
    const steps = [
      ['ArrowDown', 'reduce'],
      ['ArrowRight', 'notify'],
      ['End', '(not sampled)'],
      ['Home', 'reduce'],
      ['ArrowDown', 'clone'],
      ['ArrowRight', 'freeze'],
      ['ArrowLeft', 'clone'],
      ['Enter', 'clone'],
      ['ArrowUp', 'reduce'],
      [' ', 'reduce'],
      ['Escape', 'reduce'],
      ['Escape', 'reduce'],
      ['Escape', 'reduce'],
    ];
    for (const [key, expected] of steps) {
      await here.page.keyboard.press(key!);
      expect([key, await here.focused()]).toEqual([key, expected]);
    }
    expect(await here.items().count()).toBe(8);
    expect(await here.eventsOf('document')).toEqual([]);
    await here.page.keyboard.press('a');
    await here.page.keyboard.press('Control+ArrowDown');
    expect(await here.eventsOf('document')).toEqual([
      ['document', 'a'],
      ['document', 'Control'],
      ['document', 'ArrowDown'],
    ]);
  });

  test('go up and down as it is drawn, when the graph grows upwards', async () => {
    await here.page.evaluate(() => graph.setLook({ orientation: 'flame', paint: flambe.paintBy('source') }));
    const [root, reduce] = [await here.box('dispatch'), await here.box('reduce')];
    expect(reduce.y).toBe(root.y - 18);
    await here.item('dispatch').focus();
    await here.page.keyboard.press('ArrowUp');
    expect(await here.focused()).toBe('reduce');
    await here.page.keyboard.press('ArrowDown');
    expect(await here.focused()).toBe('dispatch');
  });

  test('open the source of a box, as a double click does', async () => {
    await here.item('reduce').focus();
    await here.page.keyboard.press('Control+Enter');
    expect(await here.eventsOf('open')).toEqual([['open', 1]]);
    await here.item('notify').dblclick();
    expect((await here.eventsOf('open')).at(-1)).toEqual(['open', 5]);
    expect(await here.eventsOf('document')).toEqual([['document', 'Control']]);
  });

  test('open the menu of a box, as a right click does', async () => {
    await here.item('reduce').click({ button: 'right' });
    const [[, node, place]] = (await here.eventsOf('menu')) as [[string, number, { x: number; y: number }]];
    const reduce = await here.box('reduce');
    expect(node).toBe(1);
    expect(Math.abs(place.x - reduce.x - reduce.width / 2)).toBeLessThan(2);
    expect(await here.names()).toBe('dispatch reduce clone keys freeze notify render (not sampled)');
  });

  test('show where they are', async () => {
    const ring = here.page.locator('rect.focus');
    expect(await ring.isVisible()).toBe(false);
    await here.item('dispatch').focus();
    await here.page.keyboard.press('ArrowDown');
    const [around, reduce] = [(await ring.boundingBox())!, await here.box('reduce')];
    expect(Math.abs(around.y - reduce.y)).toBeLessThan(3);
    expect(Math.abs(around.width - reduce.width)).toBeLessThan(5);
    expect(await ring.evaluate((rect) => getComputedStyle(rect).strokeWidth)).toBe('3px');
    await here.page.getByRole('button', { name: 'after' }).focus();
    expect(await ring.isVisible()).toBe(false);
  });

  test('focus stays through a resize and another zoom', async () => {
    await here.item('clone').focus();
    await here.page.setViewportSize({ width: 500, height: 300 });
    await here.page.waitForFunction(() => document.querySelector('[role=tree]')!.getBoundingClientRect().width < 500);
    expect(await here.focused()).toBe('clone');
    await here.page.evaluate(() => graph.zoomTo(1));
    expect(await here.focused()).toBe('clone');
    await here.page.evaluate(() => graph.back());
    expect(await here.focused()).toBe('clone');
  });

  test('what grows upwards stands on its ground, also when it gets less room', async () => {
    await here.page.evaluate(() => graph.setLook({ orientation: 'flame', paint: flambe.paintBy('source') }));
    const host = here.page.locator('#host');
    for (const height of [40, 200, 58]) {
      await host.evaluate((own, height) => (own as HTMLElement).style.setProperty('height', `${height}px`), height);
      await expect
        .poll(async () => {
          const [root, room] = [await here.item('dispatch').boundingBox(), await host.boundingBox()];
          return Math.abs(root!.y + root!.height - (room!.y + Math.min(room!.height, 72))) < 2;
        })
        .toBe(true);
    }
  });

  test('focus goes with a zoom that hides it', async () => {
    await here.item('clone').focus();
    await here.page.evaluate(() => graph.zoomTo(5));
    expect(await here.names()).toBe('dispatch notify render');
    expect(await here.focused()).toBe('notify');
    await here.page.keyboard.press('ArrowDown');
    expect(await here.focused()).toBe('render');
  });
});
