import './node-version.mjs';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { buildExtension, dist } from './extension.mjs';
import { root, runNode } from './run.mjs';
import { installPackages } from './setup.mjs';
import { countVitest } from './test-count.mjs';

const tool =
  (script, ...args) =>
  async () => {
    const { code, output } = await runNode(script, args);
    if (code !== 0) throw new Error(output.trimEnd());
  };

const checks = [
  ['type check', tool('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json')],
  ['type check without the DOM', tool('node_modules/typescript/bin/tsc', '-p', 'tsconfig.pure.json')],
  ['lint', tool('node_modules/@biomejs/biome/bin/biome', 'ci', '.')],
  [
    'build',
    async () => {
      await buildExtension();
      // Tests of the extension take this one.
      process.env.FLAMBE_EXTENSION = dist;
    },
  ],
];

let passed = 0;
let failed = 0;
try {
  await installPackages();
  // The tests look here first, so what was found (or installed) now is what they use.
  process.env.FLAMBE_CHROMIUM = await findBrowser();
  for (const [name, check] of checks) await runCheck(name, check);
  const tests = await runVitest(process.argv.slice(2));
  passed += tests.passed;
  failed += tests.failed;
  if (tests.skipped > 0) console.log(`${tests.skipped} skipped`);
} catch (error) {
  console.error(error.message);
  failed += 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function runCheck(name, check) {
  const start = Date.now();
  try {
    await check();
    passed += 1;
    console.log(`✓ ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.error(`${error.message}\n✗ ${name}`);
  }
}

/** Runs the tests with the terminal's reporter, and counts them in the report that is written beside it. */
async function runVitest(args) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'flambe-test-'));
  const report = path.join(folder, 'report.json');
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], { cwd: root, stdio: 'inherit' });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const json = await readFile(report, 'utf8').catch(() => 'null');
  await rm(folder, { recursive: true });
  return countVitest(JSON.parse(json), code);
}
