import { type PackedGraph, packedFormat, packedVersion } from '../flamegraph/pack.ts';
import type { CallTree } from '../profile/model.ts';
import type { Prepared } from './prepared.ts';
import type { Writer } from './writer.ts';

/** Puts before the writer what it needs, and gives the function that writes the graph as a {@link PackedGraph}. */
export function packGraph(writer: Writer, graph: Prepared): () => void {
  const { tree, start, used } = graph;
  const { assembly } = writer;
  const packedByFrame = new Int32Array(tree.frames.name.length);
  used.forEach((frame, place) => {
    packedByFrame[frame] = place;
  });
  const places = writer.put(packedByFrame);
  const gaps = start && gapsOf(tree, start);
  const gapColumn = gaps && writer.put(gaps);
  const writeTimes = (column: number, times: Float64Array) => {
    if (!assembly.writeWholes(column)) writer.write(times.join(','));
  };
  return () => {
    writer.write(`${headOf(graph).slice(0, -'}'.length)},"nodes":{"frame":[`);
    assembly.writeByFrame(places);
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

/** All but the nodes. */
function headOf({ tree, whole, facts, caption, orientation, used, colors }: Prepared): string {
  const { name, url, line, column, kind } = tree.frames;
  const urls = new Map<string, number>();
  const placeOf = (address: string) => {
    const known = urls.get(address);
    if (known === undefined) urls.set(address, urls.size);
    return known ?? urls.size - 1;
  };
  const urlPlaces = used.map((frame) => placeOf(url[frame]!));
  const packed: Omit<PackedGraph, 'nodes'> = {
    format: packedFormat,
    version: packedVersion,
    facts,
    caption,
    whole,
    orientation,
    urls: [...urls.keys()],
    frames: {
      name: used.map((frame) => name[frame]!),
      url: urlPlaces,
      line: used.map((frame) => line[frame]!),
      column: used.map((frame) => column[frame]!),
      kind: used.map((frame) => kind[frame]!),
    },
    colors: {
      of: colors.of,
      fills: colors.palette.map(({ fill }) => fill),
      fill: colors.of === 'frame' ? used.map((frame) => colors.place[frame]!) : [...colors.place],
    },
  };
  return JSON.stringify(packed).replaceAll(/[<>&'\u007f-\uffff]/g, unicodeEscape);
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
