import { readCpuProfile } from '../src/formats/cpuprofile/read.ts';
import { survey } from './surveys.ts';

const NODES = 1500;
const CHILDREN = 3;
const FUNCTIONS = 90;
const SAMPLES = 6000;
const ROUNDS = 25;

/**
 * Reads a small profile some times over, in the time in which a file is being chosen, so that V8 has compiled what reads one
 * when it comes: that takes half the time then. `isOver` ends it.
 */
export async function rehearse(isOver: () => boolean): Promise<void> {
  const bytes = smallProfile();
  for (let round = 0; round < ROUNDS && !isOver(); round++)
    await scheduler.postTask(
      () => {
        const { tree, timeline } = readCpuProfile(bytes);
        survey(tree);
        timeline();
      },
      { priority: 'background' },
    );
}

/** As V8 writes them. */
function smallProfile(): Uint8Array {
  const nodes = Array.from({ length: NODES }, (_, node) => {
    const fn = node ** 2 % FUNCTIONS;
    const first = CHILDREN * node + 1;
    const children = Array.from({ length: CHILDREN }, (_, child) => first + child).filter((child) => child < NODES);
    const url = `https://example.org/${fn % 9}.js`;
    return {
      id: node,
      callFrame: { functionName: `f${fn}`, scriptId: '1', url, lineNumber: fn, columnNumber: fn },
      hitCount: 1,
      ...(children.length > 0 && { children }),
    };
  });
  const samples = Array.from({ length: SAMPLES }, (_, sample) => sample ** 2 % NODES);
  const timeDeltas = samples.map((node) => 80 + (node % 40));
  return new TextEncoder().encode(JSON.stringify({ nodes, startTime: 0, endTime: 1e6, samples, timeDeltas }));
}
