import { beginMark, endMark } from '../../src/formats/marks.ts';
import type { CaptureKey } from '../../src/formats/sampled.ts';
import { type WrittenEvent, writeTrace } from '../unit/pictures-trace.ts';

export const traceKey: CaptureKey = {
  id: 'c0ffee',
  hookUrl: 'flambe-hook.js',
  hook: 'stand-in',
  target: { name: 'job', url: 'https://shop.example/app.js', line: 1, column: 1 },
  askedInterval: 100,
  outcomes: null,
};

const FUNCTIONS = 400;
const SAMPLES_A_CHUNK = 100;
const INTERVAL = 160;

/**
 * A trace of one call as V8 writes it of ever new stacks: functions that call one another at random, `depth` deep at most,
 * each sample at another place. Some 8 nodes a sample come with a depth of 12.
 */
export function writeVariedTrace(samples: number, depth = 12): Uint8Array {
  const random = randomNumbers();
  const start = 1_000_000;
  const end = start + samples * INTERVAL;
  const events: WrittenEvent[] = [];
  const ids = new Map<string, number>();
  for (let first = 0; first < samples; first += SAMPLES_A_CHUNK) {
    const nodes: object[] = [];
    const idOf = (parent: number, name: string, line: number, url = traceKey.target.url): number => {
      const key = `${parent} ${name}`;
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = ids.size + 1;
      ids.set(key, id);
      const callFrame = { functionName: name, scriptId: 7, url, lineNumber: line, columnNumber: 0, codeType: 'JS' };
      nodes.push({ callFrame, id, ...(parent > 0 && { parent }) });
      return id;
    };
    const sampled = Array.from({ length: Math.min(SAMPLES_A_CHUNK, samples - first) }, () => {
      let id = idOf(idOf(idOf(0, '(root)', -1, ''), 'apply', 0, traceKey.hookUrl), 'job', 0);
      for (let level = random(depth); level >= 0; level--) {
        const fn = random(FUNCTIONS);
        id = idOf(id, `operation${fn}`, fn + 1);
      }
      return id;
    });
    const numbers = (value: number) => sampled.map(() => value);
    const data = {
      cpuProfile: { nodes, samples: sampled },
      timeDeltas: numbers(INTERVAL),
      lines: numbers(12),
      columns: numbers(34),
    };
    const at = start + (first + sampled.length) * INTERVAL;
    events.push({ at, phase: 'P', name: 'ProfileChunk', id: 1, args: { data } });
  }
  const mark = (at: number, message: string): WrittenEvent => ({
    at,
    phase: 'I',
    name: 'TimeStamp',
    args: { data: { message } },
  });
  const { id } = traceKey;
  const begun: WrittenEvent = { at: start, phase: 'P', name: 'Profile', id: 1, args: { data: { startTime: start } } };
  return writeTrace(
    { pid: 7, tid: 70, events: [begun, mark(start, beginMark(id, 0)), mark(end, endMark(id, 0, 'returned'))] },
    { pid: 7, tid: 71, events },
  );
}

/** Whole numbers below a limit, the same every time. */
function randomNumbers(): (limit: number) => number {
  let seed = 1;
  return (limit) => {
    seed = (seed * 16807) % 2147483647;
    return seed % limit;
  };
}
