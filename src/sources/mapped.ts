import { distinctTexts, type FunctionList, type Naming, Trait } from './functions.ts';
import { placeAt } from './lines.ts';
import type { SourceMap } from './maps.ts';

/** The functions of a list in their original sources, in columns beside the list's. Lines and columns from 1. */
export interface MappedFunctions extends Naming {
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
  const traits = list.traits.slice();
  const [line, column, endLine, endColumn] = [0, 0, 0, 0].map(() => new Int32Array(count)) as Columns;
  const pieces = Array.from(list.pieceAt, (at, piece) => {
    const own = list.texts[list.pieceText[piece]!]!;
    return at < 0 ? own : (map.identifier(placeAt(list.lineStarts, at)) ?? own);
  });
  const sourceIndex = new Map(map.sources.map((url, index) => [url, index]));
  for (let index = 0; index < count; index++) {
    const declared = traits[index]! & Trait.described && map.declared(placeAt(list.lineStarts, list.start[index]!));
    if (declared) {
      // It lost its name to a bundler, which put it where it is used once.
      pieces.fill('', list.firstPiece[index]!, list.firstPiece[index + 1]!);
      pieces[list.firstPiece[index]!] = declared;
      traits[index]! &= ~(Trait.described | Trait.silent);
    }
    const begin = map.original(placeAt(list.lineStarts, beginOf(list, index)));
    if (!begin) {
      // What no source has is the bundler's own: its wrappers say nothing about what is in them.
      traits[index]! |= Trait.silent;
      continue;
    }
    source[index] = sourceIndex.get(begin.source)!;
    line[index] = begin.line;
    column[index] = begin.column;
    const end = map.original(placeAt(list.lineStarts, list.end[index]! - 1));
    if (end?.source !== begin.source) continue;
    endLine[index] = end.line;
    endColumn[index] = end.column;
  }
  return { sources: map.sources, source, line, column, endLine, endColumn, traits, ...distinctTexts(pieces) };
}

type Columns = [Int32Array, Int32Array, Int32Array, Int32Array];

/** Its own name or that of a method, where it has one: what other names are made of stands before the function. */
function beginOf(list: FunctionList, index: number): number {
  const start = list.start[index]!;
  const own = list.pieceAt.subarray(list.firstPiece[index]!, list.firstPiece[index + 1]!).findLast((at) => at >= start);
  return own ?? start;
}
