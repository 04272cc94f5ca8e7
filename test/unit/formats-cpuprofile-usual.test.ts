import { expect, test } from 'vitest';
import { readCpuProfile } from '../../src/formats/cpuprofile/read.ts';
import { generateProfile } from '../bench/generate-profile.ts';
import { chanceOf } from './cpuprofiles.ts';
import { plainOf, readPlainly } from './plain-cpuprofile.ts';

const callFrame =
  '{"functionName":"reduceAll","scriptId":"7","url":"file:///store.js","lineNumber":4,"columnNumber":2}';
const before = `{"nodes":[{"id":1,"callFrame":{"functionName":"(root)"},"children":[2,3]},
  {"id":2,"callFrame":${callFrame},"hitCount":1,"children":[6]},`;
/** Of a call frame that was met before. */
const usual = `{"id":3,"callFrame":${callFrame},"hitCount":7,"children":[4,5],"positionTicks":[{"line":5,"ticks":3},{"line":8,"ticks":4}]}`;
const after = `,{"id":4,"callFrame":${callFrame}},{"id":5,"callFrame":{"functionName":"b"}},{"id":6,"callFrame":{"functionName":"c"}}],
  "startTime":100,"endTime":200,"samples":[4,5,3],"timeDeltas":[10,20,30]}`;

/** What comes of a file with a node in it, places behind its beginning counted as if `shift` bytes were not there. */
function outcome(node: string, shift: number): unknown {
  try {
    return plainOf(readCpuProfile(new TextEncoder().encode(before + node + after)));
  } catch (error) {
    const [, words, place] = /^(.*) \(at byte (\d+)\)$/.exec((error as Error).message)!;
    return [words, Number(place) < before.length ? Number(place) : Number(place) - shift];
  }
}

test('a node as V8 writes it, and whatever is wrong in one, is read as one with a space in front', () => {
  expect(outcome(usual, 0)).toHaveProperty('rows');
  const seen = { read: 0, refused: 0 };
  for (let at = 0; at < usual.length; at++) {
    for (const put of ['', ' ', ',', '"', '{', '}', '[', ']', '0', '-', '.5', '1234567890', '\\', 'ü']) {
      const node = usual.slice(0, at) + put + usual.slice(at + 1);
      const given = outcome(node, 0);
      expect(given, node).toEqual(outcome(` ${node}`, 1));
      seen[Array.isArray(given) ? 'refused' : 'read']++;
    }
  }
  expect(seen.read).toBeGreaterThan(300);
  expect(seen.refused).toBeGreaterThan(300);
});

test('where a window of the file ends does not matter, wherever in a node or a number that is', () => {
  const text = new TextDecoder().decode(generateProfile({ nodes: 3000, samples: 40_000, seed: 5 }));
  const reading = (padding: number) => {
    const bytes = new TextEncoder().encode(text.replace('(program)', `program ${'x'.repeat(padding)}`));
    const { tree } = readCpuProfile(bytes);
    const names = tree.frames.name.map((name) => name.replace(/^program x*$/, 'program'));
    const columns = [tree.frame, tree.parent, tree.self, tree.total, tree.samples];
    return Buffer.concat([Buffer.from(names.join()), ...columns.map(({ buffer }) => Buffer.from(buffer))]);
  };
  const bytes = new TextEncoder().encode(text);
  expect(plainOf(readCpuProfile(bytes))).toEqual(readPlainly(bytes));
  const expected = reading(0);
  for (let padding = 1; padding < 300; padding++) expect(reading(padding).equals(expected), `${padding}`).toBe(true);
});

test('call frames are told apart when they take more room than is kept for them', () => {
  const count = 60_000;
  const nameOf = (fn: number) => `${fn}${'x'.repeat(300)}`;
  const calleeOf = (fn: number) => (7 * fn) % count;
  const node = (id: number, fn: number, children: readonly number[]) =>
    `{"id":${id},"callFrame":${callFrame.replace('reduceAll', nameOf(fn))},"hitCount":0,"children":[${children}]}`;
  const callers = Array.from({ length: count }, (_, fn) => 1 + fn);
  const callees = callers.map((id) => count + id);
  const nodes = [
    `{"id":0,"callFrame":{"functionName":"(root)"},"children":[${callers}]}`,
    ...callers.map((id, fn) => node(id, fn, [callees[fn]!])),
    ...callees.map((id, fn) => node(id, calleeOf(fn), [])),
  ];
  const deltas = callers.map(() => 1);
  const { tree } = readCpuProfile(
    new TextEncoder().encode(
      `{"nodes":[${nodes}],"startTime":0,"endTime":${count + 1},"samples":[${callees}],"timeDeltas":[${deltas}]}`,
    ),
  );
  const callsOf = new Map<string, string>();
  tree.frame.forEach((frame, at) => {
    if (tree.depth[at] === 2) callsOf.set(tree.frames.name[tree.frame[tree.parent[at]!]!]!, tree.frames.name[frame]!);
  });
  expect(callsOf).toEqual(new Map(callers.map((_, fn) => [nameOf(fn), nameOf(calleeOf(fn))])));
});

/** A profile of 1,000 samples in another order than that of time, its deltas of some `reach` µs, mostly forward. */
function disordered(reach: number, endTime: number): Uint8Array {
  const chance = chanceOf(reach);
  const deltas = Array.from({ length: 1000 }, () => Math.round(reach * (2 * chance() - 0.9)));
  const samples = deltas.map((_, sample) => 1 + (sample % 3));
  const callFrames = ['(root)', 'a', 'b'].map((functionName) => ({ functionName }));
  const nodes = callFrames.map((callFrame, node) => ({
    id: node + 1,
    callFrame,
    ...(node === 0 && { children: [2, 3] }),
  }));
  const startTime = 1e12;
  return new TextEncoder().encode(
    JSON.stringify({ nodes, startTime, endTime: startTime + endTime, samples, timeDeltas: deltas }),
  );
}

test.each([
  ['short', 100, 1000],
  ['with an end that is far off', 100, 3e9],
  ['long', 1e8, 1000],
])('samples far out of their order are put in order: %s', (_, reach, endTime) => {
  const bytes = disordered(reach, endTime);
  expect(plainOf(readCpuProfile(bytes))).toEqual(readPlainly(bytes));
});

test.each([0, 1])('a sample %i µs before time is refused where it stands, or taken', (early) => {
  const deltas = `10,20,${-130 - early}]}`;
  const text = (before + usual + after).replace('10,20,30]}', deltas);
  const reading = () => readCpuProfile(new TextEncoder().encode(text)).tree.total[0];
  if (early === 0) expect(reading()).toBe(200);
  else
    expect(reading).toThrow(
      new Error(`a sample has no possible time (at byte ${text.indexOf(deltas) + '10,20,'.length})`),
    );
});
