import { describe, expect, test } from 'vitest';
import { mapUrlOf } from '../../src/sources/map-comment.ts';
import { looksLikeMap, scriptsOfMap } from '../../src/sources/map-match.ts';

describe('the map that a script says', () => {
  test.each([
    ['in its last line', 'f();\n//# sourceMappingURL=main.js.map', 'main.js.map'],
    ['before what names the script', 'f();\n//# sourceMappingURL=a.map\n//# sourceURL=x.js\n\n}', 'a.map'],
    ['the last of two', '//# sourceMappingURL=a.map\n//@ sourceMappingURL=b.map\n', 'b.map'],
    ['within itself', '//# sourceMappingURL=data:application/json,{}', 'data:application/json,{}'],
    ['not what stands in its strings', 'eval("f()\\n//# sourceMappingURL=inner.map\\n");', ''],
    ['not what its strings say after it', '//# sourceMappingURL=a.map\nx = "//# sourceMappingURL=b.map";', 'a.map'],
    ['not at all', 'f();', ''],
  ])('%s', (_, text, url) => expect(mapUrlOf(text)).toBe(url));
});

describe('a map is of', () => {
  const script = (url: string, mapUrl = '') => ({ url: `http://x/assets/${url}`, mapUrl });
  const scripts = [
    script('main.js', 'main-1.js.map'),
    script('lib.js'),
    script('inline.js', 'data:,'),
    script('a/b.js'),
  ];
  const of = (name: string, json = '{}') => scriptsOfMap({ name, json }, scripts).map(({ url }) => url.slice(16));

  test.each([
    ['the script that asks for it', 'main-1.js.map', '{}', ['main.js']],
    ['the script that it is named after', 'lib.js.map', '{}', ['lib.js']],
    ['the script that it names', 'x.map', '{"version":3,"file":"dist/b.js"}', ['a/b.js']],
    ['none that one of its sources names', 'x.map', JSON.stringify({ sourcesContent: ['{"file":"lib.js"}'] }), []],
    ['none', 'x.map', '{}', []],
  ])('%s', (_, name, json, urls) => expect(of(name, json)).toEqual(urls));

  test('each script of that name', () => {
    const twins = [script('a/main.js'), script('b/main.js')];
    expect(scriptsOfMap({ name: 'main.js.map', json: '{}' }, twins)).toEqual(twins);
  });
});

test('what is no object of JSON is no map', () => {
  expect(['{"version":3}', ' \n{', ")]}'\n{"].map(looksLikeMap)).toEqual([true, true, true]);
  expect(['', '\u0089PNG', '[]', 'function f() {}'].map(looksLikeMap)).toEqual([false, false, false, false]);
});
