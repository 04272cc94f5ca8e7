import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readCpuProfile } from '../../src/formats/cpuprofile/read.ts';
import { chartOf } from '../../src/profile/chart.ts';
import { FrameKind } from '../../src/profile/model.ts';
import { generateProfile } from '../bench/generate-profile.ts';
import { plainOf, readPlainly } from './plain-cpuprofile.ts';

const read = (text: string) => readCpuProfile(new TextEncoder().encode(text));

/** `dispatch 30`: a line for each node, with its self and total time. */
function picture(text: string): string[] {
  const { tree } = read(text);
  return Array.from(tree.frame, (frame, node) =>
    [' '.repeat(tree.depth[node]!) + tree.frames.name[frame]!, tree.self[node], tree.total[node]].join(' '),
  );
}

const frame = (name: string, rest = '') => `"callFrame":{"functionName":"${name}"${rest}}`;
const nodes = `"nodes":[
  {"id":1,${frame('(root)')},"children":[2,3]},
  {"id":2,${frame('work', ',"url":"a.js","lineNumber":4,"columnNumber":2')},"children":[4]},
  {"id":3,${frame('(idle)')}},
  {"id":4,${frame('sort')}}]`;
const times = '"startTime":100,"endTime":200';
const sampled = '"samples":[2,4,3],"timeDeltas":[10,20,30]';
const whole = `{${nodes},${times},${sampled}}`;

describe('a profile becomes a tree', () => {
  test('in which a sample has the time to the next one, and the last one that to the end', () => {
    expect(picture(whole)).toEqual(['All 0 90', ' work 20 50', '  sort 30 30', ' (idle) 40 40']);
  });

  test('whose frames are numbered from 1 on, and known as what they are', () => {
    const { frames, frame } = read(whole).tree;
    const of = (node: number) => {
      const at = frame[node]!;
      return [frames.url[at], frames.line[at], frames.column[at], frames.kind[at]];
    };
    expect(of(0)).toEqual(['', 0, 0, FrameKind.group]);
    expect(of(1)).toEqual(['a.js', 5, 3, FrameKind.script]);
    expect(of(2)).toEqual(['', 0, 0, FrameKind.native]);
    expect(of(3)).toEqual(['', 0, 0, FrameKind.engine]);
  });

  test('of nodes that say their parents, in whatever order, with keys in whatever order', () => {
    const turned = `{"timeDeltas":[10,20,30],"samples":[2,4,3],"endTime":200,"other":[{"id":[null]}],"nodes":[
      {"parent":2,"id":4,"callFrame":{"scriptId":"7","functionName":"sort"}},
      {${frame('(idle)')},"parent":1,"id":3},
      {"id":2,"parent":1,"hitCount":1,${frame('work', ',"columnNumber":2,"lineNumber":4,"url":"a.js"')}},
      {"id":1,${frame('(root)')}}],"startTime":1e2}`;
    expect(plainOf(read(turned))).toEqual(plainOf(read(whole)));
  });

  test('in which children of equal frames are one, and theirs too', () => {
    const twins = `"nodes":[{"id":1,${frame('(root)')},"children":[2,3]},
      {"id":2,${frame('a', ',"scriptId":"1"')},"children":[4]},{"id":3,${frame('\\u0061', ',"scriptId":"2"')},"children":[5]},
      {"id":4,${frame('b')}},{"id":5,${frame('b')}}]`;
    const text = `{${twins},${times},"samples":[4,5,3],"timeDeltas":[0,10,30]}`;
    expect(picture(text)).toEqual(['All 0 100', ' a 60 100', '  b 40 40']);
    expect([...read(text).tree.samples]).toEqual([3, 3, 2]);
  });

  test('whose samples are in order of time, whatever the deltas say', () => {
    const text = `{${nodes},${times},"samples":[2,4,3],"timeDeltas":[50,-20,40]}`;
    expect(picture(text)).toEqual(['All 0 70', ' work 20 40', '  sort 20 20', ' (idle) 30 30']);
    expect([...read(text).timeline().sample]).toEqual([1, 0, 2]);
  });

  test('with parts of a microsecond rounded, so that all adds up', () => {
    const text = `{${nodes},${times},"samples":[2,4,3,2],"timeDeltas":[0.5,0.3,0.4,0.4]}`;
    const { tree } = read(text);
    expect(tree.total[0]).toBe(100);
    expect(tree.self.reduce((a, b) => a + b)).toBe(100);
  });

  test('of a root that is a function of its own, and of one node', () => {
    const text = `{"nodes":[{"id":7,${frame('main', ',"url":"m.js"')}}],${times},"samples":[7],"timeDeltas":[1]}`;
    expect(picture(text)).toEqual(['main 99 99']);
  });
});

describe('what is no profile is refused, with the place', () => {
  const at = (text: string, words: string) => `${words} (at byte ${new TextEncoder().encode(text).length})`;
  const upTo = (text: string, mark: string) => text.slice(0, text.indexOf(mark));
  const change = (from: string, to: string) => whole.replace(from, to);
  const two = `${nodes.slice(0, -1)},{"id":9,${frame('lost')}}]`;

  test.each<[string, string, string]>([
    ['nothing', '', 'it ends where an object should come (at byte 0)'],
    ['a list', '[]', 'an object should come where [ is (at byte 0)'],
    ['an empty object', '{}', 'it has no nodes (at byte 2)'],
    ['no samples', `{${nodes},${times}}`, at(`{${nodes},${times}}`, 'it has no samples')],
    ['no times', `{${nodes},${sampled}}`, at(`{${nodes},${sampled}}`, 'it has no startTime')],
    ['more behind it', `${whole} x`, at(`${whole} `, 'the end of the file should come where x is')],
    ['half of it', whole.slice(0, 60), at(whole.slice(0, 60), 'it ends where the end of a string should come')],
    ['another type', change('"id":2', '"id":"2"'), at(upTo(whole, '2,"callFrame'), 'a number should come where " is')],
    [
      'part of a node',
      change('"id":2', '"id":2.5'),
      at(
        `${upTo(whole, ',"callFrame":{"functionName":"work')}.5`,
        'the id of a node is 2.5, and no whole number from 0 to 2147483646',
      ),
    ],
    ['no id', change('"id":2,', ''), at(upTo(whole, '{"id":2'), 'a node has no id')],
    ['no callFrame', change(`,${frame('sort')}`, ''), at(upTo(whole, '{"id":4'), 'a node has no callFrame')],
    [
      'no functionName',
      change('"functionName":"sort"', ''),
      at(upTo(whole, '{"functionName":"sort"'), 'a callFrame has no functionName'),
    ],
    ['one id twice', change('"id":4', '"id":3'), at(upTo(whole, '{"id":4'), 'another node has the id 3, too')],
    [
      'a key twice',
      change('"id":4', '"id":4,"id":4'),
      at(`${upTo(whole, ',"callFrame":{"functionName":"sort')},"id":`, 'an entry comes a second time'),
    ],
    [
      'a child that is not there',
      change('[4]', '[5]'),
      at(upTo(whole, '{"id":2'), 'the child of a node is node 5, which is not there'),
    ],
    [
      'a child of two',
      change('[2,3]', '[2,3,4]'),
      at(upTo(change('[2,3]', '[2,3,4]'), '{"id":2'), 'node 4 is a child, and has been one before'),
    ],
    [
      'a parent that is not there',
      change('"id":4', '"id":4,"parent":8'),
      at(upTo(whole, '{"id":4'), 'the parent of a node is node 8, which is not there'),
    ],
    [
      'two parents',
      change('"id":4', '"id":4,"parent":3'),
      at(upTo(whole, '{"id":4'), 'the parent of a node is node 3, but it is a child of another one'),
    ],
    [
      'a circle',
      change('[2,3]', '[3]').replace('"id":4', '"id":4,"children":[2]'),
      at(upTo(change('[2,3]', '[3]'), '{"id":2'), 'the parents of a node go round in a circle'),
    ],
    [
      'no root',
      change('"id":1', '"id":1,"parent":4'),
      'no node is the root: each one is the child of another (at byte 13)',
    ],
    [
      'two roots',
      `{${two},${times},${sampled}}`,
      at(upTo(`{${two}`, '{"id":9'), 'a second node has no parent, and there is one root only'),
    ],
    ['no nodes', `{"nodes":[],${times},${sampled}}`, 'there are no nodes (at byte 9)'],
    ['no sample', change('[2,4,3]', '[]'), at(upTo(whole, '[2,4,3]'), 'there are no samples')],
    ['too few deltas', change(',30]', ']'), at(upTo(whole, '[2,4,3]'), 'there are 3 samples, but 2 time deltas')],
    [
      'a sample of no node',
      change('[2,4,3]', '[2,4,30]'),
      at(upTo(whole, '3],"timeDeltas'), 'a sample is of node 30, which is not there'),
    ],
    [
      'a sample below 0',
      change('[2,4,3]', '[2,-4,3]'),
      at(upTo(whole, '4,3],"timeDeltas'), 'a sample is of node -4, which is not there'),
    ],
    ['NaN', change('[10', '[NaN'), at(upTo(whole, '10,20'), 'a number should come where N is')],
    ['1e308', change('[10', '[1e308'), at(upTo(whole, '10,20'), 'a sample has no possible time')],
    ['more than any number', change('[10', '[1e309'), at(upTo(whole, '10,20'), 'a sample has no possible time')],
    ['a time before time', change('[10', '[-101'), at(upTo(whole, '10,20'), 'a sample has no possible time')],
    [
      'a negative time',
      change('"startTime":100', '"startTime":-1'),
      at(`${upTo(whole, '100,"endTime')}-1`, 'startTime is -1, and no time'),
    ],
    [
      'a long line number',
      change('"lineNumber":4', '"lineNumber":4294967296'),
      at(
        `${upTo(whole, ',"columnNumber":2')}294967296`,
        'lineNumber is 4294967296, and no whole number from -1 to 2147483646',
      ),
    ],
    ['01', change('[10', '[01'), at(upTo(whole, '10,20'), 'a number should come where 0 is')],
    [
      'an escape of no kind',
      change('work', '\\x'),
      at(upTo(whole, 'work'), 'a string has an escape in it that JSON does not know'),
    ],
    [
      'a control character',
      change('work', '\u0001'),
      at(upTo(whole, 'work'), 'a string has a control character in it'),
    ],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(new Error(message));
  });

  test.each([
    ['half a character', [0xc3]],
    ['a byte too many', [0x80]],
    ['a long form', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a character beyond all', [0xf4, 0x90, 0x80, 0x80]],
  ])('%s', (_, wrong) => {
    const place = whole.indexOf('work');
    const bytes = Uint8Array.from([...whole].flatMap((letter, i) => (i === place ? wrong : letter.charCodeAt(0))));
    expect(() => readCpuProfile(bytes)).toThrow(new Error(`a string is not in UTF-8 (at byte ${place})`));
  });

  test('a file of white space, and one of brackets', () => {
    expect(() => readCpuProfile(new Uint8Array(50_000_000).fill(0x20))).toThrow('should come (at byte 50000000)');
    const brackets = new TextEncoder().encode(`{"x":${'['.repeat(5_000_000)}`);
    expect(() => readCpuProfile(brackets)).toThrow(/^a value goes more than 1000000 levels deep \(at byte \d+\)$/);
    const some = `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)},${whole.slice(1)}`;
    expect(plainOf(read(some))).toEqual(plainOf(read(whole)));
  });

  test('a number of very many digits', () => {
    expect(() => read(whole.replace('100', '1'.repeat(1001)))).toThrow('a number takes more than 1000 bytes (at byte');
  });
});

test('what Node itself records is read as the plain reader reads it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'flambe-profile-'));
  try {
    const program =
      'const end = performance.now() + 60; while (performance.now() < end) JSON.parse(JSON.stringify([{}]));';
    await promisify(execFile)(process.execPath, [
      '--cpu-prof',
      '--cpu-prof-dir',
      folder,
      '--cpu-prof-name',
      'x',
      '-e',
      program,
    ]);
    const bytes = await readFile(path.join(folder, 'x'));
    expect(plainOf(readCpuProfile(bytes))).toEqual(readPlainly(bytes));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a stack of 10,000 frames is read, and laid out in time, without recursion', () => {
  const bytes = generateProfile({ nodes: 20_000, samples: 3000, seed: 3, depth: 10_000 });
  const profile = readCpuProfile(bytes);
  expect(profile.tree.depth.reduce((a, b) => Math.max(a, b))).toBeGreaterThan(9000);
  expect(plainOf(profile)).toEqual(readPlainly(bytes));
  expect(chartOf(profile.timeline()).tree.total[0]).toBe(profile.tree.total[0]);
});
