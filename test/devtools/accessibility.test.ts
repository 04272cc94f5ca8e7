import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from '../harness/axe.ts';
import { OnWork } from './captured.ts';

/** What axe-core says of the panel, in each of its states and both themes. */

const html = `<button onclick="work()">Work</button><button onclick="tiny()">Tiny</button><script>
  function tiny() { return 1; }
  function shared() { const end = Date.now() + 20; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 7; }
  function first() { const end = Date.now() + 20; let sum = 0; while (Date.now() < end) for (let i = 0; i < 1e4; i++) sum += i % 5; shared(); }
  function work() { first(); shared(); document.body.append(document.createElement('p')); return document.body.offsetHeight; }
</script>`;

let on: OnWork;
let panel: Page;

beforeAll(async () => {
  on = await OnWork.open(html);
  ({ panel } = on);
  await panel.setViewportSize({ width: 1280, height: 640 });
});
afterAll(() => on?.close());

const button = (name: string | RegExp) => panel.getByRole('button', { name, exact: typeof name === 'string' });
const leave = () => panel.keyboard.press('Escape');
const openView = (name: string) => async () => {
  await on.view(name);
  await panel
    .getByRole(name === 'Functions' ? 'table' : 'treeitem')
    .first()
    .waitFor();
};

/** How to come to each state from the one before it. */
const states: Record<string, () => Promise<unknown>> = {
  empty: () => button('first').or(button('work')).first().waitFor(),
  'with the picker open': async () => {
    await panel.getByRole('combobox', { name: 'Function' }).fill('wor');
    await panel.getByRole('option').first().waitFor();
  },
  'with options and arguments': async () => {
    await leave();
    await button('Options').click();
    await button('Apply').click();
    await panel.getByRole('textbox', { name: 'Arguments' }).waitFor();
  },
  'with an alert': async () => {
    await button('Apply').click();
    await button('Options').click();
    await panel.getByRole('combobox', { name: 'Function' }).fill('wrk');
    await button('Capture').click();
    await panel.getByRole('alert').waitFor();
  },
  armed: async () => {
    await panel.getByRole('combobox', { name: 'Function' }).fill('work');
    await button('Capture').click();
    await panel
      .getByRole('status')
      .getByText(/^Waiting for call 1 of 1/)
      .waitFor();
  },
  'with a graph': async () => {
    await on.page.getByRole('button', { name: 'Work' }).click();
    await on.box('work').waitFor();
  },
  'as flame graph': openView('Flame graph'),
  'as flame chart': openView('Flame chart'),
  'as sandwich': openView('Sandwich'),
  'from the bottom up': openView('Bottom-up'),
  'with the table': openView('Functions'),
  'with an edit and a search': async () => {
    await on.view('Icicle');
    await on.box('first').click();
    await panel.keyboard.press('r');
    await panel.getByRole('navigation', { name: 'Changes of the tree' }).waitFor();
    await panel.getByRole('searchbox', { name: 'Search frames' }).fill('shared');
    await button('Keep term and add another').click();
    await panel.getByRole('searchbox', { name: 'Search frames' }).fill('(');
    await panel
      .getByRole('status')
      .getByText(/^Matched/)
      .waitFor();
  },
  'with the lines of a function': async () => {
    await panel.getByRole('searchbox', { name: 'Search frames' }).fill('');
    await button('Remove term shared').click();
    await button('Lines').click();
    await panel
      .getByRole('region', { name: /^Lines of / })
      .getByRole('table')
      .waitFor();
  },
  'with the menu of a box': async () => {
    await leave();
    await button('Actions').click();
    await panel.getByRole('menu').waitFor();
  },
  'with the list of keys': async () => {
    await leave();
    await button('Keys').click();
    await panel.getByRole('dialog', { name: 'Keys' }).waitFor();
  },
  'with the view options': async () => {
    await leave();
    await button('View options').click();
    await panel.locator('.opener .sheet').waitFor();
  },
  'with something that stands out': async () => {
    await leave();
    await panel.getByRole('list', { name: 'Colours' }).getByRole('button').first().click();
  },
  'with too few samples': async () => {
    await panel.getByRole('combobox', { name: 'Function' }).fill('tiny');
    await button('Capture').click();
    await panel
      .getByRole('status')
      .getByText(/^Waiting for call 1 of 1/)
      .waitFor();
    await on.page.getByRole('button', { name: 'Tiny' }).click();
    await panel.getByRole('button', { name: /^Capture [\d,]+ calls?$/ }).waitFor();
  },
  recording: async () => {
    await button('Record').click();
    await panel
      .getByRole('status')
      .getByText(/^Recording/)
      .first()
      .waitFor();
  },
  'with the table of a recording': async () => {
    await on.page.getByRole('button', { name: 'Work' }).click();
    await button('Stop').click();
    await panel.getByRole('table', { name: 'Functions' }).waitFor();
  },
  'with the events of a recording': async () => {
    await panel.getByRole('tab', { name: 'Events' }).click();
    await panel.getByRole('table', { name: 'Events' }).waitFor();
  },
};

const themes = ['light', 'dark'] as const;

describe('axe-core finds nothing in the panel', () => {
  test.each(Object.keys(states))('%s', async (state) => {
    await states[state]!();
    for (const colorScheme of themes) {
      await panel.emulateMedia({ colorScheme });
      expect(await accessibilityFaults(panel), colorScheme).toEqual([]);
    }
  });
});
