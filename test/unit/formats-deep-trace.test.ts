import { describe, expect, test } from 'vitest';
import { planOf } from '../../src/flamegraph/view.ts';
import { beginMark, endMark } from '../../src/formats/marks.ts';
import type { CaptureKey } from '../../src/formats/sampled.ts';
import { Folding } from '../../src/profile/fold.ts';
import { traceKey } from '../bench/traces.ts';
import { readCalls, readPage } from '../harness/read-trace.ts';
import { type WrittenEvent, writeTrace } from './pictures-trace.ts';

const DEPTH = 10_000;
const SAMPLES = 50;

/** A function that calls another one, and so on; the hook below it is seen at the call's begin. */
function deepTrace(): Uint8Array {
  const frame = (functionName: string, url: string, lineNumber: number) => ({
    functionName,
    url,
    lineNumber,
    columnNumber: 0,
  });
  const nodes: object[] = [
    { id: 1, callFrame: frame('(root)', '', -1) },
    { id: 2, parent: 1, callFrame: frame('apply', traceKey.hookUrl, 0) },
  ];
  for (let level = 0; level < DEPTH; level++)
    nodes.push({ id: level + 3, parent: level + 2, callFrame: frame(`level${level}`, 'deep.js', level) });
  const samples = [2, ...Array.from({ length: SAMPLES }, (_, i) => DEPTH + 2 - i)];
  const data = { cpuProfile: { nodes, samples }, timeDeltas: samples.map(() => 100) };
  const begun: WrittenEvent = { at: 900, phase: 'P', name: 'Profile', id: 1, args: { data: { startTime: 900 } } };
  const mark = (at: number, message: string): WrittenEvent => ({
    at,
    phase: 'I',
    name: 'TimeStamp',
    args: { data: { message } },
  });
  const end = 1000 + (SAMPLES + 1) * 100;
  const marks = [
    mark(1000, beginMark(traceKey.id, 0)),
    { at: 1200, phase: 'B' as const, name: 'Layout' },
    { at: 1210, phase: 'E' as const },
    mark(end, endMark(traceKey.id, 0, 'returned')),
  ];
  return writeTrace(
    { pid: 7, tid: 70, events: [begun, ...marks] },
    { pid: 7, tid: 71, events: [{ at: end, phase: 'P', name: 'ProfileChunk', id: 1, args: { data } }] },
  );
}

describe('a stack of ten thousand frames', () => {
  const bytes = deepTrace();

  test.each<CaptureKey['hook']>(['stand-in', 'breakpoints'])('is read, folded and laid out, hooked by %s', (hook) => {
    const target = { name: 'job', url: 'deep.js', line: 99_999, column: 1 };
    const { calls, profile } = readCalls(bytes, { ...traceKey, hook, target });
    const folding = new Folding(profile, calls);
    const tree = folding.all();
    expect(Math.max(...tree.depth)).toBe(DEPTH);
    expect(tree.samples[0]).toBe(SAMPLES);
    expect(folding.timeline(0).end.at(-1)).toBe(tree.total[0]);
    expect(planOf(tree, { whole: tree.total[0]! }).tree).toBe(tree);
  });

  test('is one of a recorded page', () => {
    const { profile } = readPage(bytes, 100);
    expect(profile.stacks.frame.length).toBe(DEPTH + 1);
  });
});
