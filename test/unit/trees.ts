import fc from 'fast-check';
import { type CallTree, FrameKind } from '../../src/profile/model.ts';
import { buildTree, type PictureNode } from './pictures.ts';

/** Names that have broken flame graphs before, and some that are only unusual. */
export const hostileNames = [
  '</text><script>globalThis.pwned = 1; alert(1)</script>',
  '</metadata></svg><img src=x onerror="globalThis.pwned = 1">',
  ']]>',
  '<![CDATA[',
  '<!--',
  `"quotes" and 'apostrophes' & ampersands &amp; &#0;`,
  '\u0000\u0001\u0008\u000b\u001f\u007f\u0085\u009f',
  'half \ud83d and \ude00 pairs',
  '\ufffe\uffff noncharacters \u{1ffff}',
  'x'.repeat(5000),
  '😀'.repeat(5000),
  'دالة العربية',
  '\u202ereversed\u202c \u2066isolated\u2069 \u200fmark',
  'line\nbreak\ttab\r\u2028\u2029',
  '$\u007bglobalThis.pwned = 1}',
  "');globalThis.pwned=1;//",
  'javascript:globalThis.pwned=1',
  '__proto__',
] as const;

const name = fc.oneof(
  fc.constantFrom('', 'render', 'reduce', 'clone', '(anonymous)', 'a', 'Layout', ...hostileNames),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 40 }),
);

const node = fc.record({
  name,
  self: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 5_000_000 })),
  samples: fc.nat(1000),
  url: fc.oneof(fc.constantFrom('', 'https://example.org/app.js'), name),
  line: fc.nat(5000),
  kind: fc.constantFrom(...Object.values(FrameKind)),
  /** Picks the parent among the nodes before. */
  under: fc.nat(),
});

/** Any call tree that keeps the model's invariants, hostile names and all. */
export const anyTree: fc.Arbitrary<CallTree> = fc.array(node, { minLength: 1, maxLength: 60 }).map((nodes) => {
  const grown: (PictureNode & { children: PictureNode[] })[] = [];
  for (const { under, ...rest } of nodes) {
    const here = { ...rest, children: [] };
    grown[under % grown.length]?.children.push(here);
    grown.push(here);
  }
  return buildTree(grown[0]!);
});

/** A node of a tree, picked by a number. */
export function pick(tree: CallTree, seed: number): number {
  return seed % tree.frame.length;
}
