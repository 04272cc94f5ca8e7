/** Small `.cpuprofile` files made at random, and what may become of them. The same for the same source of chance. */

/** Numbers from 0 up to 1 (mulberry32). */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function below(chance: Chance, end: number): number {
  return Math.floor(chance() * end);
}

function oneOf<Value>(chance: Chance, values: readonly Value[]): Value {
  return values[below(chance, values.length)]!;
}

const names = [
  '',
  'a',
  'dispatch',
  '{}',
  'on}("',
  'reduce',
  '(idle)',
  '(program)',
  'größe',
  '名前',
  '😀',
  'say "so"\\',
  '\n',
  '(root)',
];
const urls = ['', 'file:///app/store.js', 'https://example.org/ünder/x.js?a=1', 'node:fs'];

/** The text of a file that is right. */
export function profileText(chance: Chance): string {
  const count = 1 + below(chance, 12);
  const ids = shuffled(
    chance,
    Array.from({ length: count }, (_, node) => (chance() < 0.9 ? node + 1 : 1000 * node + 507)),
  );
  const hasParents = chance() < 0.3;
  const parents = ids.map((_, node) => below(chance, node));
  const usual = [callFrame(chance), callFrame(chance)];
  const nodes = ids.map((id, node) => {
    const children = ids.filter((_, child) => child > 0 && parents[child] === node);
    return entries(chance, [
      ['id', id],
      ['callFrame', node === 0 ? rootFrame : chance() < 0.6 ? oneOf(chance, usual) : callFrame(chance)],
      ['hitCount', below(chance, 9)],
      ...(hasParents && node > 0 ? [['parent', ids[parents[node]!]] as const] : []),
      ...(!hasParents && children.length > 0 ? [['children', children] as const] : []),
      ...(chance() < 0.3 ? [['positionTicks', [{ line: 1, ticks: 2 }]] as const] : []),
    ]);
  });
  const samples = Array.from({ length: 1 + below(chance, 20) }, () => oneOf(chance, ids));
  const profile = entries(chance, [
    ['nodes', hasParents || chance() < 0.8 ? nodes : shuffled(chance, nodes)],
    ['startTime', 1000],
    ['endTime', 1000 + below(chance, 2000)],
    ['samples', samples],
    ['timeDeltas', samples.map(() => delta(chance))],
    ...(chance() < 0.2 ? [['$other', [null, true, { a: [[], {}] }, -1.5e3]] as const] : []),
  ]);
  return JSON.stringify(profile, null, oneOf(chance, ['', '', ' ', '\t']));
}

const rootFrame = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };

function callFrame(chance: Chance): object {
  const hasPlace = chance() < 0.7;
  return entries(chance, [
    ['functionName', oneOf(chance, names)],
    ['scriptId', String(below(chance, 3))],
    ...(chance() < 0.9 ? [['url', oneOf(chance, urls)] as const] : []),
    ...(hasPlace ? [['lineNumber', below(chance, 4) - 1] as const] : []),
    ...(hasPlace ? [['columnNumber', below(chance, 3) - 1] as const] : []),
  ]);
}

function delta(chance: Chance): number {
  const usual = below(chance, 100);
  return oneOf(chance, [usual, usual, usual, 0, usual + 0.25, -below(chance, 40)]);
}

/** Now and then in another order. */
function entries(chance: Chance, list: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(chance() < 0.8 ? list : shuffled(chance, list));
}

function shuffled<Value>(chance: Chance, values: readonly Value[]): Value[] {
  return values
    .map((value) => ({ value, rank: chance() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}

const wrong = [
  ...[
    'null',
    'true',
    '""',
    '"1"',
    '[]',
    '{}',
    '-1',
    '-0',
    '0.5',
    '1.0',
    '1e0',
    '01',
    '1e308',
    '1e309',
    '-1e308',
    'NaN',
  ],
  ...[
    '2147483647',
    '2147483646',
    '9007199254740993',
    '1'.repeat(400),
    '"\\u00e4"',
    '"\\ud800"',
    '"\\x"',
    '"',
    '\u0000',
  ],
  ...['[[[[', '\ufeff', '/**/', ',', '"samples":[]', '"children":[2]', '"parent":1', '"id":2', '"endTime":99'],
];

/** The bytes after some changes, of which many leave it right. */
export function mutated(chance: Chance, bytes: Uint8Array): Uint8Array {
  let changed = bytes;
  for (let changes = oneOf(chance, [1, 1, 1, 2, 3]); changes > 0; changes--) changed = change(chance, changed);
  return changed;
}

function change(chance: Chance, bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes;
  const at = below(chance, bytes.length);
  const end = Math.min(bytes.length, at + 1 + below(chance, 12));
  switch (below(chance, 8)) {
    case 0:
      return bytes.with(at, below(chance, 256));
    case 1:
      return bytes.with(at, bytes[at]! ^ (1 << below(chance, 8)));
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return spliced(bytes, at, end, new Uint8Array());
    case 4:
      return spliced(bytes, at, at, bytes.subarray(at, end));
    default: {
      // A whole value, mostly: a number, a string or a word.
      const text = new TextDecoder('latin1').decode(bytes);
      const values = [...text.matchAll(/-?\d[\d.]*|"[^"]*"(?!:)|"\w+":|true|null/g)];
      if (values.length === 0) return bytes;
      const value = oneOf(chance, values);
      const alike = values.filter(([other]) => /\d/.test(other[0]!) === /\d/.test(value[0][0]!));
      const put = chance() < 0.3 ? oneOf(chance, wrong) : oneOf(chance, chance() < 0.8 ? alike : values)[0];
      return spliced(bytes, value.index, value.index + value[0].length, new TextEncoder().encode(put));
    }
  }
}

function spliced(bytes: Uint8Array, start: number, end: number, put: Uint8Array): Uint8Array {
  const made = new Uint8Array(bytes.length - (end - start) + put.length);
  made.set(bytes.subarray(0, start));
  made.set(put, start);
  made.set(bytes.subarray(end), start + put.length);
  return made;
}
