import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type BrowserFacts, chooseBrowser, findBrowser, versionProblem } from '../../scripts/browser.mjs';

const notSet = { name: 'FLAMBE_CHROMIUM', problem: 'not set' };
const noPlaywright = { name: 'Playwright’s Chromium', problem: 'none' };
const brokenPlaywright = { name: 'Playwright’s Chromium', path: '/pw/chrome', problem: 'does not run (no libnss3.so)' };
const nothing = [notSet, noPlaywright, { name: 'chromium on the PATH', problem: 'none' }];

const playwright = 'npx playwright install chromium';
const libraries = 'npx playwright install-deps chromium';
const apt = 'apt-get update && apt-get install -y chromium';
const failed = (...commands: string[]) => commands.map((command) => ({ command, outcome: 'failed (no network)' }));

describe('the next step towards a browser', () => {
  const facts = (some: Partial<BrowserFacts>): BrowserFacts => ({
    candidates: nothing,
    attempts: [],
    debianRoot: false,
    ...some,
  });

  test.each<[string, Partial<BrowserFacts>, string]>([
    ['FLAMBE_CHROMIUM runs', { candidates: [{ name: 'FLAMBE_CHROMIUM', path: '/my/chromium' }] }, 'use /my/chromium'],
    [
      'the first that runs',
      { candidates: [notSet, brokenPlaywright, { name: 'chromium on the PATH', path: '/usr/bin/chromium' }] },
      'use /usr/bin/chromium',
    ],
    ['nothing there', {}, `run ${playwright}`],
    ['nothing there, Debian as root', { debianRoot: true }, `run ${playwright}`],
    ['no download, Debian as root', { attempts: failed(playwright), debianRoot: true }, `run ${apt}`],
    [
      'a download that lacks libraries, Debian as root',
      { candidates: [notSet, brokenPlaywright], attempts: failed(playwright), debianRoot: true },
      `run ${libraries}`,
    ],
    [
      'libraries did not help either',
      { candidates: [notSet, brokenPlaywright], attempts: failed(playwright, libraries), debianRoot: true },
      `run ${apt}`,
    ],
    ['no download, not root', { attempts: failed(playwright) }, 'give up'],
    ['all in vain', { attempts: failed(playwright, apt), debianRoot: true }, 'give up'],
    [
      'FLAMBE_CHROMIUM does not do: nothing else is taken in its place',
      { candidates: [{ name: 'FLAMBE_CHROMIUM', path: '/my/chrome', problem: 'does not exist' }], debianRoot: true },
      'give up',
    ],
  ])('%s', (_, some, expected) => {
    const { use, run } = chooseBrowser(facts(some));
    expect(use ? `use ${use}` : run ? `run ${run}` : 'give up').toBe(expected);
  });

  test('giving up names everything that was tried with its outcome, and what to install', () => {
    const { giveUp } = chooseBrowser(
      facts({ candidates: [notSet, brokenPlaywright], attempts: failed(playwright), debianRoot: false }),
    );
    for (const part of ['not set', '/pw/chrome does not run (no libnss3.so)', `${playwright}: failed (no network)`])
      expect(giveUp).toContain(part);
    expect(giveUp).toContain('not tried');
    expect(giveUp).toContain('sudo apt-get install chromium');
  });
});

describe('versions', () => {
  test.each<[string, RegExp | undefined]>([
    ['Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)', undefined],
    ['Google Chrome for Testing 141.0.7390.37', undefined],
    ['Google Chrome 136.0.7103.59', undefined],
    ['Google Chrome 137.0.7151.55', /ignores --load-extension/],
    ['Google Chrome 156.0.8078.79 beta', /ignores --load-extension/],
    ['Chromium 124.0.6367.60', /125 or newer/],
    ['hello', /does not say its version/],
  ])('%s', (version, problem) => {
    if (problem) expect(versionProblem(version)).toMatch(problem);
    else expect(versionProblem(version)).toBeUndefined();
  });
});

describe.skipIf(process.platform === 'win32')('what FLAMBE_CHROMIUM points to', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'flambe-browser-'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  async function program(text: string): Promise<string> {
    const file = path.join(folder, 'chromium');
    await writeFile(file, `#!/bin/sh\n${text}\n`);
    await chmod(file, 0o755);
    vi.stubEnv('FLAMBE_CHROMIUM', file);
    return file;
  }

  test('runs: it is taken', async () => {
    const file = await program('echo Chromium 150.0.1.2');
    await expect(findBrowser()).resolves.toBe(file);
  });

  test('is Google Chrome: refused with the reason', async () => {
    await program('echo Google Chrome 150.0.1.2');
    await expect(findBrowser()).rejects.toThrow(/FLAMBE_CHROMIUM: .* is Google Chrome 150, which ignores/);
  });

  test('does not run: refused with its own words', async () => {
    await program('echo libnss3.so: cannot open shared object file >&2; exit 127');
    await expect(findBrowser()).rejects.toThrow(/does not run \(libnss3\.so: cannot open/);
  });

  test('does not exist: refused', async () => {
    vi.stubEnv('FLAMBE_CHROMIUM', path.join(folder, 'nowhere'));
    await expect(findBrowser()).rejects.toThrow(/nowhere does not exist/);
  });
});
