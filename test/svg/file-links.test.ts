import { expect, test } from 'vitest';
import { svgOf } from '../unit/exported.ts';
import { graphOf } from '../unit/facts.ts';
import { treeOf } from '../unit/pictures.ts';
import { FilePage } from './file-page.ts';
import { shop } from './shop.ts';

/** Two children of the same name, and names that mean something in an address. */
const twins = treeOf(`
  main 100 app.js:1
    on&off=#1 500 app.js:2
      50% 100 app.js:3
    run 400 a.js:1
      first 300 a.js:2
    run 300 b.js:1
      second 200 b.js:2
`);

const here = FilePage.use({
  'shop.svg': svgOf(graphOf(shop)),
  'twins.svg': svgOf(graphOf(twins)),
  'sandbox.html':
    '<!doctype html><iframe sandbox="allow-scripts" width="900" height="300" src="shop.svg#at=reduce"></iframe>',
  'empty.html': '<!doctype html>',
});

test('a link opens what was zoomed to and searched for', async () => {
  await here.open('shop.svg');
  await here.item('clone').click();
  await here.searchBox.fill('KEYS');
  await here.button('Regular expression').click();
  const link = here.page.url();
  expect(await here.fragment()).toEqual([
    ['at', 'reduce'],
    ['at', 'clone'],
    ['find', 'KEYS'],
    ['plain', ''],
  ]);

  await here.page.goto('about:blank');
  await here.page.goto(link);
  expect(await here.names()).toBe('dispatch reduce clone keys');
  expect(await here.searched()).toBe('KEYS');
  expect(await here.matched()).toBe('Matched 0 % · 0 boxes');
  expect(await here.button('Regular expression').getAttribute('aria-pressed')).toBe('false');
  await here.searchBox.fill('keys');
  expect(await here.matched()).toBe('Matched 20 % · 500 µs · 1 box');
  await here.button('Reset zoom').click();
  expect(await here.fragment()).toEqual([
    ['find', 'keys'],
    ['plain', ''],
  ]);
});

test.each([
  ['on&off=#1', '50%', 'main on&off=#1 50%'],
  ['run', 'second', 'main run second'],
  ['run', 'first', 'main run first'],
])('a link leads into %s, to %s', async (_, name, sight) => {
  await here.open('twins.svg');
  await here.item(name).click();
  const link = here.page.url();
  await here.page.goto('about:blank');
  await here.page.goto(link);
  expect(await here.names()).toBe(sight);
});

test.each(['#at=reduce&at=gone', '#at=gone', '#%', '#at=%E0%A4%A', '#s=alloc&x=12&y=300', '#at', '#&&=='])(
  'the stale or broken fragment %s is ignored',
  async (fragment) => {
    await here.open('shop.svg', fragment);
    expect((await here.names()).split(' ').length).toBeGreaterThan(7);
    expect(await here.button('Reset zoom').isVisible()).toBe(false);
    await here.item('clone').click();
    expect(await here.names()).toBe('dispatch reduce clone keys');
    expect(await here.fragment()).toEqual([
      ['at', 'reduce'],
      ['at', 'clone'],
    ]);
  },
);

test('editing the fragment, and going back, show what it says', async () => {
  await here.open('shop.svg', '#at=notify');
  expect(await here.names()).toBe('dispatch notify render');
  await here.page.evaluate(() => {
    location.hash = '#at=reduce&find=freeze';
  });
  await here.item('freeze').waitFor();
  expect(await here.names()).toBe('dispatch reduce clone keys freeze');
  expect(await here.searched()).toBe('freeze');
  await here.page.goBack();
  await here.item('render').waitFor();
  expect(await here.names()).toBe('dispatch notify render');
  expect(await here.searched()).toBe('');
  await here.page.keyboard.press('Tab');
  await here.item('notify').press('Escape');
  expect((await here.names()).split(' ').length).toBeGreaterThan(7);
});

test('in a sandbox, all but the address changes', async () => {
  await here.page.goto(here.shelf.httpUrl('sandbox.html'));
  const frame = here.page.frameLocator('iframe');
  const items = frame.getByRole('treeitem');
  await items.first().waitFor();
  expect(await items.count()).toBe(5);
  await frame.getByRole('treeitem', { name: /^clone,/ }).click();
  expect(await items.count()).toBe(4);
  await frame.getByRole('searchbox').fill('keys');
  expect(await frame.getByRole('status').textContent()).toBe('Matched 20 % · 500 µs · 1 box');
});

test('where no address can be changed, nothing else is disturbed', async () => {
  await here.page.addInitScript(() => {
    history.replaceState = () => {
      throw new DOMException('Not here', 'SecurityError');
    };
  });
  await here.open('shop.svg', '#at=notify');
  expect(await here.names()).toBe('dispatch notify render');
  await here.button('Reset zoom').click();
  await here.item('clone').click();
  await here.searchBox.fill('keys');
  expect(await here.matched()).toBe('Matched 20 % · 500 µs · 1 box');
});
