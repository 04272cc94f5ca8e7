import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallFrames } from '../../src/formats/call-frames.ts';
import { UsualChunks } from '../../src/formats/usual-chunks.ts';
import { V8Chunks } from '../../src/formats/v8-chunks.ts';
import { readEvents } from '../harness/read-trace.ts';
import { type PlainChunk, readPlainChunk } from './plain-chunk.ts';

/** Numbers and braces before and behind: a text ends where it is said to end. */
const before = '}123';
const behind = '4,"]}';

function readFast(text: string | Uint8Array): PlainChunk {
  const bytes = Buffer.concat([Buffer.from(before), Buffer.from(text), Buffer.from(behind)]);
  const { chunks, callFrames } = readTexts(bytes.subarray(before.length, bytes.length - behind.length));
  const nodes: PlainChunk['nodes'][number][] = [];
  const [chunk] = chunks.places;
  chunks.addNodes(chunk!, {
    add: (id, parent, callFrame) => void nodes.push({ id, parent, callFrame: callFrames.frames[callFrame]! }),
  });
  return {
    nodes,
    samples: [...chunks.sample.view],
    timeDeltas: Array.from(chunks.timeDelta.view, (delta) => delta + 0),
    lines: [...chunks.line.view],
    columns: [...chunks.column.view],
  };
}

function readTexts(...texts: readonly Uint8Array[]) {
  const callFrames = new CallFrames();
  const chunks = new V8Chunks(callFrames, new UsualChunks(callFrames));
  for (const [writtenAt, bytes] of texts.entries()) chunks.add({ bytes, at: 0 }, writtenAt);
  chunks.read();
  return { chunks, callFrames };
}

function outcome(read: (text: string) => PlainChunk, text: string): PlainChunk | 'refused' {
  try {
    return read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).not.toMatch(/Invalid array length|call stack|undefined/i);
    return 'refused';
  }
}

/** Texts of the chunks that a browser wrote. */
function recorded(name: string): string[] {
  const bytes = gunzipSync(readFileSync(new URL(`../fixtures/${name}.trace.gz`, import.meta.url)));
  const texts: string[] = [];
  readEvents(bytes, (event) => {
    if (event.name === 'ProfileChunk') texts.push(Buffer.from(event.json!.bytes).toString());
  });
  return texts;
}

describe('a chunk of a V8 profile', () => {
  const texts = ['calls', 'threads', 'cut-off'].flatMap(recorded);

  test('of the browser is the same read by its bytes and as plain JSON', () => {
    expect(texts.length).toBeGreaterThan(10);
    for (const text of texts) expect(readFast(text)).toEqual(readPlainChunk(text));
  });

  test.each([
    ['{}'],
    ['{"cpuProfile": {}}'],
    [' {\n"timeDeltas" : [ 1 , -2.5e1 ] , "cpuProfile":{"samples":[\t7,7 ]}\r}'],
    ['{"cpuProfile":{"samples":[7]},"timeDeltas":[1],"lines":[],"columns":[3,4]}'],
    ['{"cpuProfile":{"samples":[7]},"timeDeltas":[1],"lines":[1],"lines":[2,3],"timeDeltas":[5]}'],
    ['{"cpuProfile":{"samples":[1],"nodes":[]},"cpuProfile":{}}'],
    ['{"c\\u0070uProfile":{"samples":[7]},"timeDeltas":[1]}'],
    ['{"cpuProfile":{"nodes":[{"id":1,"callFrame":{"functionName":"}{\\"\\\\","inside":{"a":["}"]}}}]}}'],
    ['{"cpuProfile":{"nodes":[{"id":1,"callFrame":{"functionName":"é ☃ 😀"},"parent":-3,"other":[[{}]]}]}}'],
    ['{"cpuProfile":{"nodes":[{"callFrame":{"functionName":""},"id":1},{"id":2,"callFrame":{"functionName":""}}]}}'],
  ])('may be %s', (text) => {
    expect(readFast(text)).toEqual(readPlainChunk(text));
  });

  test.each([
    ['[]'],
    ['null'],
    ['{'],
    ['{"cpuProfile":{"samples":[1,2]},"timeDeltas":[1]}'],
    ['{"cpuProfile":{"samples":[1.5]},"timeDeltas":[1]}'],
    ['{"cpuProfile":{"samples":[4294967296]},"timeDeltas":[1]}'],
    ['{"cpuProfile":{"samples":[01]},"timeDeltas":[1]}'],
    ['{"cpuProfile":{"samples":[1,]},"timeDeltas":[1,2]}'],
    ['{"cpuProfile":null}'],
    ['{"cpuProfile":{"nodes":[{"id":1}]}}'],
    ['{"cpuProfile":{"nodes":[{"callFrame":{"functionName":"a"}}]}}'],
    ['{"cpuProfile":{"nodes":[{"id":1,"callFrame":{"functionName":7}}]}}'],
    ['{"cpuProfile":{"nodes":[{"id":1,"callFrame":{"functionName":"a"}]}}'],
    ['{"cpuProfile":{"nodes":[{"id":1,"callFrame":{"functionName":"a"}}]}}}'],
    ['{"cpuProfile":{"nodes":[{"id":1,"callFrame":{}}]}}'],
    ['{"cpuProfile":{"nodes":[{"id":1,"callFrame":[]}]}}'],
    ['{}{}'],
  ])('is not %s', (text) => {
    expect(outcome(readPlainChunk, text)).toBe('refused');
    expect(outcome(readFast, text)).toBe('refused');
  });

  test('lasts as long as its time deltas say', () => {
    const plain = texts.map(readPlainChunk);
    const { chunks } = readTexts(...texts.map((text) => Buffer.from(text)));
    expect(chunks.places.map(({ time }) => time)).toEqual(
      plain.map(({ timeDeltas }) => timeDeltas.reduce((sum, delta) => sum + delta, 0)),
    );
  });

  test('comes in the order in which it was written', () => {
    const callFrames = new CallFrames();
    const chunks = new V8Chunks(callFrames, new UsualChunks(callFrames));
    const text = (sample: number) => Buffer.from(`{"cpuProfile":{"samples":[${sample}]},"timeDeltas":[1]}`);
    for (const [sample, writtenAt] of [
      [3, 30],
      [1, 10],
      [2, 20],
    ] as const) {
      chunks.add({ bytes: text(sample), at: 0 }, writtenAt);
      chunks.read();
    }
    expect(chunks.places.map(({ firstSample }) => chunks.sample.at(firstSample))).toEqual([1, 2, 3]);
  });

  test('tells call frames apart that differ in the midst of a long address only', () => {
    const node = (id: number, letter: string) => {
      const url = `https://shop.example/${'a'.repeat(40)}${letter}${'b'.repeat(40)}/app.js`;
      return `{"callFrame":{"functionName":"f","url":"${url}","scriptId":7,"lineNumber":1,"columnNumber":2,"codeType":"JS"},"id":${id},"parent":1}`;
    };
    const nodes = [1, 2, 3, 4].map((id) => node(id, 'xyxz'[id - 1]!));
    const text = `{"source":"Internal","cpuProfile":{"nodes":[${nodes}],"samples":[1,2,3],"trace_ids":{"3":-123456789012}},"timeDeltas":[1,-2,3]}`;
    const read = readFast(text);
    expect(read).toEqual(readPlainChunk(text));
    expect(new Set(read.nodes.map(({ callFrame }) => callFrame.url)).size).toBe(3);
    expect(read.nodes[2]!.callFrame).toBe(read.nodes[0]!.callFrame);
  });

  test('names each function once, also where it is written otherwise', () => {
    const node = (id: number) => `{"id":${id},"callFrame":{"functionName":"f","url":"https://shop.example/app.js"}}`;
    const { callFrames } = readTexts(
      Buffer.from(`{"cpuProfile":{"nodes":[${[1, 2].map(node)}]}}`),
      Buffer.from(`{"cpuProfile":{"nodes":[${node(3)}]}}`),
    );
    expect(callFrames.frames).toHaveLength(1);
  });

  test('whose names are no UTF-8 has them with replacement characters', () => {
    const [start, end] = ['{"cpuProfile":{"nodes":[{"id":1,"callFrame":{"functionName":"', '"}}]}}'].map((part) =>
      Buffer.from(part),
    );
    const read = readFast(Buffer.concat([start!, Buffer.from([0x61, 0xed, 0xa0, 0x80]), end!]));
    expect(read.nodes[0]!.callFrame.functionName).toBe('a\ufffd\ufffd\ufffd');
  });

  test('with anything changed is read as plain JSON reads it, or refused by both', () => {
    const short = texts.filter((text) => text.length < 5000);
    const pieces = [
      '"',
      '}',
      ']',
      ',',
      '0',
      '1',
      '-',
      '.5',
      'e3',
      '1e308',
      '99999999999',
      'null',
      '{}',
      '[]',
      ' ',
      '\\',
    ];
    const change = fc.record({ at: fc.nat(), length: fc.nat(4), piece: fc.constantFrom('', ...pieces) });
    let read = 0;
    fc.assert(
      fc.property(fc.constantFrom(...short), fc.array(change, { minLength: 1, maxLength: 3 }), (text, changes) => {
        let changed = text;
        for (const { at, length, piece } of changes) {
          const place = at % changed.length;
          changed = changed.slice(0, place) + piece + changed.slice(place + length);
        }
        const expected = outcome(readPlainChunk, changed);
        if (expected !== 'refused') read++;
        expect(outcome(readFast, changed)).toEqual(expected);
      }),
      { numRuns: 10_000, interruptAfterTimeLimit: 15_000 },
    );
    expect(read).toBeGreaterThan(10);
  });
});
