import type { Microseconds, NodeIndex, SampleIndex } from './model.ts';

/** Stands for the sample of time that no sample gave to its node. */
export const NO_SAMPLE: SampleIndex = -1;

/** Takes what a call is divided into: stretches in order of time that stand one right after the other, and samples. */
export interface Division {
  /** A stretch goes to the node (null: to no frame) because a sample says so. */
  sampled(node: NodeIndex | null, length: Microseconds, sample: SampleIndex): void;
  /** A stretch is the browser's clocked work. */
  worked(node: NodeIndex, length: Microseconds): void;
  /** A sample stands on the node; a free one outside the browser's work. */
  hit(node: NodeIndex, isFree: boolean): void;
}
