import { defineConfig } from 'vitest/config';
import { compiledImports } from './vite.config.ts';

/** Browser tests run one file at a time: they measure, and two browsers on two cores disturb each other. */
const oneAtATime = { fileParallelism: false, maxWorkers: 1 } as const;

/** Tests of the real extension, which is built for them. */
const withExtension = {
  globalSetup: ['test/devtools/global-setup.ts', 'test/apps/global-setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  ...oneAtATime,
};

export default defineConfig({
  plugins: compiledImports(),
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      { extends: true, test: { name: 'svg', include: ['test/svg/**/*.test.ts'], testTimeout: 30_000, ...oneAtATime } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/apps/global-setup.ts',
          testTimeout: 60_000,
          ...oneAtATime,
        },
      },
      { extends: true, test: { name: 'devtools', include: ['test/devtools/**/*.test.ts'], ...withExtension } },
      { extends: true, test: { name: 'libraries', include: ['test/libraries/**/*.test.ts'], ...withExtension } },
    ],
  },
});
