import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterFunctions } from '../../panel/filter.ts';

const entriesOf = (...paths: readonly string[]) => paths.map((path) => ({ path, kind: 'function' }));

function filtered(paths: readonly string[], query: string, limit = 100): readonly string[] {
  return filterFunctions(entriesOf(...paths), query, limit).matches.map(({ entry }) => entry.path);
}

describe('filterFunctions', () => {
  it('keeps all in their order without a query', () => {
    expect(filtered(['b', 'a', 'c'], ' ')).toEqual(['b', 'a', 'c']);
  });

  it('puts beginnings before beginnings of a name, before middles, before scattered characters', () => {
    const paths = ['surrender.x', 'rxexnxder', 'app.render', 'renderList'];
    expect(filtered(paths, 'render')).toEqual(['renderList', 'app.render', 'surrender.x', 'rxexnxder']);
  });

  it('takes a name in brackets as a name', () => {
    expect(filtered(['appreader', 'list["read me"]'], '"read')).toEqual(['list["read me"]']);
    expect(filtered(['bread[1]', 'x[read]'], 'read')).toEqual(['x[read]', 'bread[1]']);
  });

  it('does not mind capitals', () => {
    expect(filtered(['Widget.prototype.Render'], 'widget.PROTO')).toEqual(['Widget.prototype.Render']);
  });

  it('finds a name with a letter left out, and leaves out what lacks one', () => {
    expect(filtered(['app.render', 'app.redraw', 'app.reduce'], 'app.rendr')).toEqual(['app.render']);
  });

  it('says which parts fit', () => {
    const [contained] = filterFunctions(entriesOf('app.render'), 'rend', 1).matches;
    expect(contained!.ranges).toEqual([[4, 8]]);
    const [scattered] = filterFunctions(entriesOf('app.render'), 'aprr', 1).matches;
    expect(scattered!.ranges).toEqual([
      [0, 2],
      [4, 5],
      [9, 10],
    ]);
  });

  it('gives no more than asked for, and says how many there are', () => {
    const many = Array.from({ length: 250 }, (_, index) => `fn${index}`);
    const { matches, count } = filterFunctions(entriesOf(...many), 'fn', 100);
    expect([matches.length, count]).toEqual([100, 250]);
  });

  it('marks exactly the characters that were typed, for any path that holds them in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.constantFrom(...'abc.[')), { minLength: 1 }), (letters) => {
        const path = letters.map(([, letter]) => letter).join('');
        const query = letters
          .filter(([isTyped]) => isTyped)
          .map(([, letter]) => letter)
          .join('');
        const [match] = filterFunctions(entriesOf(path), query, 1).matches;
        expect(match!.ranges.map(([start, end]) => path.slice(start, end)).join('')).toBe(query);
      }),
    );
  });
});
