/**
 * Source maps: from what the browser runs to what people wrote, and back. Places are within the script's text, from 1.
 */
import {
  AnyMap,
  allGeneratedPositionsFor,
  decodedMappings,
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  sourceContentFor,
  type TraceMap,
  traceSegment,
} from '@jridgewell/trace-mapping';
import { type LineStarts, lineStartsOf, offsetAt, type Place } from './lines.ts';
import type { Unreadable } from './syntax.ts';
import { sourceMatches } from './urls.ts';

/** A place in an original source. */
export interface OriginalPlace extends Place {
  /** Address of the source, resolved against the map's. */
  readonly source: string;
}

/** A place of the generated script seen through the map. `name` is what the map itself says that stands there. */
export interface Mapped extends OriginalPlace {
  readonly name: string | null;
}

export interface SourceMap {
  readonly sources: readonly string[];
  /** What stands at a place of the generated script; null where the map says nothing. */
  original(place: Place): Mapped | null;
  /** The original name of the identifier that stands at exactly this place; null where the map has none. */
  identifier(place: Place): string | null;
  /** The name that the original source declares a function or class by, where one begins at exactly this place. */
  declared(place: Place): string | null;
  /** Places of the generated script that came of an original one, or of all that line, in the script's order. */
  generated(source: string, line: number, column?: number): Place[];
  /** The text of an original source, where the map carries it. */
  content(source: string): string | null;
}

/** Reads a source map, one of sections too. `url` is where it came from: sources are named relative to it. */
export function readMap(json: string, url?: string): SourceMap | Unreadable {
  let map: TraceMap;
  try {
    // Some servers guard JSON against being run as a script by a first line that is none.
    const value: unknown = JSON.parse(json.replace(/^\)\]\}'[^\n]*\n?/, ''));
    const problem = problemOf(value);
    if (problem) return { error: `The source map could not be read: ${problem}` };
    // Checked above as far as the reader relies on it.
    map = new AnyMap(value as ConstructorParameters<typeof AnyMap>[0], url);
    if (!decodedMappings(map).every((line) => line.every((segment) => isSound(segment, map.sources.length))))
      return { error: 'The source map could not be read: its mappings lead out of its sources' };
  } catch (error) {
    return { error: `The source map could not be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  return new TracedMap(map);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
/** A segment is its column, then the index of a source with line and column, then the index of a name. There are millions. */
function isSound(segment: readonly number[], sources: number): boolean {
  for (let index = 0; index < segment.length; index++) if (!(segment[index]! >= 0)) return false;
  return segment.length === 1 || segment[1]! < sources;
}

/** The reader makes a list of all lines up to a section's, so there must be an end to them. */
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 24;
const isStringOrNull = (value: unknown) => typeof value === 'string' || value === null;

function problemOf(value: unknown): string | null {
  if (!isObject(value)) return 'it is no object';
  if (value.version !== 3 && value.version !== '3') return `its version is ${JSON.stringify(value.version)}, not 3`;
  if (Array.isArray(value.sections)) {
    for (const section of value.sections as unknown[]) {
      if (!isObject(section) || !isObject(section.offset)) return 'a section has no offset';
      const { line, column } = section.offset;
      if (!isCount(line) || !isCount(column)) return 'a section has no offset';
      const problem = problemOf(section.map);
      if (problem) return `in a section ${problem}`;
    }
    return null;
  }
  if (typeof value.mappings !== 'string') return 'it has no mappings';
  if (!Array.isArray(value.sources) || !value.sources.every(isStringOrNull)) return 'it has no list of sources';
  const { names, sourcesContent } = value;
  if (names !== undefined && !(Array.isArray(names) && names.every((name) => typeof name === 'string')))
    return 'its names are no list of texts';
  if (sourcesContent !== undefined && !(Array.isArray(sourcesContent) && sourcesContent.every(isStringOrNull)))
    return 'its sources’ contents are no list of texts';
  return null;
}

type OriginalSegment = Readonly<[number, number, number, number] | [number, number, number, number, number]>;

class TracedMap implements SourceMap {
  readonly sources: readonly string[];
  private readonly lines = new Map<number, { readonly text: string; readonly starts: LineStarts } | null>();

  constructor(private readonly map: TraceMap) {
    this.sources = map.resolvedSources;
  }

  original(place: Place): Mapped | null {
    const segment = this.segment(place);
    if (segment?.length !== 4 && segment?.length !== 5) return null;
    const [, source, line, column, name] = segment;
    const url = this.sources[source];
    if (url === undefined) return null;
    const named = name === undefined ? null : (this.map.names[name] ?? null);
    return { source: url, line: line + 1, column: column + 1, name: named };
  }

  identifier(place: Place): string | null {
    const segment = this.segmentAt(place);
    if (!segment) return null;
    const name = segment[4] === undefined ? undefined : this.map.names[segment[4]];
    return name ?? this.read(identifierHere, segment);
  }

  declared(place: Place): string | null {
    const segment = this.segmentAt(place);
    return segment && this.read(declarationHere, segment);
  }

  private segment({ line, column }: Place) {
    return line < 1 || column < 1 ? null : traceSegment(this.map, line - 1, column - 1);
  }

  /** The segment that begins at a place: one that begins before it speaks of another token. */
  private segmentAt(place: Place) {
    const segment = this.segment(place);
    return (segment?.length === 4 || segment?.length === 5) && segment[0] === place.column - 1 ? segment : null;
  }

  /** What a pattern finds in the original source at a segment's place, if it is no keyword. */
  private read(pattern: RegExp, [, source, line, column]: OriginalSegment): string | null {
    const content = this.linesOf(source);
    const offset = content && offsetAt(content.starts, { line: line + 1, column: column + 1 });
    if (!content || offset === null) return null;
    pattern.lastIndex = offset;
    const name = pattern.exec(content.text)?.[1];
    return name === undefined || keywords.has(name) ? null : name;
  }

  private linesOf(source: number) {
    let content = this.lines.get(source);
    if (content === undefined) {
      const text = this.map.sourcesContent?.[source] ?? null;
      content = text === null ? null : { text, starts: lineStartsOf(text) };
      this.lines.set(source, content);
    }
    return content;
  }

  generated(source: string, line: number, column?: number): Place[] {
    const url = this.sources.includes(source) ? source : this.sources.find((one) => sourceMatches(one, source));
    if (url === undefined || line < 1) return [];
    const needle = { source: url, line, column: Math.max(0, (column ?? 1) - 1) };
    const before = allGeneratedPositionsFor(this.map, { ...needle, bias: GREATEST_LOWER_BOUND });
    const found =
      before.length > 0 ? before : allGeneratedPositionsFor(this.map, { ...needle, bias: LEAST_UPPER_BOUND });
    return found
      .map((one) => ({ line: one.line, column: one.column + 1 }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  }

  content(source: string): string | null {
    return sourceContentFor(this.map, source);
  }
}

/** An identifier, or the one that a declaration's words lead to: maps often point at `export` or `private`. */
const identifierHere =
  /(?:(?:abstract|accessor|async|class|const|declare|default|export|function|get|let|override|private|protected|public|readonly|set|static|var)\b[ \t]*\*?[ \t]*(?=[\p{ID_Start}$_#]))*(#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)/uy;
const declarationHere =
  /(?:(?:export|default|async|abstract|declare)\s+)*(?:function\b\s*\*?|class\b)\s*([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)/uy;
const keywords = new Set(
  'async await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof let new null return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  ),
);
