import { describe, expect, test } from 'vitest';
import { packageOf, shortPath, sourceMatches } from '../../src/sources/urls.ts';

describe('what a person types means an address', () => {
  test.each([
    ['http://x/src/store.js?t=1', 'store.js', true],
    ['http://x/src/store.js?t=1', 'src/store.js', true],
    ['http://x/src/store.js?t=1', '/src/store.js', true],
    ['http://x/src/store.js?t=1', './src/store.js', true],
    ['http://x/src/store.js?t=1', 'store.js?t=1', true],
    ['http://x/src/store.js?t=1', 'store.js?t=2', false],
    ['http://x/src/store.js?t=1', 'http://x/src/store.js', true],
    ['http://x/src/store.js?t=1', 'http://x/src/store.js?t=1', true],
    ['http://x/src/restore.js', 'store.js', false],
    ['http://x/src/store.js', 'store', false],
    ['http://x/src/store.js', 'lib/store.js', false],
    ['made.js', 'made.js', true],
    ['./made.js', 'made.js', true],
    ['http://x/', '/', false],
    ['http://x/a#b.js', 'b.js', false],
  ])('%s, typed %s: %s', (url, typed, means) => expect(sourceMatches(url, typed)).toBe(means));
});

describe('the short form of', () => {
  test.each([
    ['webpack://app/./src/store.ts', 'src/store.ts'],
    ['webpack:///./src/store.ts?1a2b', 'src/store.ts'],
    ['webpack-internal:///(app-pages-browser)/./src/page.tsx', 'src/page.tsx'],
    ['turbopack:///[project]/src/page.tsx', 'src/page.tsx'],
    ['http://localhost:5173/src/main.tsx?t=17', 'src/main.tsx'],
    ['http://localhost:5173/@fs/home/me/lib/a.ts', 'home/me/lib/a.ts'],
    ['../../src/a.ts', 'src/a.ts'],
    ['webpack://app/./node_modules/react-dom/index.js', 'react-dom/index.js'],
    ['file:///home/me/a.js', 'home/me/a.js'],
    ['http://localhost/', 'http://localhost/'],
  ])('%s is %s', (url, short) => expect(shortPath(url)).toBe(short));
});

describe('the package of', () => {
  test.each([
    ['http://x/node_modules/react-dom/cjs/react-dom.development.js', 'react-dom'],
    ['webpack://app/./node_modules/@scope/name/dist/index.js', '@scope/name'],
    ['node_modules/redux/index.js', 'redux'],
    ['../node_modules/.pnpm/x@1.0.0/node_modules/x/index.js', 'x'],
    ['../node_modules/.pnpm/@a+b@1.0.0_c@2.0.0/node_modules/@a/b/index.js', '@a/b'],
    ['http://x/node_modules/.vite/deps/react-dom_client.js?v=1a2b', 'react-dom'],
    ['http://x/node_modules/.vite/deps/react.js?v=1a2b', 'react'],
    ['http://x/node_modules/.vite/deps/@tanstack_react-query.js?v=1', '@tanstack/react-query'],
    ['http://x/node_modules/.vite/deps/chunk-ABC123.js?v=1', 'shared by packages'],
    ['https://unpkg.com/react@18.2.0/umd/react.development.js', 'react'],
    ['https://unpkg.com/@scope/name@1/x.js', '@scope/name'],
    ['https://cdn.jsdelivr.net/npm/chart.js@4/dist/chart.umd.js', 'chart.js'],
    ['https://cdn.jsdelivr.net/npm/@a/b/+esm', '@a/b'],
    ['https://esm.sh/preact@10.19.2/hooks', 'preact'],
    ['https://esm.sh/v135/@a/b@1.0.0/es2022/b.mjs', '@a/b'],
    ['https://cdnjs.cloudflare.com/ajax/libs/jquery/3.7.1/jquery.min.js', 'jquery'],
    ['https://cdn.skypack.dev/canvas-confetti', 'canvas-confetti'],
    ['https://cdn.skypack.dev/-/preact@v10.5.5-abc/dist=es2020/optimized/preact.js', 'preact'],
    ['http://x/src/store.js', null],
    ['http://x/my_node_modules/store.js', null],
    ['http://x/src/app.js?from=node_modules/redux/a.js', null],
    ['', null],
  ])('%s is %s', (url, name) => expect(packageOf(url)).toBe(name));
});
