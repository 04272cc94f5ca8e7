import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { addMapping, GenMapping, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping';
import { expect, test } from 'vitest';
import { buildApp } from '../apps/build.ts';
import { serveApp } from '../apps/serve.ts';
import { openApp, rankRecipes } from '../apps/use.ts';
import { areBoxesNamed, waitFor } from '../harness/index.ts';
import { openInDevTools } from './in-devtools.ts';
import { servePages } from './pages.ts';
import { arm, statusOf } from './panel-talk.ts';

/** How original names come to a graph that is there already. */

/** A map of many megabytes that says the same of the same script: what it is longer by lies after the script's end. */
function prolonged(json: string, length: number): string {
  const map = JSON.parse(json) as { readonly mappings: string };
  const lines = map.mappings.split(';').length + 1;
  const sections = Array.from({ length: Math.ceil(length / json.length) }, (_, index) => ({
    offset: { line: index * lines, column: 0 },
    map,
  }));
  return JSON.stringify({ version: 3, sections });
}

/** In the panel: the name of the widest box of a script, other than those that are as wide as the graph. */
function widestWithin(script: string): string {
  const boxes = [...document.querySelectorAll('[role=treeitem]')].map((box) => ({
    label: box.getAttribute('aria-label')!,
    isOfScript: box.getAttribute('aria-description')!.includes(script),
    width: box.getBoundingClientRect().width,
  }));
  const whole = Math.max(...boxes.map(({ width }) => width));
  const narrower = boxes.filter(({ isOfScript, width }) => isOfScript && width < whole - 1);
  return narrower.reduce((widest, one) => (one.width > widest.width ? one : widest)).label;
}

/** In the panel: what is looked at in the graph. */
function looked() {
  const focused = document.activeElement;
  const { left, top, width } = focused!.getBoundingClientRect();
  return {
    role: focused!.getAttribute('role'),
    level: focused!.getAttribute('aria-level'),
    place: [left, top, width].map(Math.round).join(' '),
    isZoomed: [...document.querySelectorAll('button')].some(({ textContent }) => textContent.includes('Reset zoom')),
    name: focused!.getAttribute('aria-label')!.split(',')[0]!,
  };
}

test('whoever has zoomed and has the focus on a box keeps both as names come from a map of 10 MB', async () => {
  const { folder } = await buildApp({ bundler: 'webpack', mode: 'production', maps: 'file' });
  const assets = path.join(folder, 'assets');
  const name = (await readdir(assets)).find((one) => one.endsWith('main.js.map'))!;
  const map = prolonged(await readFile(path.join(assets, name), 'utf8'), 10e6);
  const app = await serveApp(folder);
  const { page, panel, close } = await openInDevTools((page) => openApp(page, app));
  try {
    await panel.click('button', 'From the page…');
    await panel.click('button', 'Click');
    await statusOf(panel, /^Waiting for the next click$/);
    await rankRecipes(page);
    await statusOf(panel, /^Captured 1 click, /);
    await panel.byRole('treeitem', /^click, /).node();
    await waitFor('names of all boxes', () => panel.evaluate(areBoxesNamed));
    await panel.byRole('treeitem', await panel.evaluate(widestWithin, 'main.js')).click();
    await panel.byRole('button', 'Reset zoom').node();
    await panel.settled();
    const before = await panel.evaluate(looked);
    expect(before).toMatchObject({ role: 'treeitem', isZoomed: true });
    await panel.evaluate((text) => {
      const said: string[] = [];
      Object.assign(window, { said });
      const read = () => said.push(...Array.from(document.querySelectorAll('[role=status]'), (one) => one.textContent));
      new MutationObserver(read).observe(document.body, { subtree: true, childList: true });
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'main.js.map'));
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }, map);
    await panel.byRole('checkbox', 'Original names').node();
    await panel.settled();
    // It takes a computer more than half a second to read so long a map.
    expect(await panel.evaluate(() => (window as unknown as { said: string[] }).said)).toContain(
      'Looking for original names …',
    );
    const { name: after, ...same } = await panel.evaluate(looked);
    expect({ ...same, name: before.name }).toEqual(before);
    expect(after).not.toBe(before.name);
    expect(panel.exceptions).toEqual([]);
  } finally {
    await close();
    await app.close();
  }
});

test('a script that is written in a document has its original names too', async () => {
  const original =
    'export function spinAround() {\n  const end = performance.now() + 20;\n  while (performance.now() < end);\n}\n';
  const map = new GenMapping();
  setSourceContent(map, 'spin.ts', original);
  // `function s(){…}` begins on the second line of the script.
  const mapped = { source: 'spin.ts', original: { line: 1, column: 7 }, generated: { line: 2, column: 0 } };
  addMapping(map, mapped);
  addMapping(map, {
    ...mapped,
    original: { line: 1, column: 16 },
    generated: { line: 2, column: 9 },
    name: 'spinAround',
  });
  const address = `data:application/json;base64,${btoa(JSON.stringify(toEncodedMap(map)))}`;
  const script = `\nfunction s(){const e=performance.now()+20;for(;performance.now()<e;);}\n//# sourceMappingURL=${address}\n`;
  const pages = await servePages({ inline: `<p>Words</p>\r\n  <script>${script}</script>` });
  const { page, panel, close } = await openInDevTools((page) => page.goto(pages.url('inline')));
  try {
    await arm(panel, 's');
    await page.evaluate('s()');
    await statusOf(panel, /^Captured 1 call, /);
    await panel.byRole('treeitem', /^spinAround, /).node();
    const link = await waitFor('the original place', () => panel.byRole('button', 'spin.ts:1').node());
    expect(link.description).toMatch(/spin\.ts:1:17$/);
    expect(panel.exceptions).toEqual([]);
  } finally {
    await close();
    await pages.close();
  }
});
