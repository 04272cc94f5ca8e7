import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { buildApp } from '../apps/build.ts';
import { type ServedApp, serveApp } from '../apps/serve.ts';
import { type FlambePanel, type Launched, launchWithExtension, openFlambePanel, waitFor } from '../harness/index.ts';
import { layoutOf } from './layout.ts';
import { type ServedPages, servePages } from './pages.ts';
import { alertOf, isAttached, statusOf } from './panel-talk.ts';

/** Listeners of the selected element: where they stand, what people call them, and those within frames. */

const within = `<button type=button id=inner>Inside</button><script>
  inner.addEventListener('click', function ofInner() {
    const end = performance.now() + 5;
    while (performance.now() < end);
  });
</script>`;

let launched: Launched;
let page: Page;
let panel: FlambePanel;

/** Selects an element in DevTools, of the page or of the frame with that address, and comes back to the panel. */
async function select(element: string, frameURL: string): Promise<void> {
  const evaluate = (expression: string) =>
    panel.evaluate(
      (expression, frameURL) =>
        new Promise<boolean>((done) => {
          const { eval: evaluate } = chrome.devtools.inspectedWindow;
          evaluate<boolean>(expression, { frameURL }, (...answer) => done(answer[0] === true));
        }),
      expression,
      frameURL,
    );
  await waitFor('the element to be there', () => evaluate(`${element} instanceof Element`));
  await evaluate(`inspect(${element})`);
  await waitFor('the element to be selected', () => evaluate(`$0 === ${element}`));
  await panel.devtools.showExtensionTab(launched.extensionId);
}

const row = (text: RegExp) =>
  panel
    .byRole('table', 'Listeners')
    .byRole('row')
    .node((node) => text.test(node.text));

async function lookAt(state: string): Promise<void> {
  const pictures = path.join(import.meta.dirname, 'pictures');
  await mkdir(pictures, { recursive: true });
  const { session } = panel.devtools;
  for (const [width, height] of [
    [400, 640],
    [1600, 700],
  ] as const) {
    const around = (await session.evaluate(() => innerHeight)) - (await panel.evaluate(() => innerHeight));
    const metrics = { width, height: height + around, deviceScaleFactor: 1, mobile: false };
    await session.send('Emulation.setDeviceMetricsOverride', metrics);
    await waitFor('the panel to have its size', () =>
      panel.evaluate((width, height) => innerWidth === width && innerHeight === height, width, height),
    );
    await panel.settled();
    await writeFile(path.join(pictures, `${state}-${width}.png`), await panel.screenshot());
    expect((await panel.evaluate(layoutOf)).problems, `${state} at ${width} px`).toEqual([]);
  }
  await session.send('Emulation.clearDeviceMetricsOverride');
  await panel.settled();
}

describe('of a minified app with its map inside', () => {
  let app: ServedApp;
  beforeAll(async () => {
    app = await serveApp((await buildApp({ bundler: 'vite', mode: 'production', maps: 'inline' })).folder);
    launched = await launchWithExtension(inject('extension'));
    page = launched.page;
    await page.goto(app.url);
    panel = await openFlambePanel(launched, page, { dock: 'undocked' });
  });
  afterAll(async () => {
    await launched?.close();
    await app?.close();
  });

  test('each has its original place and name when that is asked for, for which the debugger comes and goes', async () => {
    await select("document.querySelector('form button')", app.url);
    await panel.click('button', 'From the page…');
    await row(/onSubmit/);
    expect(await isAttached(panel)).toBe(false);
    await panel.byRole('checkbox', 'Places').click();
    await row(/^onSubmitsearchrecipe-list\.jsx:22:12React/);
    await waitFor('the debugger to be gone', async () => !(await isAttached(panel)));
    const link = panel.byRole('table', 'Listeners').byRole('button', 'recipe-list.jsx:22:12');
    expect((await link.node()).description).toMatch(/^Open http:.*recipe-list\.jsx:22:12\sgenerated: .*\.js:\d+:\d+$/);
    await lookAt('listener-places');
  });

  test('another element has its own, without being asked again', async () => {
    await select("document.querySelector('input')", app.url);
    await row(/^onChange.*recipe-list\.jsx:31:\d+React/);
    expect(panel.exceptions).toEqual([]);
  });
});

describe('in frames', () => {
  let pages: ServedPages;
  beforeAll(async () => {
    pages = await servePages({ frame: within });
    const inner = pages.url('frame');
    const other = pages.url('frame', 'localhost');
    const framed = await servePages({
      framed: `<button type=button id=outer onclick="void 0">Outside</button>
        <iframe src="${inner}"></iframe><iframe src="${other}"></iframe>`,
    });
    const closeFrames = pages.close;
    pages = {
      url: (name, host) => (name === 'framed' ? framed.url(name, host) : `${host === 'localhost' ? other : inner}`),
      async close() {
        await closeFrames();
        await framed.close();
      },
    };
    launched = await launchWithExtension(inject('extension'));
    page = launched.page;
    await page.goto(pages.url('framed'));
    panel = await openFlambePanel(launched, page, { dock: 'undocked' });
  });
  afterAll(async () => {
    await launched?.close();
    await pages?.close();
  });

  test('of another process they are listed, and the panel says that it can’t get there', async () => {
    await select("document.querySelector('#inner')", pages.url('frame', 'localhost'));
    await panel.click('button', 'From the page…');
    await statusOf(panel, /^1 listener · in the frame frame$/);
    await panel.click('button', 'Capture ofInner, click of button#inner');
    const alert = await alertOf(panel, /listener of click is out of reach/);
    expect(alert).toContain('a frame of another site');
  });

  test('what is selected in such a frame besides is not passed over', async () => {
    await panel.click('button', 'From the page…');
    await select("document.querySelector('#outer')", pages.url('framed'));
    await statusOf(panel, /^1 listener · without what is selected in the frame frame, which is of another site$/);
    await panel.click('button', 'From the page…');
  });

  test('of the same process they are listed with their places, and captured', async () => {
    await page.reload();
    await select("document.querySelector('#inner')", pages.url('frame'));
    await panel.click('button', 'From the page…');
    await statusOf(panel, /^1 listener · in the frame frame$/);
    await panel.byRole('checkbox', 'Places').click();
    await row(/^click.*ofInner.*frame:2:\d+/);
    await panel.click('button', 'Capture ofInner, click of button#inner');
    await statusOf(panel, /^Waiting for call 1 of 1 of /);
    await page.frameLocator('iframe').first().getByRole('button').click();
    await statusOf(panel, /^Captured 1 call, /);
    expect((await panel.byRole('treeitem').node()).name).toMatch(/^ofInner, /);
    expect(panel.exceptions).toEqual([]);
  });
});
