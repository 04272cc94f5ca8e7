/** Flambe among the readers of peers/readers.mjs. */
import { type CpuProfile, readCpuProfile } from '../../src/formats/cpuprofile/read.ts';

export const read = (bytes: Uint8Array): CpuProfile => readCpuProfile(bytes);
export const total = ({ tree }: CpuProfile): number => tree.total[0]!;
