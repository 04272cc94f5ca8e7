import { callTree } from '../src/capture/trees.ts';
import { layOut } from '../src/flamegraph/layout.ts';
import { readTrace } from '../src/formats/trace.ts';
import { traceKey, writeVariedTrace } from '../src/formats/varied-trace.ts';

const SAMPLES = 300;

const bytes = writeVariedTrace(SAMPLES);

export function readSmallTrace(): void {
  layOut(callTree(readTrace(bytes, traceKey), 'all'));
}
