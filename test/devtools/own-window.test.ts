import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, test } from 'vitest';
import { openOwnWindow } from '../harness/index.ts';
import type { Stage } from './ending-stage.ts';
import { Hands } from './hands.ts';
import { openStageAmongOthers, type StageAmongOthers } from './other-extensions.ts';

/** Pages that the debugger may not attach to; in a window of Flambe's own. */

let others: StageAmongOthers;
let stage: Stage;

beforeAll(async () => {
  others = await openStageAmongOthers();
  ({ stage } = others);
});
afterAll(() => others?.close());

async function openAt(url: string): Promise<{ page: Page; panel: Hands }> {
  const page = await stage.launched.context.newPage();
  await page.goto(url);
  if (url.startsWith('http://localhost'))
    await page.frameLocator('iframe[title=Stranger]').getByText('A frame of another extension').waitFor();
  return { page, panel: Hands.inOwnWindow(await openOwnWindow(stage.launched, page)) };
}

test('a page of the browser’s own', async () => {
  const { panel } = await openAt('chrome://version');
  await panel.warns(/^This page can't be debugged.*Chrome keeps extensions away from its own pages/);
});

test('a page with a frame of another extension', async () => {
  const { panel } = await openAt(stage.url('shop', 'localhost'));
  await panel.warns(/^This page can't be debugged.*Another extension has put a frame of its own into it/);
});

test('a frame of another extension comes while the window is attached', async () => {
  const { page, panel } = await openAt(stage.url());
  await panel.says(/^Attached to the page/);
  await page.goto(stage.url('shop', 'localhost'));
  await panel.says(/^Not attached to the page/);
});

test('a file, without leave to see files; and with it', async () => {
  const file = path.join(others.folder, 'file.html');
  await writeFile(file, '<!doctype html><title>File</title>');
  const { panel: allowed } = await openAt(pathToFileURL(file).href);
  await allowed.says(/^Attached to the page/);
  await refuseFiles();
  const { panel } = await openAt(pathToFileURL(file).href);
  await panel.warns(/^Flambe may not look at files yet.*Allow access to file URLs/);
});

/** The switch in the browser's page of extensions, which starts the extension again: in developer mode only. */
async function refuseFiles(): Promise<void> {
  const settings = await stage.launched.context.newPage();
  await settings.goto('chrome://extensions');
  const gone = stage.witness.waitForEvent('close');
  await settings.evaluate(async (extensionId) => {
    const { developerPrivate } = chrome as unknown as {
      developerPrivate: Record<
        'updateProfileConfiguration' | 'updateExtensionConfiguration',
        (change: object) => Promise<void>
      >;
    };
    await developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
    await developerPrivate.updateExtensionConfiguration({ extensionId, fileAccess: false });
  }, stage.launched.extensionId);
  await gone;
  await stage.meetWitness();
  await settings.close();
}
