import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginMark, endMark, parseMark } from '../../src/formats/marks.ts';
import { outcomes } from '../../src/profile/model.ts';

const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 1, maxLength: 8 });

test('what a mark says is what was marked', () => {
  fc.assert(
    fc.property(id, fc.nat(), fc.constantFrom(...outcomes), (capture, call, outcome) => {
      expect(parseMark(capture, beginMark(capture, call))).toEqual({ call });
      expect(parseMark(capture, endMark(capture, call, outcome))).toEqual({ call, outcome });
    }),
  );
});

test('no capture takes the marks of another one', () => {
  fc.assert(
    fc.property(id, id, fc.nat(), (one, other, call) => {
      fc.pre(one !== other);
      expect(parseMark(one, beginMark(other, call))).toBeNull();
    }),
  );
});

test('no other text is a mark, least of all the page’s own labels', () => {
  for (const label of ['', 'flambe', 'flambe:c0', 'flambe:c0:', 'flambe:c0:x', 'flambe:c0:-1', 'flambe:c0:1.5'])
    expect(parseMark('c0', label)).toBeNull();
  for (const label of ['flambe:c0:1:', 'flambe:c0:1:exploded', 'flambe:c01:1', ' flambe:c0:1', 'flambe:c0:1 '])
    expect(parseMark('c0', label)).toBeNull();
  fc.assert(fc.property(fc.string(), (label) => parseMark('c0', label) === null));
});
