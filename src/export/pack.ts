import { type PackedGraph, packedFormat, packedVersion } from '../flamegraph/pack.ts';
import type { CallTree } from '../profile/model.ts';
import type { Prepared } from './prepared.ts';
import type { Writer } from './writer.ts';

/** Puts before the writer what it needs, and gives the function that writes the graph as a {@link PackedGraph}. */
export function packGraph(writer: Writer, graph: Prepared): () => void {
  const { tree, start, used, at, colors } = graph;
  const { assembly } = writer;
  const gaps = start && gapsOf(tree, start);
  const gapColumn = gaps && writer.put(gaps);
  const writeTimes = (column: number, times: Float64Array) => {
    if (!assembly.writeWholes(column)) writer.write(times.join(','));
  };
  return () => {
    writer.write(`${headOf(graph)},"frames":{"name":${json(used.map((frame) => tree.frames.name[frame]!))},"url":[`);
    assembly.writeOfUsed(at.url);
    writer.write('],"line":[');
    assembly.writeOfUsed(at.line);
    writer.write('],"column":[');
    assembly.writeOfUsed(at.column);
    writer.write('],"kind":[');
    assembly.writeOfUsed(at.kind);
    writer.write(`]},"colors":{"of":"${colors.of}","fills":[`);
    assembly.writeFills();
    writer.write('],"fill":[');
    assembly.writeFillPlaces();
    writer.write(']},"nodes":{"frame":[');
    assembly.writeFrames();
    writer.write('],"up":[');
    assembly.writeSteps();
    writer.write('],"self":[');
    writeTimes(assembly.self.value, tree.self);
    writer.write('],"samples":[');
    assembly.writeInts(assembly.samples.value);
    if (gaps) {
      writer.write('],"gap":[');
      writeTimes(gapColumn!, gaps);
    }
    writer.write(']}}');
  };
}

/** The object's beginning: all that is not of frames, colours or nodes. */
function headOf({ whole, facts, caption, orientation, urls }: Prepared): string {
  const head: Omit<PackedGraph, 'frames' | 'colors' | 'nodes'> = {
    format: packedFormat,
    version: packedVersion,
    facts,
    caption,
    whole,
    orientation,
    urls,
  };
  return json(head).slice(0, -'}'.length);
}

function json(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[<>&'\u007f-\uffff]/g, unicodeEscape);
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function gapsOf({ parent, total }: CallTree, start: Float64Array): Float64Array {
  /** Where the next child of a node would begin if nothing were apart. */
  const next = start.slice();
  return start.map((begin, node) => {
    const above = parent[node]!;
    if (above < 0) return begin;
    const gap = begin - next[above]!;
    next[above] = begin + total[node]!;
    return gap;
  });
}
