/**
 * What is known of the functions of all loaded scripts. Names and files are the original ones where a map gives them.
 */
import {
  chainName,
  describeFunction,
  type FunctionIndex,
  type FunctionList,
  functionAt,
  type Naming,
  ownName,
  type SourceFunction,
  Trait,
} from './functions.ts';
import type { Place } from './lines.ts';
import { Match, matchName, parseQuery, type Query, rank, ranks } from './rank.ts';
import type { ReadScript, ScriptInfo } from './script.ts';
import { fileOf, packageOf, shortPath, sourceMatches } from './urls.ts';

/** A function of a loaded script. All places from 1. */
export interface Found extends Omit<SourceFunction, 'name' | 'pieces'> {
  readonly scriptId: string;
  /** Of the script. */
  readonly url: string;
  /** What people call it, in the original source where there is a map. */
  readonly name: string;
  /** What the script itself calls it. */
  readonly generatedName: string;
  /** Where a map says that it was written. */
  readonly original: { readonly source: string; readonly line: number; readonly column: number } | null;
  /** A short form of the original source's address, or of the script's. */
  readonly file: string;
  /** The library that it is of; null for the page's own code. */
  readonly package: string | null;
}

/** A script that gives no functions, or only without its map. */
export interface Problem {
  readonly scriptId: string;
  readonly url: string;
  /** In words. */
  readonly problem: string;
}

interface Loaded extends ScriptInfo {
  readonly read: ReadScript;
  /** By function: index of what its own name says in the index's `keys`. */
  readonly keys: Int32Array;
  /** The script itself, then the sources of its map. */
  readonly files: readonly { readonly url: string; readonly short: string; readonly package: string | null }[];
}

export class SourceIndex {
  private readonly scripts = new Map<string, Loaded>();
  /** What functions are searched by: most names are there many times. */
  private readonly keys: string[] = [];
  private readonly keyIndex = new Map<string, number>();
  private readonly keysByReading = new WeakMap<ReadScript, Int32Array>();

  /** Takes a script in, in the place of an earlier one of the same id. */
  add(script: ScriptInfo, read: ReadScript): void {
    const urls = [script.url, ...(read.mapped?.sources ?? [])];
    const files = urls.map((one) => ({ url: one, short: shortPath(one), package: packageOf(one) }));
    this.scripts.set(script.id, { ...script, read, keys: this.keysOf(read), files });
  }

  remove(id: string): void {
    this.scripts.delete(id);
  }

  problems(): Problem[] {
    return [...this.scripts.values()].flatMap(({ id, url, read: { problem } }) =>
      problem === null ? [] : [{ scriptId: id, url, problem }],
    );
  }

  /** The functions that best match what is typed, the best first. */
  search(typed: string, limit: number): Found[] {
    const query = parseQuery(typed);
    if (!query) return [];
    const matches = this.matches(query.name);
    const scripts = [...this.scripts.values()];
    const ranked = scripts.map((script) => this.rankedIn(script, matches, typed.trim()));
    const best: Found[] = [];
    for (const wanted of ranksFound(ranked)) {
      for (const [at, script] of scripts.entries()) {
        const ranksOf = ranked[at]!;
        for (let index = ranksOf.indexOf(wanted); index >= 0; index = ranksOf.indexOf(wanted, index + 1)) {
          const byFile = matches[script.keys[index]!] === Match.none;
          if (byFile || comesAfter(script, index, query)) best.push(found(script, index));
          if (best.length >= limit) return best;
        }
      }
    }
    return best;
  }

  /** By key. */
  private matches(name: string): Uint8Array {
    const matches = new Uint8Array(this.keys.length);
    for (let key = 0; key < matches.length; key++) matches[key] = matchName(this.keys[key]!, name);
    return matches;
  }

  /** By function: its rank, -1 where it does not match. Numbers alone, as a letter is in tens of thousands of names. */
  private rankedIn(script: Loaded, matches: Uint8Array, typed: string): Int16Array {
    const { keys, files, read } = script;
    const ranked = new Int16Array(keys.length).fill(-1);
    const traits = (read.mapped ?? read.functions)?.traits;
    const inFile = files.map(({ url, short }) => fileMatches(url, short, typed));
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index]!;
      const match = matches[key]!;
      const file = fileIndex(script, index);
      if (match === Match.none && !inFile[file]) continue;
      const described = (traits![index]! & Trait.described) !== 0;
      const own = files[file]!.package === null;
      // What is listed for its file stays in the order of the file.
      ranked[index] =
        match === Match.none ? rank(Match.file, own, false, 0) : rank(match, own, described, this.keys[key]!.length);
    }
    return ranked;
  }

  /** The function at a place of a loaded script, such as a call frame's. */
  functionAt(scriptId: string, { line, column }: Place): Found | null {
    const script = this.scripts.get(scriptId);
    const list = script?.read.functions;
    if (!script || !list) return null;
    const index = functionAt(list, line, column, script.begin);
    return index === null ? null : found(script, index);
  }

  /**
   * The functions that a place of a script or of an original source means, one for each script that has it. `source` is an
   * address or the end of one; the whole address of a script means that script and not a source of that address, as servers
   * give both to what they translate. A line alone means the first function that begins on it, else the innermost around it.
   */
  findAt(source: string, line: number, column?: number): Found[] {
    const scripts = [...this.scripts.values()];
    const whole = scripts.filter(({ url }) => url === source);
    return (whole.length > 0 ? whole : scripts).flatMap((script) => {
      const list = script.read.functions;
      if (!list) return [];
      const index =
        (whole.length > 0 ? null : inOriginal(script, source, line, column)) ??
        (sourceMatches(script.url, source) ? functionAt(list, line, column, script.begin) : null);
      return index === null ? [] : [found(script, index)];
    });
  }

  private keysOf(read: ReadScript): Int32Array {
    const { functions, mapped } = read;
    if (!functions) return new Int32Array();
    const known = this.keysByReading.get(read);
    if (known) return known;
    const says = mapped ?? functions;
    const keys = functions.start.map((_, index) => {
      const whole = ownName(functions, index, says);
      const text = says.traits[index]! & Trait.described ? whole : (lastName(functions, index, says) ?? whole);
      const key = this.keyIndex.get(text) ?? this.keys.push(text) - 1;
      this.keyIndex.set(text, key);
      return key;
    });
    this.keysByReading.set(read, keys);
    return keys;
  }
}

/** Every rank that is there, the highest first. */
function ranksFound(ranked: readonly Int16Array[]): number[] {
  const isThere = new Uint8Array(ranks);
  for (const one of ranked)
    for (let index = 0; index < one.length; index++) if (one[index]! >= 0) isThere[one[index]!] = 1;
  return Array.from(isThere.keys())
    .filter((at) => isThere[at] === 1)
    .reverse();
}

/** The last identifier of a function's own name: `size` of `size (get)`, `Button` of `Button (memo)`. */
function lastName(list: FunctionList, index: FunctionIndex, says: Naming): string | undefined {
  let last: string | undefined;
  for (let piece = list.firstPiece[index]!; piece < list.firstPiece[index + 1]!; piece++) {
    const text = says.texts[says.pieceText[piece]!]!;
    if (text.startsWith(' (')) break;
    if (list.pieceAt[piece]! >= 0 && text !== '') last = text;
  }
  return last;
}

/** Whether a file is what is typed: the beginning or a part of its name, or the end of its path. */
function fileMatches(url: string, short: string, typed: string): boolean {
  const wanted = typed.toLowerCase();
  if (wanted.length < shortestFile) return false;
  return wanted.includes('/') ? short.toLowerCase().includes(wanted) : fileOf(url).toLowerCase().includes(wanted);
}
/** Shorter texts are in too many files' names to say anything. */
const shortestFile = 3;

/** Index into a script's files. */
function fileIndex({ read }: Loaded, index: FunctionIndex): number {
  return (read.mapped?.source[index] ?? -1) + 1;
}

/** Whether the words typed before the name are in its file's name and the names around it, in their order. */
function comesAfter(script: Loaded, index: FunctionIndex, { before }: Query): boolean {
  if (before.length === 0) return true;
  const { functions, mapped } = script.read;
  const { short } = script.files[fileIndex(script, index)]!;
  const chain = `${short} ${chainName(functions!, index, mapped ?? functions!)}`.toLowerCase();
  let at = 0;
  for (const word of before) {
    const next = chain.indexOf(word, at);
    if (next < 0) return false;
    at = next + word.length;
  }
  return true;
}

function inOriginal({ read: { mapped } }: Loaded, typed: string, line: number, column?: number): FunctionIndex | null {
  if (!mapped) return null;
  const meant = mapped.sources.map((source) => sourceMatches(source, typed));
  if (!meant.includes(true)) return null;
  let around: FunctionIndex | null = null;
  let starting: FunctionIndex | null = null;
  for (const [index, source] of mapped.source.entries()) {
    if (source < 0 || !meant[source]) continue;
    const begin = { line: mapped.line[index]!, column: mapped.column[index]! };
    const end = { line: mapped.endLine[index]!, column: mapped.endColumn[index]! };
    const at = { line, column: column ?? (begin.line === line ? begin.column : 1) };
    if (begin.line === line && (starting === null || begin.column < mapped.column[starting]!)) starting = index;
    if (!isAfter(begin, at) && !isAfter(at, end) && (around === null || beginsLater(mapped, index, around)))
      around = index;
  }
  return column === undefined ? (starting ?? around) : around;
}

const isAfter = (a: Place, b: Place) => a.line > b.line || (a.line === b.line && a.column > b.column);

function beginsLater(
  mapped: { line: Int32Array; column: Int32Array },
  one: FunctionIndex,
  other: FunctionIndex,
): boolean {
  const lines = mapped.line[one]! - mapped.line[other]!;
  return lines > 0 || (lines === 0 && mapped.column[one]! >= mapped.column[other]!);
}

function found(script: Loaded, index: FunctionIndex): Found {
  const { functions, mapped } = script.read;
  const { name: generatedName, pieces: _, ...rest } = describeFunction(functions!, index, script.begin);
  const { url, short, package: of } = script.files[fileIndex(script, index)]!;
  const isMapped = mapped !== null && mapped.source[index]! >= 0;
  return {
    ...rest,
    scriptId: script.id,
    url: script.url,
    name: mapped ? chainName(functions!, index, mapped) : generatedName,
    generatedName,
    original: isMapped ? { source: url, line: mapped.line[index]!, column: mapped.column[index]! } : null,
    file: short,
    package: of,
  };
}
