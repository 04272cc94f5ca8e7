/**
 * The functions of a script's text, as columns that survive structured clone.
 *
 * A function's *place* is the one that V8 gives in call frames and in `[[FunctionLocation]]`: the parenthesis that opens the
 * parameters of a function, method, getter or setter; the first character of an arrow function, `async` included; for a
 * class the parenthesis of its constructor, or the word `class` where it has none.
 */
import {
  intoDocument,
  intoScript,
  type LineStarts,
  lastAtMost,
  lineStartsOf,
  offsetAt,
  type Place,
  placeAt,
  textBegin,
} from './lines.ts';
import type { Piece } from './naming.ts';
import { readSyntax, type Unreadable } from './syntax.ts';
import { type FoundFunction, type FunctionKind, findFunctions, functionKinds } from './walk.ts';

export type { FunctionKind, Place, Unreadable };

/** Index of a function in the columns of a {@link FunctionList}. */
export type FunctionIndex = number;

/** Functions in the order in which they begin, so parents come before what is nested in them. Offsets into the text. */
export interface FunctionList extends Naming {
  readonly lineStarts: LineStarts;
  /** The function itself, with the name of a method. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Where V8 says it is. */
  readonly place: Int32Array;
  /** The innermost function around; -1 at the top. */
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  /** Index into {@link functionKinds}. */
  readonly kind: Uint8Array;
  /** Pieces of function `f` are `firstPiece[f]` up to (not including) `firstPiece[f + 1]`; one longer than functions. */
  readonly firstPiece: Int32Array;
  /** Offset of the token that a piece was taken from; -1 for words of ours. */
  readonly pieceAt: Int32Array;
}

/** What the names of a list say: in the script itself, or in the original sources. */
export interface Naming {
  /** By function: bits of {@link Trait}. */
  readonly traits: Uint8Array;
  /** Index into `texts`. */
  readonly pieceText: Int32Array;
  /** Distinct. Hostile data: never markup, never code. */
  readonly texts: readonly string[];
}

/** The last three are those of a `Label` in naming.ts. */
export const Trait = { async: 1, generator: 2, member: 4, described: 8, silent: 16 } as const;

/** One function, written out for people. Places are in the document that the script is part of. */
export interface SourceFunction {
  readonly index: FunctionIndex;
  /** With the functions around it: `createStore › dispatch`, `Widget.render`. */
  readonly name: string;
  readonly kind: FunctionKind;
  readonly async: boolean;
  readonly generator: boolean;
  /** Where V8 says it is. */
  readonly place: Place;
  readonly start: Place;
  readonly end: Place;
  readonly parent: FunctionIndex;
  readonly depth: number;
  /** The parts of its own name; a place for those that are tokens of the source. */
  readonly pieces: readonly { readonly text: string; readonly place: Place | null }[];
}

/** Lists a script's functions. `module` left out, the text is tried as a script and then as a module. */
export function listFunctions(text: string, { module }: { readonly module?: boolean } = {}): FunctionList | Unreadable {
  const program = readSyntax(text, module);
  if ('error' in program) return program;
  const found = findFunctions(program, text).sort((a, b) => a.start - b.start || b.end - a.end);
  return toColumns(found, lineStartsOf(text));
}

function toColumns(found: readonly FoundFunction[], lineStarts: LineStarts): FunctionList {
  const pieces: Piece[] = [];
  const parent = new Int32Array(found.length);
  const depth = new Int32Array(found.length);
  const firstPiece = new Int32Array(found.length + 1);
  let open = -1;
  found.forEach(({ start, label }, index) => {
    while (open >= 0 && found[open]!.end <= start) open = parent[open]!;
    parent[index] = open;
    depth[index] = open < 0 ? 0 : depth[open]! + 1;
    open = index;
    pieces.push(...label.pieces);
    firstPiece[index + 1] = pieces.length;
  });
  return {
    lineStarts,
    start: Int32Array.from(found, ({ start }) => start),
    end: Int32Array.from(found, ({ end }) => end),
    place: Int32Array.from(found, ({ place }) => place),
    parent,
    depth,
    kind: Uint8Array.from(found, ({ kind }) => functionKinds.indexOf(kind)),
    traits: Uint8Array.from(found, traitsOf),
    firstPiece,
    pieceAt: Int32Array.from(pieces, ({ at }) => at),
    ...distinctTexts(pieces.map(({ text }) => text)),
  };
}

/** One text a piece, each kept once. */
export function distinctTexts(pieces: readonly string[]): Pick<Naming, 'pieceText' | 'texts'> {
  const known = new Map<string, number>();
  const pieceText = Int32Array.from(pieces, (text) => {
    const index = known.get(text) ?? known.size;
    known.set(text, index);
    return index;
  });
  return { pieceText, texts: [...known.keys()] };
}

function traitsOf({ async, generator, label }: FoundFunction): number {
  return (
    (async ? Trait.async : 0) |
    (generator ? Trait.generator : 0) |
    (label.member ? Trait.member : 0) |
    (label.described ? Trait.described : 0) |
    (label.silent ? Trait.silent : 0)
  );
}

/** A function's own name, by what its pieces say. */
export function ownName(list: FunctionList, index: FunctionIndex, says: Naming = list): string {
  let name = '';
  for (let piece = list.firstPiece[index]!; piece < list.firstPiece[index + 1]!; piece++)
    name += says.texts[says.pieceText[piece]!];
  return name;
}

/** Functions nested deeper are named by the nearest ones around them. */
const longestChain = 6;

/** A function's name with those of the functions around it. */
export function chainName(list: FunctionList, index: FunctionIndex, says: Naming = list): string {
  let name = ownName(list, index, says);
  let inner = index;
  let links = 1;
  for (let outer = list.parent[index]!; outer >= 0; outer = list.parent[outer]!) {
    if (says.traits[outer]! & Trait.silent) continue;
    if (++links > longestChain) return `… › ${name}`;
    const member = says.traits[inner]! & Trait.member && isClass(list, outer) && list.parent[inner] === outer;
    name = `${ownName(list, outer, says)}${member ? '.' : ' › '}${name}`;
    inner = outer;
  }
  return name;
}

function isClass(list: FunctionList, index: FunctionIndex): boolean {
  return functionKinds[list.kind[index]!] === 'class';
}

/** Writes a function out. `begin` is where the script begins in its document. */
export function describeFunction(list: FunctionList, index: FunctionIndex, begin = textBegin): SourceFunction {
  const at = (offset: number) => intoDocument(placeAt(list.lineStarts, offset), begin);
  const pieces = [];
  for (let piece = list.firstPiece[index]!; piece < list.firstPiece[index + 1]!; piece++) {
    const offset = list.pieceAt[piece]!;
    pieces.push({ text: list.texts[list.pieceText[piece]!]!, place: offset < 0 ? null : at(offset) });
  }
  const traits = list.traits[index]!;
  return {
    index,
    name: chainName(list, index),
    kind: functionKinds[list.kind[index]!]!,
    async: (traits & Trait.async) !== 0,
    generator: (traits & Trait.generator) !== 0,
    place: at(list.place[index]!),
    start: at(list.start[index]!),
    end: at(list.end[index]!),
    parent: list.parent[index]!,
    depth: list.depth[index]!,
    pieces,
  };
}

/**
 * The function that a place means: the innermost around it. For a whole line the first function that begins on it, else the
 * innermost around the line's beginning. Null at the top of the script and outside of it.
 */
export function functionAt(
  list: FunctionList,
  line: number,
  column?: number,
  begin: Place = textBegin,
): FunctionIndex | null {
  const within = intoScript({ line, column: column ?? 1 }, begin);
  const offset = offsetAt(list.lineStarts, column === undefined ? { ...within, column: 1 } : within);
  if (offset === null) return null;
  if (column === undefined) {
    const next = list.lineStarts[within.line] ?? Number.POSITIVE_INFINITY;
    const first = lastAtMost(list.start, offset - 1) + 1;
    if (first < list.start.length && list.start[first]! < next) return first;
  }
  return innermost(list, offset);
}

function innermost(list: FunctionList, offset: number): FunctionIndex | null {
  let index = lastAtMost(list.start, offset);
  while (index >= 0 && list.end[index]! <= offset) index = list.parent[index]!;
  return index < 0 ? null : index;
}
