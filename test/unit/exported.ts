import { packGraph } from '../../src/export/pack.ts';
import { prepare } from '../../src/export/prepared.ts';
import { type ExportOptions, exportSvg } from '../../src/export/svg.ts';
import { Writer } from '../../src/export/writer.ts';
import type { PackableGraph } from '../../src/flamegraph/pack.ts';

/** An exported file as text. */
export function svgOf(graph: PackableGraph, options?: ExportOptions): string {
  return new TextDecoder().decode(exportSvg(graph, options));
}

/** What of an exported file is the packed graph. */
export function packedBytes(graph: PackableGraph): Uint8Array {
  const writer = new Writer(graph.tree, graph.start);
  const write = packGraph(writer, prepare(writer, graph));
  writer.open();
  write();
  return writer.bytes();
}

export function packedText(graph: PackableGraph): string {
  return new TextDecoder().decode(packedBytes(graph));
}
