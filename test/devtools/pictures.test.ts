import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { FlambePanel } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { layoutOf } from './layout.ts';
import { resizePanel, showTheme, sizes, takePicture } from './look.ts';
import { alertOf, arm, statusOf, typeTarget } from './panel-talk.ts';

/**
 * Every state of the panel in the real DevTools, light and dark, in a narrow, a low and a wide dock: a picture for people,
 * and for the test what can be said of it without eyes.
 */

const themes = ['light', 'dark'] as const;

let devtools: InDevTools;
let page: Page;
let panel: FlambePanel;

beforeAll(async () => {
  devtools = await openInDevTools((page) => page.goto(inject('demoUrl')));
  ({ page, panel } = devtools);
});
afterAll(() => devtools?.close());

const renderReadme = () => page.getByRole('button', { name: 'Render README' }).click();

async function showView(name: string, tree = 'Flame graph'): Promise<void> {
  await panel.byRole('radiogroup', 'View').byRole('radio', name).click();
  await panel.byRole('tree', tree).byRole('treeitem').node();
}

/** How to come to each state from the one before it. */
const states: Record<string, () => Promise<unknown>> = {
  empty: () => panel.byRole('button', 'countWords').node(),
  picking: async () => {
    await panel.byRole('combobox', 'Function').fill('app.');
    await panel.press('ArrowDown');
    await panel.byRole('option', /^app\./).node(({ properties }) => properties.selected === true);
  },
  error: async () => {
    await typeTarget(panel, 'app.renderNotes');
    await panel.click('button', 'Capture');
    await alertOf(panel, /did you mean/);
  },
  armed: async () => {
    await panel.byRole('spinbutton', 'Timeout (s)').fill('0');
    await arm(panel, 'marked.parse', 3);
  },
  capturing: async () => {
    await renderReadme();
    await statusOf(panel, /^Waiting for call 2 of 3/);
  },
  graph: async () => {
    await renderReadme();
    await renderReadme();
    await statusOf(panel, /^Captured 3 calls/);
  },
  zoomed: async () => {
    const { name } = await panel.byRole('treeitem').node((item) => /\b[1-4]\d(\.\d)? % of call$/.test(item.name));
    await panel.byRole('treeitem', name).click();
    await panel.byRole('searchbox', 'Search frames').fill('token');
    await statusOf(panel, /^Matched/);
  },
  'flame graph': async () => {
    await panel.byRole('searchbox', 'Search frames').fill('');
    await panel.click('button', 'Reset zoom');
    await showView('Flame graph');
  },
  'flame chart': () => showView('Flame chart'),
  sandwich: () => showView('Sandwich', 'Callees'),
  'bottom-up': () => showView('Bottom-up'),
  functions: async () => {
    await panel.byRole('radiogroup', 'View').byRole('radio', 'Functions').click();
    await panel.byRole('table', 'Functions').node();
  },
  'worked on': async () => {
    await showView('Icicle');
    await panel.byRole('treeitem', /^parse, /).click();
    for (const key of ['h', 'r', 'm']) await panel.press(key);
    await panel.byRole('button', 'Undo').node();
    await panel.byRole('searchbox', 'Search frames').fill('lex');
    await panel.click('button', 'Keep term and add another');
    await panel.byRole('searchbox', 'Search frames').fill('inline');
    await statusOf(panel, /^Matched/);
  },
  'menu of a box': async () => {
    await panel.byRole('treeitem', /^lex, /).click();
    await panel.click('button', 'Actions');
    await panel.byRole('menu', 'Actions').node();
  },
  'view options': async () => {
    await panel.press('Escape');
    await panel.click('button', 'View options');
    await panel.byRole('combobox', 'Colours').node();
  },
  keys: async () => {
    await panel.press('Escape');
    await panel.click('button', 'Keys');
    await panel.byRole('dialog', 'Keys').node();
  },
  timeout: async () => {
    await panel.press('Escape');
    await panel.byRole('dialog', 'Keys').gone();
    await panel.byRole('spinbutton', 'Timeout (s)').fill('1');
    await arm(panel, 'reflowCards');
    await alertOf(panel, /^No call of reflowCards within 1 second/);
  },
  'too short': async () => {
    await arm(panel, 'countWords');
    await page.evaluate('countWords("a few words")');
    await panel.byRole('button', /^Capture [\d,]+ calls?$/).node();
  },
  result: async () => {
    await typeTarget(panel, 'app.store.search');
    await panel.click('button', 'Apply');
    await panel.byRole('textbox', 'Arguments').fill('"flame graph"');
    await panel.click('button', 'Run');
    await panel.byRole('code').node(({ text }) => text.startsWith('(60)'));
  },
};

describe.each(Object.keys(states))('%s', (state) => {
  beforeAll(() => states[state]!());

  test.each(sizes)('at $name px nothing is cut off, covered or without a name', async ({ name, width, height }) => {
    await resizePanel(panel, width, height);
    for (const theme of themes) {
      await showTheme(panel, theme);
      await takePicture(panel, `${state.replaceAll(' ', '-')}-${name}-${theme}`);
    }
    const { problems, graphShare } = await panel.evaluate(layoutOf);
    expect(problems).toEqual([]);
    if (['graph', 'zoomed'].includes(state) && name === '800x300') expect(graphShare).toBeGreaterThanOrEqual(0.6);
    const roles = ['button', 'combobox', 'spinbutton', 'textbox', 'searchbox', 'option', 'listbox', 'tree', 'treeitem'];
    for (const role of roles)
      for (const node of await panel.byRole(role).all())
        expect(node, JSON.stringify(node)).toHaveProperty('name', expect.stringMatching(/\S/));
  });
});

test('nothing was thrown in the panel', () => {
  expect(panel.exceptions).toEqual([]);
});
