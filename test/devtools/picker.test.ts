import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { listFunctions } from '../../src/capture/list-functions.ts';
import type { FlambePanel } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { type ServedPages, servePages } from './pages.ts';
import { alertOf, statusOf, typeTarget } from './panel-talk.ts';

/** Every getter that looking for functions may come across, each of which says that it ran. */
const traps = `<script>
  window.ran = [];
  const trap = (name) => ({ get() { ran.push(name); return { f() {} }; }, enumerable: true, configurable: true });
  window.boom = function boom() { ran.push('boom'); return { land() {} }; };
  window.o = { plain() {} };
  class Widget { static make() {} draw() {} get size() { ran.push('size'); return 1; } static get all() { ran.push('all'); } }
  window.Widget = Widget;
  window.widget = new Widget();
  for (const [name, owner] of Object.entries({ window, o, Widget, prototype: Widget.prototype, widget }))
    Object.defineProperty(owner, 'getter', trap(name));
  Object.defineProperty(Widget, Symbol.toStringTag, trap('toStringTag'));
  o.self = o;
  o.deep = { back: o, top: window };
</script>
<iframe name="stranger"></iframe>`;
const manyNames = 10_000;
const many = `<script>
  for (let i = 0; i < ${manyNames}; i++) window['work' + i] = new Function('return ' + i);
</script>`;

let devtools: InDevTools;
let pages: ServedPages;
let page: Page;
let panel: FlambePanel;

beforeAll(async () => {
  pages = await servePages({ traps, many, stranger: '<script>window.secret = function secret() {};</script>' });
  devtools = await openInDevTools((page) => page.goto(inject('demoUrl')));
  ({ page, panel } = devtools);
});
afterAll(async () => {
  await devtools?.close();
  await pages?.close();
});

/** The globals in the list; functions of the page's scripts may follow. */
const globals = () => panel.byRole('listbox', 'Functions').byRole('group', 'In the page').byRole('option');

/** What the picker offers of the page's globals for a text, as `path kind`. */
async function offered(text: string): Promise<string[]> {
  await panel.byRole('combobox', 'Function').fill(text);
  const options = globals();
  await options.node(({ name }) => name.startsWith(text));
  const names = (await options.all()).map(({ name }) => name);
  await panel.press('Escape');
  return names;
}

test('the demo’s functions are listed with their kinds, native ones are not', async () => {
  expect(await offered('app.')).toEqual(
    expect.arrayContaining([
      'app.renderNote function',
      'app.importNotes async function',
      'app.inChunks generator',
      'app.store.search method',
      'app.view.say function',
    ]),
  );
  expect(await offered('Notes')).toEqual(expect.arrayContaining(['Notes class', 'Notes.prototype.sortBy method']));
  expect(await offered('countWords')).toContain('countWords function');
  for (const native of ['fetch', 'Array.from', 'structuredClone']) {
    await panel.byRole('combobox', 'Function').fill(native);
    await panel.byRole('listbox', 'Functions').node();
    const names = (await panel.byRole('listbox', 'Functions').byRole('option').all()).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith(`${native} `))).toEqual([]);
  }
});

test('native functions are in the list when they are switched on there, by mouse or keyboard', async () => {
  const parse = panel.byRole('option', 'JSON.parse native function');
  await panel.byRole('combobox', 'Function').fill('JSON.pa');
  await panel.click('checkbox', 'Native functions');
  await parse.node();
  await panel.press('Tab');
  await panel.press(' ');
  await parse.gone();
  // The focus is back where one types.
  await panel.type('rse');
  expect(await panel.byRole('combobox', 'Function').node()).toMatchObject({ value: 'JSON.parse' });
  await panel.press('Escape');
});

test('what is wrong with a path is said as one types', async () => {
  const said: [string, RegExp][] = [
    ['app.renderNotes', /^No app\.renderNotes: did you mean app\.renderNote\?$/],
    ['app.readme', /^app\.readme is a string$/],
    ['Notes.prototype.size', /^Notes\.prototype\.size is there \(getter\)$/],
    ['Notes.prototype.size.x', /^Notes\.prototype\.size is behind a getter, which Flambe won't run$/],
    ['Notes.prototype.size (set)', /^Notes\.prototype\.size has no setter$/],
    ['slugify', /^slugify is there \(function\)$/],
    ['app.js:12:3', /^Hooked by breakpoints that never pause, at some 0\.4 ms a call/],
  ];
  for (const [text, words] of said) {
    await typeTarget(panel, text);
    await statusOf(panel, words);
  }
});

test('after a navigation the functions are those of the new page', async () => {
  await panel.byRole('combobox', 'Function').fill('');
  await panel.press('Escape');
  await panel.byRole('button', 'countWords').node();
  await page.goto(pages.url('traps'));
  await panel.byRole('button', 'Widget.make').node();
});

test('looking for functions and typing run nothing of the page', async () => {
  await page.goto(pages.url('traps'));
  await page
    .frame('stranger')!
    .goto(pages.url('stranger', 'localhost'))
    .then(() => page.evaluate('window.embedded = frames[0]'));
  expect(await offered('o.')).toEqual(expect.arrayContaining(['o.plain function']));
  expect(await offered('Widget')).toEqual(
    expect.arrayContaining(['Widget class', 'Widget.make function', 'Widget.prototype.draw method']),
  );
  expect(await offered('boom')).toEqual(['boom function']);

  await typeTarget(panel, 'boom()');
  await statusOf(panel, /^Will be evaluated once, on Capture$/);
  await typeTarget(panel, 'boom().land');
  await statusOf(panel, /^Will be evaluated once, on Capture$/);
  await typeTarget(panel, 'o.getter.x');
  await statusOf(panel, /^o\.getter is behind a getter, which Flambe won't run$/);
  await panel.click('button', 'Capture');
  await alertOf(panel, /^o\.getter is behind a getter/);
  expect(await page.evaluate('ran')).toEqual([]);
});

test('10,000 functions are listed, and found by typing', async () => {
  await page.goto(pages.url('many'));
  const { functions, truncated } = (await listFunctions((slice) => page.evaluate<unknown>(slice), false))!;
  expect(functions).toHaveLength(manyNames);
  expect(truncated).toBe(false);

  // Fifty stand in the document, however many there are.
  await panel.byRole('combobox', 'Function').fill('work');
  const options = globals();
  await options.node(({ name }) => name === 'work0 function');
  expect((await options.all()).length).toBe(50);
  await panel.type('9876');
  await panel.byRole('option', 'work0 function').gone();
  expect((await options.all()).map(({ name }) => name)).toEqual(['work9876 function']);
  await panel.press('Escape');
});

test('nothing was thrown in the panel', () => {
  expect(panel.exceptions).toEqual([]);
});
