import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countMatches, formatMatches, matchFrames, nextMatch, type Query } from '../../src/flamegraph/search.ts';
import { zoomOn } from '../../src/flamegraph/view.ts';
import type { CallTree } from '../../src/profile/model.ts';
import { treeOf } from './pictures.ts';
import { anyTree, pick } from './trees.ts';

const shop = treeOf(`
  dispatch 100 https://example.org/store.js:100
    reduce 200 https://example.org/store.js:12
      clone 100 https://example.org/clone.js:40
        reduce 100 https://example.org/store.js:12
      (anonymous) 100 https://example.org/clone.js:41
    Reduce 300 https://example.org/100.js:1
    f(x 100 https://example.org/odd.js:1
`);

function find(tree: CallTree, terms: readonly string[], how: Partial<Query> = {}) {
  return matchFrames(tree.frames, { terms, isRegex: true, isCaseSensitive: false, ...how });
}

function search(tree: CallTree, term: string, { root = 0, ...how }: Partial<Query> & { root?: number } = {}) {
  return countMatches(tree, find(tree, [term], how)!, zoomOn(tree, root));
}

describe('a search', () => {
  test('counts each moment once, however often a match is nested', () => {
    expect(search(shop, '^reduce$')).toEqual({ matchedTime: 800, matchedShare: 0.8, count: 3 });
    expect(search(shop, 'clone|reduce')).toEqual({ matchedTime: 800, matchedShare: 0.8, count: 5 });
  });

  test('counts only what the view shows', () => {
    const clone = [...shop.frame.keys()].find((node) => shop.frames.name[shop.frame[node]!] === 'clone')!;
    expect(search(shop, 'reduce', { root: clone })).toEqual({ matchedTime: 100, matchedShare: 0.5, count: 1 });
    expect(search(shop, 'dispatch', { root: clone })).toEqual({ matchedTime: 0, matchedShare: 0, count: 0 });
  });

  test('tells case apart only when the term has an upper-case letter', () => {
    expect(search(shop, 'Reduce').count).toBe(1);
    expect(search(shop, 'REDUCE').count).toBe(0);
    expect(search(shop, '^\\Seduce').count).toBe(3);
  });

  test('looks at names and addresses, never at numbers of lines, samples or times', () => {
    expect(search(shop, '100').count).toBe(1);
    expect(search(shop, ':12').count).toBe(0);
    expect(search(shop, 'store\\.js').count).toBe(3);
    expect(search(shop, 'anonymous').count).toBe(1);
  });

  test('takes a term that is no pattern as plain text, and says so', () => {
    expect(search(shop, 'F(x').error).toMatch(/unterminated group/i);
    expect(search(shop, 'f(x').count).toBe(1);
    expect(search(shop, 'F(x').count).toBe(0);
  });

  test('tells case apart in every term when asked to', () => {
    expect(search(shop, 'reduce', { isCaseSensitive: true }).count).toBe(2);
    expect(search(shop, 'rEDUCE', { isCaseSensitive: true }).count).toBe(0);
  });

  test('takes a term as plain text when asked to', () => {
    expect(search(shop, '.', { isRegex: false }).count).toBe(7);
    expect(search(shop, 'store.js', { isRegex: false }).count).toBe(3);
    expect(search(shop, 'storezjs', { isRegex: false }).count).toBe(0);
    expect(search(shop, 'f(x', { isRegex: false })).toEqual({ matchedTime: 100, matchedShare: 0.1, count: 1 });
  });

  test('for several terms marks each frame with the first that matches, and counts each moment once', () => {
    const matches = find(shop, ['clone', '', 'reduce'])!;
    const termOf = Object.fromEntries(shop.frames.name.map((name, frame) => [name, matches.termOf[frame]]));
    // The anonymous function stands in clone.js.
    expect(termOf).toEqual({ dispatch: 0, reduce: 3, clone: 1, Reduce: 3, 'f(x': 0, '': 1 });
    expect(countMatches(shop, matches, zoomOn(shop, 0))).toEqual({ matchedTime: 800, matchedShare: 0.8, count: 5 });
  });

  test('without a term is none', () => {
    expect(find(shop, [])).toBe(null);
    expect(find(shop, ['', ''])).toBe(null);
  });

  test('steps through its matches in both directions, round about', () => {
    const matches = find(shop, ['^reduce$'])!;
    const forth = [0];
    for (let i = 0; i < 4; i++) forth.push(nextMatch(shop, matches, forth.at(-1)!, 1)!);
    const back = [0];
    for (let i = 0; i < 4; i++) back.push(nextMatch(shop, matches, back.at(-1)!, -1)!);
    const reduces = [...shop.frame.keys()].filter((node) => /^reduce$/i.test(shop.frames.name[shop.frame[node]!]!));
    expect(forth.slice(1)).toEqual([...reduces, reduces[0]]);
    expect(back.slice(1)).toEqual([...reduces.toReversed(), reduces.at(-1)]);
    expect(nextMatch(shop, find(shop, ['nothing'])!, 0, 1)).toBe(null);
  });

  test('never fails, whatever is typed, and never finds more than all', () => {
    fc.assert(
      fc.property(anyTree, fc.string({ minLength: 1, maxLength: 6 }), fc.nat(), (tree, term, seed) => {
        const root = pick(tree, seed);
        const { matchedTime, matchedShare, count } = search(tree, term, { root });
        expect(matchedShare).toBeGreaterThanOrEqual(0);
        expect(matchedShare).toBeLessThanOrEqual(1);
        expect(matchedShare > 0).toBe(count > 0);
        expect(matchedTime).toBeLessThanOrEqual(tree.total[root]!);
      }),
    );
  });

  test('is summed up in words', () => {
    expect(formatMatches({ matchedTime: 4100, matchedShare: 0.123, count: 2 })).toBe(
      'Matched 12.3 % · 4.1 ms · 2 boxes',
    );
    expect(formatMatches({ matchedTime: 0, matchedShare: 0, count: 0 })).toBe('Matched 0 % · 0 boxes');
    expect(formatMatches({ matchedTime: 70, matchedShare: 1, count: 1, error: 'Unterminated group' })).toBe(
      'Matched 100 % · 70 µs · 1 box · no valid pattern, searched as plain text',
    );
  });
});
