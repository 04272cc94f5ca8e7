import type { FunctionEntry } from '../src/capture/inspect.ts';
import { hasInOrder, parseQuery } from '../src/sources/rank.ts';

/** A function whose path fits what was typed. */
export interface Match {
  readonly entry: FunctionEntry;
  /** The parts of the path that fit: pairs of start and end, ascending. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

export interface Filtered {
  /** Best first, at most as many as asked for. */
  readonly matches: readonly Match[];
  /** How many there are in all. */
  readonly count: number;
}

/**
 * Functions whose path contains the query, then those whose path has its characters in that order with others
 * between. Capitals don't matter. Of the former, those come first in which the query begins the path or a name in it.
 * Otherwise the order stays.
 */
export function filterFunctions(entries: readonly FunctionEntry[], query: string, limit: number): Filtered {
  const wanted = query.trim().toLowerCase();
  const byRank: FunctionEntry[][] = [[], [], [], []];
  let count = 0;
  for (const entry of entries) {
    const path = entry.path.toLowerCase();
    const at = path.indexOf(wanted);
    if (at < 0 && !hasInOrder(path, wanted)) continue;
    count++;
    const alike = byRank[at < 0 ? 3 : rankOf(path, at)]!;
    if (alike.length < limit) alike.push(entry);
  }
  // What fits them is told only of those that are shown: a letter fits tens of thousands.
  const best = byRank.flat().slice(0, limit);
  return { matches: best.map((entry) => ({ entry, ranges: rangesOf(entry.path.toLowerCase(), wanted) })), count };
}

function rangesOf(path: string, wanted: string): Match['ranges'] {
  if (wanted === '') return [];
  const at = path.indexOf(wanted);
  return at >= 0 ? [[at, at + wanted.length]] : (subsequence(path, wanted) ?? []);
}

function rankOf(path: string, at: number): 0 | 1 | 2 {
  if (at === 0) return 0;
  return /[.[]/.test(path[at - 1]!) ? 1 : 2;
}

/**
 * The parts of a function's whole name, `createStore › dispatch`, that fit what the sources were searched for: the last word
 * in its own name, as a piece or by single letters, and those before it in the names around.
 */
export function markName(name: string, query: string): Match['ranges'] {
  const words = parseQuery(query);
  if (!words) return [];
  const lower = name.toLowerCase();
  const wanted = words.name.toLowerCase();
  const at = lower.lastIndexOf(wanted);
  const own = lower.lastIndexOf('› ') + 1;
  const last: Match['ranges'] =
    at >= own
      ? [[at, at + wanted.length]]
      : (subsequence(lower.slice(own), wanted) ?? []).map(([start, end]) => [start + own, end + own] as const);
  const ranges: (readonly [number, number])[] = [];
  let from = 0;
  for (const word of words.before) {
    const start = lower.indexOf(word, from);
    if (start < 0 || start + word.length > (last[0]?.[0] ?? lower.length)) continue;
    from = start + word.length;
    ranges.push([start, from]);
  }
  return [...ranges, ...last];
}

/** Where the characters stand, taking each as early as possible; null when they don't. */
function subsequence(path: string, wanted: string): Match['ranges'] | null {
  const ranges: [number, number][] = [];
  let from = 0;
  for (const character of wanted) {
    const at = path.indexOf(character, from);
    if (at < 0) return null;
    from = at + character.length;
    const last = ranges.at(-1);
    if (last && last[1] === at) last[1] = from;
    else ranges.push([at, from]);
  }
  return ranges;
}
