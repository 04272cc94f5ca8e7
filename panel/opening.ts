import { isNamedAsProfile, openableWords, readProfile } from '../src/export/read.ts';
import { headLines } from '../src/flamegraph/facts.ts';
import type { PanelEvent } from './state.ts';

/** Bytes; of more, no text can be made. */
const largestFile = 400_000_000;

/** Reads the profile in a file, and gives what came of it. */
export async function openFile(file: File): Promise<PanelEvent> {
  const { name, size } = file;
  try {
    if (size > largestFile) throw new Error(`it is larger than ${largestFile / 1_000_000} MB`);
    const graph = readProfile(await file.text());
    const about = headLines(graph.tree, graph.facts, graph.caption).join(' · ');
    return { type: 'opened', opened: { name, graph, about } };
  } catch (error) {
    const { message: problem } = error as Error;
    return { type: 'file refused', refusal: { code: 'unreadable file', name, problem, expected: openableWords } };
  }
}

/** The first profile among files, going by their names. */
export function profileAmong(files: readonly File[]): File | undefined {
  return files.find(({ name }) => isNamedAsProfile(name));
}
