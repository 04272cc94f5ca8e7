import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type Launched, launchWithExtension, openOwnWindow } from '../harness/index.ts';
import { layoutOf } from './layout.ts';
import { sizes } from './look.ts';
import { type ServedPages, servePages } from './pages.ts';

/** Opening profiles that others have recorded: here Node, in the test; in a window of Flambe's own. */

const program = `
  function spin(ms) { const end = performance.now() + ms; while (performance.now() < end); }
  function roast() { spin(120); }
  function grind() { spin(60); }
  function brew() { grind(); roast(); }
  brew();
`;

let launched: Launched;
let pages: ServedPages;
let panel: Page;
let folder: string;
let profile: Buffer;
let thrown: Error[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flambe-profile-'));
  const options = ['--cpu-prof', '--cpu-prof-interval', '500', '--cpu-prof-dir', folder, '--cpu-prof-name', 'coffee'];
  await promisify(execFile)(process.execPath, [...options, '-e', program]);
  profile = await readFile(path.join(folder, 'coffee'));
  pages = await servePages({ blank: '' });
  launched = await launchWithExtension(inject('extension'), { devtools: false });
});
afterAll(async () => {
  await launched?.close();
  await pages?.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await launched.page.goto(pages.url('blank'));
  panel = await openOwnWindow(launched, launched.page);
  thrown = [];
  panel.on('pageerror', (error) => thrown.push(error));
});
afterEach(async () => {
  expect(thrown).toEqual([]);
  await panel.close();
});

const status = (says: RegExp) => panel.getByRole('status').getByText(says).waitFor();
const box = (name: string) => panel.getByRole('treeitem', { name: new RegExp(`^${name}, `) }).first();
const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
const view = (name: string) => panel.getByRole('radio', { name, exact: true }).check({ force: true });

async function open(name: string, bytes: Buffer): Promise<void> {
  const [chooser] = await Promise.all([panel.waitForEvent('filechooser'), press('Open a profile…')]);
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  await chooser.setFiles(file);
}

test('a .cpuprofile that Node has written opens with all views', async () => {
  await open('coffee.cpuprofile', profile);
  await status(/^Opened coffee\.cpuprofile: V8 profile · [\d.,]+ m?s · [\d,]+ samples · one sample every/);
  await box('All').waitFor();
  await box('roast').waitFor();
  for (const { width, height } of sizes) {
    await panel.setViewportSize({ width, height });
    expect((await panel.evaluate(layoutOf)).problems, `at ${width} px`).toEqual([]);
  }
  await panel.setViewportSize({ width: 1200, height: 500 });

  await view('Flame chart');
  // By time, the longer one stands first.
  await panel.waitForFunction(() => {
    const boxes = [...document.querySelectorAll('[role=treeitem]')];
    const named = (name: string) => boxes.filter((each) => each.getAttribute('aria-label')?.startsWith(`${name}, `));
    const left = (name: string) => Math.min(...named(name).map((each) => each.getBoundingClientRect().x));
    return left('grind') < left('roast');
  });
  await view('Bottom-up');
  await box('All functions').waitFor();
  await view('Sandwich');
  await panel.getByRole('tree', { name: 'Callers' }).waitFor();
  await view('Functions');
  await panel.getByRole('table', { name: 'Functions' }).getByText('roast').first().waitFor();
  await view('Icicle');
  await panel.getByRole('searchbox', { name: 'Search frames' }).fill('roast');
  await status(/^Matched [\d.]+ %/);

  const [download] = await Promise.all([panel.waitForEvent('download'), press('Export SVG')]);
  expect(download.suggestedFilename()).toBe('flambe-coffee.cpuprofile.svg');
  const text = await readFile(await download.path(), 'utf8');
  expect([...text.matchAll(/<p class="facts">(.*?)<\/p>/g)].map(([, words]) => words)).toEqual([
    expect.stringMatching(/^V8 profile · [\d.,]+ m?s · [\d,]+ samples · one sample every [\d.,]+ [µm]s$/),
  ]);
  await panel.reload();
  await open('coffee.svg', Buffer.from(text));
  await status(/^Opened coffee\.svg: coffee\.cpuprofile · V8 profile/);
  await box('roast').waitFor();
});

test('packed with gzip, and dropped', async () => {
  await panel.getByText('Somebody sent you a profile?').waitFor();
  await panel.evaluate(
    (bytes) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(bytes)], 'coffee.cpuprofile.gz'));
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    },
    [...gzipSync(profile)],
  );
  await status(/^Opened coffee\.cpuprofile\.gz: V8 profile/);
  await box('roast').waitFor();
});

test('what is wrong with a file is said, and what was open stays', async () => {
  await open('coffee.cpuprofile', profile);
  await box('roast').waitFor();
  await press('Options');
  const refusal = (words: RegExp) => panel.getByRole('alert').getByText(words).waitFor();
  await open('half.cpuprofile', profile.subarray(0, profile.length >> 1));
  await refusal(
    /half\.cpuprofile can't be opened.*it ends where .* should come \(at byte \d+\).*Choose a \.cpuprofile/,
  );
  const packed = gzipSync(profile);
  await open('half.cpuprofile.gz', packed.subarray(0, packed.length >> 1));
  await refusal(/half\.cpuprofile\.gz can't be opened.*it can't be unpacked/);
  await open('other.cpuprofile', Buffer.from('{"version":3}'));
  await refusal(/other\.cpuprofile can't be opened.*it has no nodes/);
  await open('empty.cpuprofile', Buffer.alloc(0));
  await refusal(/empty\.cpuprofile can't be opened.*there is nothing in it/);
  await box('roast').waitFor();
});

test('reading says how far it is, and ends on Cancel', async () => {
  await open('coffee.cpuprofile', profile);
  await box('roast').waitFor();
  await press('Options');
  // As soon as it can be pressed, which is long before so much is unpacked.
  const seen = panel.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const look = () => {
          const button = [...document.querySelectorAll('button')].find(
            (each) => each.textContent === ' Cancel reading',
          );
          const says = [...document.querySelectorAll('[role=status]')].map((each) => each.textContent);
          const words = says.find((each) => each?.startsWith('Reading spaces'));
          if (!button || !words) return;
          observer.disconnect();
          button.click();
          resolve(words);
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
  await open('spaces.cpuprofile.gz', gzipSync(Buffer.alloc(300_000_000, ' '), { level: 1 }));
  expect(await seen).toMatch(/^Reading spaces\.cpuprofile\.gz: \d+ %$/);
  await panel.getByRole('button', { name: 'Cancel reading' }).waitFor({ state: 'detached' });
  await status(/^Opened coffee\.cpuprofile/);
  expect(await panel.getByRole('alert').count()).toBe(0);
  // Another file is read as if nothing had been.
  await open('again.cpuprofile', profile);
  await status(/^Opened again\.cpuprofile/);
});
