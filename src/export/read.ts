import { readGraph } from '../flamegraph/check-pack.ts';
import type { PackableGraph } from '../flamegraph/pack.ts';

interface ProfileFormat {
  /** What a file of the format is called in a sentence: it can be opened if it is … */
  readonly words: string;
  readonly extension: string;
  readonly sniff: (text: string) => boolean;
  /** Throws an error that says in words what is wrong with the file. */
  readonly read: (text: string) => PackableGraph;
}

/**
 * `<svg …><title>…</title><style>…</style><metadata><![CDATA[{"format":"flambe-graph",…}]]></metadata>…`. It is searched as
 * text and never becomes a document. The packed graph has neither `<` nor `>` in it.
 */
const packedInSvg = /<metadata><!\[CDATA\[(\{"format":"flambe-graph",[^<>]*)\]\]><\/metadata>/;

const formats: readonly ProfileFormat[] = [
  {
    words: 'an SVG file that Flambe has exported',
    extension: '.svg',
    sniff: (text) => packedInSvg.test(text),
    read: (text) => readGraph(packedInSvg.exec(text)![1]!),
  },
];

/** What can be opened, in words. */
export const openableWords = formats.map(({ words }) => words).join(', or ');

/** Whether a file is meant to be opened as a profile, as far as its name tells. */
export function isNamedAsProfile(name: string): boolean {
  return formats.some(({ extension }) => name.toLowerCase().endsWith(extension));
}

/** Throws an error that says in words why the text can't be opened. */
export function readProfile(text: string): PackableGraph {
  const format = formats.find(({ sniff }) => sniff(text));
  if (!format) throw new Error('it has no profile in it');
  return format.read(text);
}
