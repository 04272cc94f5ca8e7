import { distinctTexts, type FunctionList, type PieceTexts } from './functions.ts';
import { placeAt } from './lines.ts';
import type { SourceMap } from './maps.ts';

/** The functions of a list in their original sources, in columns beside the list's. Lines and columns from 1. */
export interface MappedFunctions extends PieceTexts {
  readonly sources: readonly string[];
  /** Index into `sources`; -1 where the map says nothing of a function. */
  readonly source: Int32Array;
  /** Where it begins: at its name where that can be told, else at itself. */
  readonly line: Int32Array;
  readonly column: Int32Array;
  /** The last place of it, in the same source; 0 where the map says nothing. */
  readonly endLine: Int32Array;
  readonly endColumn: Int32Array;
}

/** Sees functions through the map of their script. Each identifier of a name is mapped by itself; words stay as they are. */
export function mapFunctions(list: FunctionList, map: SourceMap): MappedFunctions {
  const count = list.start.length;
  const source = new Int32Array(count).fill(-1);
  const [line, column, endLine, endColumn] = [0, 0, 0, 0].map(() => new Int32Array(count)) as Columns;
  const pieces = Array.from(list.pieceAt, (at, piece) => {
    const own = list.texts[list.pieceText[piece]!]!;
    return at < 0 ? own : (map.identifier(placeAt(list.lineStarts, at)) ?? own);
  });
  const sourceIndex = new Map(map.sources.map((url, index) => [url, index]));
  for (let index = 0; index < count; index++) {
    const begin = map.original(placeAt(list.lineStarts, beginOf(list, index)));
    if (!begin) continue;
    source[index] = sourceIndex.get(begin.source)!;
    line[index] = begin.line;
    column[index] = begin.column;
    const end = map.original(placeAt(list.lineStarts, list.end[index]! - 1));
    if (end?.source !== begin.source) continue;
    endLine[index] = end.line;
    endColumn[index] = end.column;
  }
  return { sources: map.sources, source, line, column, endLine, endColumn, ...distinctTexts(pieces) };
}

type Columns = [Int32Array, Int32Array, Int32Array, Int32Array];

/** The name within the function or right before it; a name that stands elsewhere, as a description's, is not where it begins. */
function beginOf(list: FunctionList, index: number): number {
  const start = list.start[index]!;
  for (let piece = list.firstPiece[index + 1]! - 1; piece >= list.firstPiece[index]!; piece--) {
    const at = list.pieceAt[piece]!;
    if (at >= start && at <= list.place[index]!) return at;
  }
  return start;
}
