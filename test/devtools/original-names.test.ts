import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { buildApp, bundleName, bundles } from '../apps/build.ts';
import { type ServedApp, serveApp } from '../apps/serve.ts';
import { rankRecipes } from '../apps/use.ts';
import {
  boxesNamed,
  type FlambePanel,
  type Launched,
  launchWithExtension,
  openFlambePanel,
  openOwnWindow,
  waitFor,
} from '../harness/index.ts';
import { layoutOf } from './layout.ts';
import { statusOf } from './panel-talk.ts';

/** What people wrote, in the place of what bundlers made of it. */

/** The maps of a built app, by their names. */
async function mapFiles(folder: string): Promise<string[]> {
  const assets = path.join(folder, 'assets');
  return (await readdir(assets)).filter((name) => name.endsWith('.map')).map((name) => path.join(assets, name));
}

describe('in a window of its own', () => {
  let launched: Launched;
  const served: ServedApp[] = [];
  beforeAll(async () => {
    launched = await launchWithExtension(inject('extension'), { devtools: false });
  });
  // An app that nobody looks at any more, and a panel with all its names, still take their time.
  afterEach(async () => {
    for (const page of launched.context.pages()) if (page !== launched.page) await page.close();
  });
  afterAll(async () => {
    await launched?.close();
    for (const app of served) await app.close();
  });

  /** The app in a page, the panel that works on it, and what the panel has thrown. */
  async function open(bundle: (typeof bundles)[number]) {
    const { folder } = await buildApp(bundle);
    const app = await serveApp(folder);
    served.push(app);
    const page = await launched.context.newPage();
    await page.goto(app.url);
    const panel = await openOwnWindow(launched, page);
    const thrown: Error[] = [];
    panel.on('pageerror', (error) => thrown.push(error));
    return { folder, page, panel, thrown };
  }

  const status = (panel: Page, says: RegExp) => panel.getByRole('status').getByText(says).waitFor();
  const toggle = (panel: Page) => panel.getByRole('checkbox', { name: 'Original names' });
  const box = (panel: Page, name: string) => panel.getByRole('treeitem', { name: new RegExp(`^${name}, `) }).first();
  const boxNames = async (panel: Page) => {
    await boxesNamed(panel);
    return panel
      .getByRole('treeitem')
      .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')!.split(',')[0]!));
  };

  async function record(page: Page, panel: Page): Promise<void> {
    await panel.getByRole('button', { name: 'Record', exact: true }).click();
    await status(panel, /^Recording …/);
    await rankRecipes(page);
    await panel.getByRole('button', { name: 'Stop' }).click();
    await status(panel, /^Recorded /);
  }

  /** Drops files on the panel, as a hand would. */
  async function drop(panel: Page, files: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
    const data = await panel.evaluateHandle((files) => {
      const transfer = new DataTransfer();
      for (const { name, text } of files) transfer.items.add(new File([text], name));
      return transfer;
    }, files);
    await panel.dispatchEvent('main', 'dragover', { dataTransfer: data });
    await panel.getByText('Drop a profile (.cpuprofile, .svg) or source maps here').waitFor();
    await panel.dispatchEvent('main', 'drop', { dataTransfer: data });
    await panel.getByText('Drop a profile (.cpuprofile, .svg) or source maps here').waitFor({ state: 'detached' });
  }

  const withMaps = bundles.filter(({ maps }) => maps === 'inline');
  test.each(withMaps.map((bundle) => ({ bundle, name: bundleName(bundle) })))(
    '$name: table and graph have the original names and files',
    async ({ bundle }) => {
      const { page, panel, thrown } = await open(bundle);
      await record(page, panel);
      const table = panel.getByRole('table', { name: 'Functions' });
      await table.getByRole('row', { name: /^rankRecipes .* rank\.ts:12 / }).waitFor();
      await panel
        .getByRole('cell', { name: /^react-dom · / })
        .first()
        .waitFor();

      await panel.getByRole('button', { name: 'Capture this one: rankRecipes', exact: true }).click();
      await status(panel, /^Waiting for call 1 of 1/);
      await rankRecipes(page);
      await status(panel, /^Captured 1 call/);
      await box(panel, 'rankRecipes').waitFor();
      for (const name of ['scoreRecipe', 'editDistance']) expect(await box(panel, name).count()).toBe(1);
      const details = panel.locator('.details');
      await box(panel, 'scoreRecipe').hover();
      await expect.poll(() => details.textContent()).toMatch(/^scoreRecipe.*rank\.ts:20generated: \S+ \S+:\d+:\d+/);
      await details.locator('[title*="model/rank.ts"][title*=":20:"]').waitFor();

      const [download] = await Promise.all([
        panel.waitForEvent('download'),
        panel.getByRole('button', { name: 'Export SVG' }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^flambe-rankRecipes-rank\.ts-12-/);
      const svg = await readFile(await download.path(), 'utf8');
      // Of code in an `eval`, a trace does not give the address of every function.
      expect(svg.match(/<title>rankRecipes, [^<]*/)?.[0]).toMatch(/rank\.ts:12$/);
      expect(svg).toContain('<title>editDistance, ');

      await toggle(panel).uncheck();
      await box(panel, 'scoreRecipe').waitFor({ state: bundle.mode === 'production' ? 'detached' : 'attached' });
      await box(panel, (await boxNames(panel))[0]!).hover();
      await expect.poll(() => details.textContent()).toMatch(/original: rankRecipes rank\.ts:12/);
      await toggle(panel).check();
      await box(panel, 'scoreRecipe').waitFor();
      expect(thrown).toEqual([]);
    },
  );

  test('the choice is remembered', async () => {
    const bundle = { bundler: 'vite', mode: 'production', maps: 'inline' } as const;
    const first = await open(bundle);
    await record(first.page, first.panel);
    await toggle(first.panel).uncheck();
    await first.panel.reload();
    await record(first.page, first.panel);
    await toggle(first.panel).waitFor();
    expect(await toggle(first.panel).isChecked()).toBe(false);
    await toggle(first.panel).check();
  });

  describe.each(bundles.filter(({ maps, mode }) => maps === 'file' && mode === 'production'))('$bundler', (bundle) => {
    test('without its map a graph has the names that ran; dropped on the panel, it gives others, where one looks', async () => {
      const { folder, page, panel, thrown } = await open(bundle);
      await record(page, panel);
      // The busiest function is editDistance, whatever it is called now.
      await panel.getByRole('table', { name: 'Functions' }).getByRole('row').nth(1).getByRole('button').first().click();
      await panel.getByRole('treeitem').first().waitFor();
      const generated = await boxNames(panel);
      expect(generated).not.toContain('editDistance');
      expect(await toggle(panel).count()).toBe(0);
      const files = await mapFiles(folder);
      const texts = files.map(async (file) => ({ name: path.basename(file), text: await readFile(file, 'utf8') }));
      await drop(panel, await Promise.all(texts));
      await box(panel, 'editDistance').waitFor();
      expect(await boxNames(panel)).toHaveLength(generated.length);
      expect(thrown).toEqual([]);
    });

    test('a map of another name is asked about', async () => {
      const { folder, page, panel } = await open(bundle);
      await record(page, panel);
      const file = (await mapFiles(folder)).find((name) => /index-|main\.js/.test(name))!;
      const { file: _, ...map }: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
      await panel.getByRole('button', { name: 'Options', exact: true }).click();
      const [chooser] = await Promise.all([
        panel.waitForEvent('filechooser'),
        panel.getByRole('button', { name: 'Add a source map…' }).click(),
      ]);
      await chooser.setFiles({ name: 'x.map', mimeType: '', buffer: Buffer.from(JSON.stringify(map)) });
      const choice = panel.getByRole('combobox', { name: 'x.map is of' });
      const script = (await choice.getByRole('option').allTextContents()).find((text) => /index-|main\.js/.test(text))!;
      await choice.selectOption(script);
      await panel.getByRole('button', { name: 'Use it' }).click();
      await panel.getByRole('button', { name: 'editDistance', exact: true }).waitFor();
    });
  });

  test('a map that will not do says why', async () => {
    const { folder, page, panel } = await open({ bundler: 'webpack', mode: 'production', maps: 'file' });
    await drop(panel, [{ name: 'picture.png', text: '\u0089PNG' }]);
    await status(panel, /^picture\.png is no source map\.$/);
    const [file] = (await mapFiles(folder)).filter((name) => name.endsWith('main.js.map'));
    const map = JSON.parse(await readFile(file!, 'utf8'));
    // A map that comes first waits for its script.
    await drop(panel, [{ name: 'main.js.map', text: JSON.stringify({ ...map, version: 2 }) }]);
    await status(panel, /^main\.js\.map will be used when/);
    await record(page, panel);
    await status(panel, /^main\.js: The source map could not be read: its version is 2, not 3\.$/);
    await drop(panel, [{ name: 'main.js.map', text: JSON.stringify({ ...map, mappings: '' }) }]);
    await status(panel, /^main\.js\.map says nothing of the functions seen of main\.js: is it of this build\?$/);
    await drop(panel, [{ name: 'main.js.map', text: JSON.stringify(map) }]);
    await panel.getByRole('button', { name: 'editDistance', exact: true }).waitFor();
    expect(await panel.getByRole('status').getByText('main.js').count()).toBe(0);
  });

  test('a broken map does not take the place of the one that the script has', async () => {
    const { page, panel } = await open({ bundler: 'webpack', mode: 'production', maps: 'inline' });
    await record(page, panel);
    await toggle(panel).waitFor();
    await drop(panel, [{ name: 'main.js.map', text: '{' }]);
    await status(panel, /^main\.js: The source map could not be read: /);
    await panel.getByRole('button', { name: 'editDistance', exact: true }).waitFor();
  });

  test.each([400, 800, 1600])('nothing is cut off at %i px', async (width) => {
    const { page, panel } = await open({ bundler: 'vite', mode: 'production', maps: 'inline' });
    await record(page, panel);
    await toggle(panel).waitFor();
    await panel.setViewportSize({ width, height: 640 });
    expect((await panel.evaluate(layoutOf)).problems).toEqual([]);
    await panel.getByRole('button', { name: 'rankRecipes', exact: true }).click();
    await panel.getByRole('button', { name: 'Options', exact: true }).click();
    await drop(panel, [{ name: 'index.js.map', text: '{}' }]);
    await panel.getByRole('combobox', { name: 'index.js.map is of' }).waitFor();
    expect((await panel.evaluate(layoutOf)).problems).toEqual([]);
  });
});

describe('in DevTools', () => {
  const inSources = [
    { bundler: 'vite', mode: 'production', maps: 'inline' },
    { bundler: 'webpack', mode: 'development', maps: 'inline' },
  ] as const;
  test.each(inSources.map((bundle) => ({ bundle, name: bundleName(bundle) })))(
    '$name: a frame leads to what people wrote, in Sources',
    async ({ bundle }) => {
      const app = await serveApp((await buildApp(bundle)).folder);
      const launched = await launchWithExtension(inject('extension'));
      try {
        await launched.page.goto(app.url);
        const panel = await openFlambePanel(launched, launched.page, { dock: 'undocked' });
        await panel.click('button', 'Record');
        await statusOf(panel, /^Recording …/);
        await rankRecipes(launched.page);
        await panel.click('button', 'Stop');
        // Until the maps are read, rows and boxes get other names under the mouse.
        await panel.byRole('checkbox', 'Original names').node();
        await panel.byRole('table', 'Functions').byRole('button', 'rankRecipes').click();
        await panel.byRole('treeitem', /^scoreRecipe, /).click();
        await panel.byRole('button', 'rank.ts:20').click();
        await shownInSources(panel, 20, 20);
        await panel.devtools.showExtensionTab(launched.extensionId);
        await panel.byRole('treeitem', /^editDistance, /).click();
        await panel.click('button', 'Lines');
        await panel.byRole('region', 'Lines of editDistance').byRole('table').byRole('button').click();
        await shownInSources(panel, 34, 45);
        expect(panel.exceptions).toEqual([]);
      } finally {
        await launched.close();
        await app.close();
      }
    },
  );
});

/** Waits until the Sources panel shows one of those lines of `rank.ts`. */
async function shownInSources(panel: FlambePanel, first: number, last: number): Promise<void> {
  await waitFor('the original source in the Sources panel', async () => {
    const source = await panel.devtools.shownSource();
    return source && /\/model\/rank\.ts(\?\w+)?$/.test(source.url) && source.line >= first && source.line <= last;
  });
}
