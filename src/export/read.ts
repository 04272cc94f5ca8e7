import { readGraph } from '../flamegraph/check-pack.ts';
import type { PackableGraph } from '../flamegraph/pack.ts';

/**
 * `<svg …><title>…</title><style>…</style><metadata><![CDATA[{"format":"flambe-graph",…}]]></metadata>…`. It is searched as
 * text and never becomes a document. The packed graph has neither `<` nor `>` in it.
 */
const packedInSvg = /<metadata><!\[CDATA\[(\{"format":"flambe-graph",[^<>]*)\]\]><\/metadata>/;

/** The graph in a file that was exported. Throws an error that says in words why the text can't be opened. */
export function readExported(text: string): PackableGraph {
  const [, packed] = packedInSvg.exec(text) ?? [];
  if (packed === undefined) throw new Error('it has no profile in it');
  return readGraph(packed);
}
