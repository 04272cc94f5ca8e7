import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Takes one capture of the demo the way a person does: three renderings of its README, and their flame graph as a file.
 * Returns the paths of the exported SVG and of a picture of the DevTools window, both in `folder`.
 */
export async function captureDemo({ harness, launched, panel, folder, say }) {
  const { page } = launched;
  await mkdir(folder, { recursive: true });
  const downloads = await harness.catchDownloads(launched, folder);

  say('Picking marked.parse …');
  await panel.byRole('combobox', 'Function').fill('marked.parse');
  await panel.byRole('option', /^marked\.parse\b/).click();
  await panel.byRole('spinbutton', 'Calls').fill('3');
  await panel.click('button', 'Capture');
  await settled(panel, /^Waiting for call 1 of 3/);
  say('Rendering the README three times …');
  for (let click = 0; click < 3; click++) await page.getByRole('button', { name: 'Render README' }).click();
  say(await settled(panel, /^Captured 3 calls/));
  await panel.byRole('treeitem').node();

  await panel.click('button', 'Export SVG');
  const svg = path.join(folder, 'marked.parse.svg');
  await rename(await downloads.next(), svg);
  const screenshot = path.join(folder, 'devtools.png');
  await writeFile(screenshot, await panel.screenshot());
  return { svg, screenshot };

  /** Waits for a status, and gives up at once when the panel says what went wrong. */
  async function settled(panel, expected) {
    const { text, role } = await harness.waitFor(`the status ${expected}`, async () => {
      const [status] = (await panel.byRole('status').all()).filter((node) => expected.test(node.text));
      const [alert] = await panel.byRole('alert').all();
      return status ?? alert;
    });
    if (role === 'alert') throw new Error(`Flambe says: ${text}`);
    return text;
  }
}
