import type { CallFrame } from '../../src/formats/call-frames.ts';

/** A ProfileChunk as its JSON says it. */
export interface PlainChunk {
  readonly nodes: readonly { readonly id: number; readonly parent: number | null; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  /** As many as samples: 0 where the browser did not say. */
  readonly lines: readonly number[];
  readonly columns: readonly number[];
}

/** Reads a chunk in the plainest way. Throws on what is none. */
export function readPlainChunk(text: string): PlainChunk {
  const { cpuProfile = {}, timeDeltas = [], lines = [], columns = [] } = record(JSON.parse(text));
  const { nodes = [], samples = [] } = record(cpuProfile);
  const sampled = numbers(samples).map(whole);
  const deltas = numbers(timeDeltas);
  if (sampled.length !== deltas.length) throw new Error('samples and time deltas do not match');
  const padded = (column: number[]) => sampled.map((_, i) => column[i] ?? 0);
  return {
    nodes: list(nodes).map(node),
    samples: sampled,
    timeDeltas: deltas,
    lines: padded(numbers(lines).map(whole)),
    columns: padded(numbers(columns).map(whole)),
  };
}

function node(value: unknown): PlainChunk['nodes'][number] {
  const { id, parent, callFrame } = record(value);
  const frame = record(callFrame);
  if (typeof frame.functionName !== 'string') throw new Error('no function');
  if (!(frame.url === undefined || typeof frame.url === 'string')) throw new Error('no address');
  for (const number of [frame.lineNumber, frame.columnNumber])
    if (!(number === undefined || typeof number === 'number')) throw new Error('no number');
  return {
    id: whole(id),
    parent: parent === undefined ? null : whole(parent),
    callFrame: frame as unknown as CallFrame,
  };
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no object');
  return value as Record<string, unknown>;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error('no list');
  return value;
}

function numbers(value: unknown): number[] {
  return list(value).map((each) => {
    if (typeof each !== 'number') throw new Error('no number');
    // There is no difference between 0 and -0 µs.
    return each + 0;
  });
}

function whole(value: unknown): number {
  if (typeof value !== 'number' || (value | 0) !== value) throw new Error('no whole number');
  return value + 0;
}
