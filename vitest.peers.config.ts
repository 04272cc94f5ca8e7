import { defineConfig } from 'vitest/config';

/** Comparisons with other people's programs: `npm run test:peers`, apart from `npm test`, which needs none of them. */
export default defineConfig({ test: { include: ['test/peers/**/*.test.ts'] } });
