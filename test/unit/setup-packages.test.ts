import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { nodeProblem } from '../../scripts/node-version.mjs';
import { packagesAreCurrent } from '../../scripts/setup.mjs';
import { countVitest } from '../../scripts/test-count.mjs';

test.each([
  ['v18.20.4', false],
  ['v20.18.3', false],
  ['v20.19.0', true],
  ['v21.7.3', false],
  ['v22.11.0', false],
  ['v22.12.0', true],
  ['v24.0.1', true],
])('Node %s is new enough: %s', (version, enough) => {
  const problem = nodeProblem(version);
  if (enough) expect(problem).toBeUndefined();
  else expect(problem).toContain(version);
});

describe('packages are those of the lock file', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/vite': { version: '8.0.1', integrity: 'sha512-a' },
      'node_modules/rolldown-darwin': { version: '1.0.0', integrity: 'sha512-b', optional: true },
    },
  };
  const installed = (packages: Record<string, { version: string; integrity: string }>) => ({ packages });

  test('all there, other platforms’ left out', () => {
    const there = installed({ 'node_modules/vite': { version: '8.0.1', integrity: 'sha512-a' } });
    expect(packagesAreCurrent(lock, there)).toBe(true);
  });
  test('nothing there', () => expect(packagesAreCurrent(lock, installed({}))).toBe(false));
  test('another version', () => {
    const older = installed({ 'node_modules/vite': { version: '8.0.0', integrity: 'sha512-z' } });
    expect(packagesAreCurrent(lock, older)).toBe(false);
  });
  test('another package of the same version', () => {
    const other = installed({ 'node_modules/vite': { version: '8.0.1', integrity: 'sha512-z' } });
    expect(packagesAreCurrent(lock, other)).toBe(false);
  });
});

test.each(['package-lock.json', 'test/bench/peers/package-lock.json'])('%s names no registry', async (file) => {
  const { packages } = JSON.parse(await readFile(file, 'utf8')) as { packages: Record<string, { resolved?: string }> };
  const named = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
  expect(Object.keys(packages).length).toBeGreaterThan(10);
  expect(named).toEqual([]);
});

describe('counting tests', () => {
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((status) => ({ status })),
  });

  test('by their own outcome', () => {
    const report = {
      testResults: [file('passed', 'passed', 'passed', 'pending'), file('failed', 'failed', 'passed', 'failed')],
    };
    expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });
  test('a good run has no failure', () =>
    expect(countVitest({ testResults: [file('passed', 'passed')] }, 0)).toEqual({ passed: 1, failed: 0, skipped: 0 }));
  test('a file that could not run is a failure', () =>
    expect(countVitest({ testResults: [file('failed'), file('failed', 'passed')] }, 1)).toEqual({
      passed: 1,
      failed: 2,
      skipped: 0,
    }));
  test('so is a run that failed outside of any test', () =>
    expect(countVitest({ testResults: [file('passed', 'passed')] }, 1)).toMatchObject({ passed: 1, failed: 1 }));
  test('so is a run without a report', () => expect(countVitest(null, null)).toMatchObject({ passed: 0, failed: 1 }));
});
