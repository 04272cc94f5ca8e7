import { describe, expect, test } from 'vitest';
import { svgOf } from '../unit/exported.ts';
import { facts, graphOf } from '../unit/facts.ts';
import { treeOf } from '../unit/pictures.ts';
import { FilePage } from './file-page.ts';
import { shop } from './shop.ts';

const letters = treeOf(`
  main 100 app.js:1
    Render 400 app.js:2
    render 300 app.js:3
    a.b 150 app.js:4
    axb 50 app.js:5
`);
const deep = treeOf(
  [
    'main 100 app.js:1',
    ...Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth + 1)}f${depth} 10 app.js:2`),
  ].join('\n'),
);

const here = FilePage.use({
  'shop.svg': svgOf(graphOf(shop)),
  'letters.svg': svgOf(graphOf(letters)),
  'deep.svg': svgOf(graphOf(deep)),
  'captioned.svg': svgOf({
    ...graphOf(shop),
    caption: { title: '<b>Slow & steady</b>', subtitle: 'Before the fix', note: 'On the old machine' },
  }),
});

describe('turns', () => {
  const rootIsAbove = async () => {
    const [root, clone] = [await here.item('dispatch').boundingBox(), await here.item('clone').boundingBox()];
    return root!.y < clone!.y;
  };

  test('by its button and by keys', async () => {
    await here.open('shop.svg');
    expect(await rootIsAbove()).toBe(true);
    await here.button('Flame graph').click();
    expect(await rootIsAbove()).toBe(false);
    expect(await here.button('Flame graph').getAttribute('aria-pressed')).toBe('true');
    await here.page.keyboard.press('i');
    expect(await rootIsAbove()).toBe(true);
    await here.page.keyboard.press('f');
    expect(await rootIsAbove()).toBe(false);
    await here.searchBox.fill('');
    await here.searchBox.pressSequentially('if');
    expect(await here.searched()).toBe('if');
    expect(await rootIsAbove()).toBe(false);
  });

  test('and begins as it was exported', async () => {
    await here.shelf.put('flame.svg', svgOf({ ...graphOf(shop), orientation: 'flame' }));
    await here.open('flame.svg');
    expect(await rootIsAbove()).toBe(false);
    expect(await here.button('Flame graph').getAttribute('aria-pressed')).toBe('true');
  });
});

describe('searches', () => {
  test('patterns or plain text, with and without case', async () => {
    await here.open('letters.svg');
    await here.searchBox.fill('a.b');
    expect(await here.matched()).toBe('Matched 20 % · 200 µs · 2 boxes');
    await here.button('Regular expression').click();
    expect(await here.matched()).toBe('Matched 15 % · 150 µs · 1 box');
    await here.searchBox.fill('render');
    expect(await here.matched()).toBe('Matched 70 % · 700 µs · 2 boxes');
    await here.button('Match case').click();
    expect(await here.matched()).toBe('Matched 30 % · 300 µs · 1 box');
  });

  test('steps by mouse, by keys in the graph and by keys in the box', async () => {
    await here.open('shop.svg');
    await here.searchBox.fill('clone\\.js|view\\.js');
    const seen: (string | undefined)[] = [];
    const note = async () => seen.push(await here.focused());
    for (const name of ['Next match', 'Next match', 'Match before']) {
      await here.button(name).click();
      await note();
    }
    for (const key of ['n', 'F3', 'N', 'Shift+F3']) {
      await here.page.keyboard.press(key);
      await note();
    }
    for (const key of ['Enter', 'F3', 'Shift+Enter']) {
      await here.searchBox.press(key);
      await note();
    }
    expect(seen.join(' ')).toBe('clone freeze clone freeze render freeze clone freeze render freeze');
  });

  test('no numbers', async () => {
    await here.open('shop.svg');
    for (const number of ['2.5', '500', '120', '11.4']) {
      await here.searchBox.fill(number);
      expect(await here.matched()).toBe('Matched 0 % · 0 boxes');
    }
  });
});

test('lists its keys', async () => {
  await here.open('shop.svg');
  const list = here.page.getByText('one zoom back');
  expect(await list.isVisible()).toBe(false);
  await here.page.keyboard.press('?');
  expect(await list.isVisible()).toBe(true);
  expect(await here.button('Keys').getAttribute('aria-expanded')).toBe('true');
  await here.page.keyboard.press('?');
  expect(await list.isVisible()).toBe(false);
  await here.button('Keys').click();
  await here.page.keyboard.press('Escape');
  expect(await list.isVisible()).toBe(false);
});

test('shows what was written above it, as text', async () => {
  await here.open('captioned.svg');
  expect(await here.page.getByRole('heading').textContent()).toBe('<b>Slow & steady</b>');
  const lines = await here.page.getByRole('main').locator('p.facts').allTextContents();
  expect(lines[0]).toBe('Before the fix');
  expect(lines[1]).toMatch(/^app\.store\.dispatch · All 3 calls · 11\.4 ms/);
  expect(lines[2]).toContain(facts.pageUrl);
  expect(lines[3]).toBe('On the old machine');
});

test('has all its controls within a window of 400 px', async () => {
  await here.page.setViewportSize({ width: 400, height: 500 });
  await here.open('shop.svg');
  await here.item('clone').click();
  await here.page.keyboard.press('?');
  const controls = [here.searchBox, ...(await here.page.getByRole('button').all()), here.page.locator('dl')];
  expect(controls.length).toBe(9);
  for (const control of controls) {
    const { x, width } = (await control.boundingBox())!;
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(400);
  }
});

test('stays readable in forced colours', async () => {
  await here.page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await here.open('shop.svg');
  const styleOf = (name: string) =>
    here.item(name).evaluate((box) => {
      const { fill, stroke } = getComputedStyle(box);
      return { fill, stroke };
    });
  const plain = await styleOf('clone');
  expect(plain.fill).not.toBe(plain.stroke);
  await here.searchBox.fill('clone');
  expect((await styleOf('clone')).fill).not.toBe(plain.fill);
  const pressed = await here.button('Regular expression').evaluate((one) => getComputedStyle(one).backgroundColor);
  const loose = await here.button('Match case').evaluate((one) => getComputedStyle(one).backgroundColor);
  expect(pressed).not.toBe(loose);
});

describe('on paper', () => {
  const print = (event: 'beforeprint' | 'afterprint') =>
    here.page.evaluate((event) => void dispatchEvent(new Event(event)), event);

  test('fills the width with all rows, without controls, and in light colours', async () => {
    await here.page.setViewportSize({ width: 1000, height: 300 });
    await here.page.emulateMedia({ colorScheme: 'dark' });
    await here.open('deep.svg');
    expect(await here.names()).not.toContain('f59');
    await here.page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    await print('beforeprint');
    expect(await here.names()).toContain('f59');
    for (const control of [here.searchBox, ...(await here.page.getByRole('button').all())])
      expect(await control.isVisible()).toBe(false);
    expect(await here.page.locator('.flambe-page').evaluate((page) => getComputedStyle(page).fill)).toBe(
      'rgb(255, 255, 255)',
    );
    const [root, last, paper] = [
      (await here.item('main').boundingBox())!,
      (await here.item('f59').boundingBox())!,
      (await here.page.locator('.flambe-page').boundingBox())!,
    ];
    expect(root.width / paper.width).toBeGreaterThan(0.99);
    expect(last.y + last.height).toBeLessThanOrEqual(paper.y + paper.height);
    // 11 px of a sheet that is 720 wide.
    const label = here.page.locator('.flambe-graph text').first();
    expect((await label.boundingBox())!.height).toBeGreaterThan(11);
  });

  test('shows what is zoomed to; afterwards all is as before', async () => {
    await here.open('shop.svg');
    await here.item('clone').click();
    const before = await here.item('keys').boundingBox();
    await print('beforeprint');
    expect(await here.names()).toBe('dispatch reduce clone keys');
    await print('afterprint');
    expect(await here.item('keys').boundingBox()).toEqual(before);
    expect(await here.searchBox.isVisible()).toBe(true);
  });
});
