/**
 * Finds a Chromium that Flambe can be loaded into, and says how to start it. What to do next is decided by
 * `chooseBrowser` from facts alone; `findBrowser` gathers the facts and does it.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { reasonIn, run } from './run.mjs';

/** As in manifest.json's minimum_chrome_version: flat debugger sessions. */
const oldestVersion = 125;
/** From here on Google Chrome ignores --load-extension. Chromium and Chrome for Testing obey it. */
const firstDeafChrome = 137;

const playwrightName = 'Playwright’s Chromium';

const installs = {
  playwright: 'npx playwright install chromium',
  libraries: 'npx playwright install-deps chromium',
  apt: 'apt-get update && apt-get install -y chromium',
};

/** Why a browser that calls itself `version` won't do; undefined when it will. */
export function versionProblem(version) {
  const major = Number(/\b(\d+)\.\d+/.exec(version)?.[1]);
  if (!major) return `does not say its version (it said ${JSON.stringify(version)})`;
  if (/^Google Chrome \d/.test(version) && major >= firstDeafChrome)
    return `is Google Chrome ${major}, which ignores --load-extension (since ${firstDeafChrome}); Chromium and Chrome for Testing obey it`;
  if (major < oldestVersion) return `is version ${major}, Flambe needs ${oldestVersion} or newer`;
  return undefined;
}

/** The next step towards a browser: use one, run an install command, or give up with a message for people. */
export function chooseBrowser({ candidates, attempts, debianRoot }) {
  const good = candidates.find((candidate) => candidate.path && !candidate.problem);
  if (good) return { use: good.path };
  const [first] = candidates;
  if (first?.name === 'FLAMBE_CHROMIUM' && first.path)
    return { giveUp: `FLAMBE_CHROMIUM: ${first.path} ${first.problem}.\n${advice}` };

  const untried = (command) => !attempts.some((attempt) => attempt.command === command);
  if (untried(installs.playwright)) return { run: installs.playwright };
  const lacksLibraries = candidates.some((candidate) => candidate.name === playwrightName && candidate.path);
  if (debianRoot && lacksLibraries && untried(installs.libraries)) return { run: installs.libraries };
  if (debianRoot && untried(installs.apt)) return { run: installs.apt };
  const tried = [
    ...candidates.map(({ name, path, problem }) => (path ? `${name}: ${path} ${problem}` : `${name}: ${problem}`)),
    ...attempts.map(({ command, outcome }) => `${command}: ${outcome}`),
    ...(debianRoot ? [] : [`${installs.apt}: not tried, it takes Debian or its kin and root`]),
  ];
  return { giveUp: `No browser for Flambe. Tried:\n${tried.map((line) => `  - ${line}`).join('\n')}\n${advice}` };
}

const advice = `Install Chromium ${oldestVersion} or newer (Debian: "sudo apt-get install chromium", Ubuntu: "sudo snap install chromium", macOS: \
"brew install --cask chromium", anywhere: "npx playwright install --with-deps chromium"), or set FLAMBE_CHROMIUM to the path of one.`;

/** Path of a Chromium that runs here, installed on the way if there is none. Throws an Error for people otherwise. */
export async function findBrowser({ say = console.log } = {}) {
  const attempts = [];
  const debianRoot = isRoot() && existsSync('/etc/debian_version');
  for (;;) {
    const choice = chooseBrowser({ candidates: await lookAround(), attempts, debianRoot });
    if (choice.use) return choice.use;
    if (choice.giveUp) throw new Error(choice.giveUp);
    say(`No browser yet: ${choice.run}`);
    const { code, output } = await run(choice.run, { env: { DEBIAN_FRONTEND: 'noninteractive' }, say });
    const outcome = code === 0 ? 'done, but what came of it does not do' : `failed (${reasonIn(output) || code})`;
    attempts.push({ command: choice.run, outcome });
  }
}

/** Candidates in order of preference, up to the first that does. Where FLAMBE_CHROMIUM is set nothing else counts. */
async function lookAround() {
  const configured = process.env.FLAMBE_CHROMIUM;
  if (configured) return [await probe('FLAMBE_CHROMIUM', configured)];
  const candidates = [{ name: 'FLAMBE_CHROMIUM', problem: 'not set' }];
  const places = [
    [playwrightName, playwrightPath],
    ['chromium on the PATH', () => onPath('chromium')],
    ['chromium-browser on the PATH', () => onPath('chromium-browser')],
  ];
  for (const [name, find] of places) {
    const file = await find();
    const candidate = file ? await probe(name, file) : { name, problem: 'none' };
    candidates.push(candidate);
    if (!candidate.problem) break;
  }
  return candidates;
}

async function probe(name, file) {
  if (!existsSync(file)) return { name, path: file, problem: 'does not exist' };
  try {
    return { name, path: file, problem: versionProblem(await versionOf(file)) };
  } catch (error) {
    return { name, path: file, problem: `does not run (${reasonIn(error.stderr || error.message)})` };
  }
}

async function versionOf(file) {
  // On Windows `--version` opens a window instead of answering, so the file's own properties are asked.
  const [program, args] =
    process.platform === 'win32'
      ? [
          'powershell',
          [
            '-NoProfile',
            '-Command',
            '(Get-Item -LiteralPath $env:FLAMBE_PROBE).VersionInfo | % { $_.ProductName + " " + $_.ProductVersion }',
          ],
        ]
      : [file, ['--version']];
  const env = { ...process.env, FLAMBE_PROBE: file };
  const { stdout } = await promisify(execFile)(program, args, { timeout: 30_000, env });
  return stdout.trim();
}

/** Path of the browser that this version of Playwright installs, if it is there. */
async function playwrightPath() {
  const { chromium } = await import('playwright');
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

function onPath(name) {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, file)).find((candidate) => existsSync(candidate));
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** Command line switches for every Chromium that Flambe's scripts and tests start: a quiet one, off the network. */
export function browserArgs({ headless = true } = {}) {
  return [
    ...(headless ? ['--headless=new', '--disable-gpu'] : []),
    ...(isRoot() ? ['--no-sandbox'] : []),
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-quic',
    '--disable-sync',
  ];
}

/** Options for Playwright's `chromium.launch` and `launchPersistentContext`. */
export function launchOptions(executablePath, { headless = true, args = [] } = {}) {
  return {
    executablePath,
    // Playwright's own headless mode is a browser without extensions; the switch above is the full one.
    headless: false,
    // Playwright turns the sandbox off unless asked not to.
    chromiumSandbox: !isRoot(),
    args: [...browserArgs({ headless }), ...args],
  };
}
