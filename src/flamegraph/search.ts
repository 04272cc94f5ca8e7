import type { CallTree, FrameTable, Microseconds, NodeIndex } from '../profile/model.ts';
import { displayName } from './names.ts';
import { formatCount, formatDuration, formatPercent, shareOf } from './units.ts';
import type { Zoom } from './view.ts';

/** What is looked for, in names and addresses; numbers are not searched. */
export interface Query {
  /** Each has a colour of its own. Empty ones match nothing. */
  readonly terms: readonly string[];
  readonly isRegex: boolean;
  /** Whether upper and lower case differ in any term; if not, they differ in terms that have an upper-case letter. */
  readonly isCaseSensitive: boolean;
}

export interface SearchResult {
  /** The view's time that runs in matching functions; that of nested matches counts once. */
  readonly matchedTime: Microseconds;
  /** Of the view's time, 0 to 1. */
  readonly matchedShare: number;
  /** Matching boxes in the view, in sight or not. */
  readonly count: number;
  /** Why a term is no pattern, in the browser's words; it was then searched as plain text. */
  readonly error?: string;
}

/** A search term made ready. */
interface Matcher {
  readonly matches: (text: string) => boolean;
  readonly error?: string;
}

function createMatcher(term: string, { isRegex, isCaseSensitive }: Omit<Query, 'terms'>): Matcher {
  // In a pattern, `\S` has no upper-case letter.
  const letters = isRegex ? term.replaceAll(/\\./gs, '') : term;
  const caseMatters = isCaseSensitive || /\p{Lu}/u.test(letters);
  const fold = (text: string) => (caseMatters ? text : text.toLowerCase());
  const asText = { matches: (text: string) => fold(text).includes(fold(term)) };
  if (!isRegex) return asText;
  try {
    const pattern = new RegExp(term, caseMatters ? '' : 'i');
    return { matches: (text) => pattern.test(text) };
  } catch (error) {
    return { ...asText, error: (error as Error).message };
  }
}

/** What of a frame table matches a query. */
export interface Matches {
  /** For each frame the number of the first term that matches it, from 1; 0 for none. */
  readonly termOf: Uint8Array;
  readonly error?: string;
}

/** Null when there is nothing to look for. */
export function matchFrames(frames: FrameTable, query: Query): Matches | null {
  const matchers = query.terms.map((term) => (term === '' ? null : createMatcher(term, query)));
  if (matchers.every((matcher) => matcher === null)) return null;
  const error = matchers.find((matcher) => matcher?.error !== undefined)?.error;
  const termOf = Uint8Array.from(frames.name, (name, frame) => {
    const texts = [name || displayName(frames, frame), frames.url[frame]!];
    return 1 + matchers.findIndex((matcher) => matcher !== null && texts.some(matcher.matches));
  });
  return { termOf, ...(error !== undefined && { error }) };
}

/** Adds up the matching boxes of what is zoomed to. */
export function countMatches(
  { frame, subtreeSize, total }: CallTree,
  { termOf, error }: Matches,
  zoom: Zoom,
): SearchResult {
  let viewed = 0;
  for (let node = zoom.first; node < zoom.end; node += subtreeSize[node]!) viewed += total[node]!;
  let time = 0;
  let count = 0;
  /** Nodes before this one have a matching ancestor. */
  let covered = zoom.first;
  for (let node = zoom.first; node < zoom.end; node++) {
    if (!termOf[frame[node]!]) continue;
    count++;
    if (node < covered) continue;
    time += total[node]!;
    covered = node + subtreeSize[node]!;
  }
  const matchedShare = count > 0 ? shareOf(time, viewed) : 0;
  return { matchedTime: time, matchedShare, count, ...(error !== undefined && { error }) };
}

/** The next matching node after another one in the order of the tree, or before it; round about, and null when none is. */
export function nextMatch({ frame }: CallTree, { termOf }: Matches, from: NodeIndex, step: 1 | -1): NodeIndex | null {
  const count = frame.length;
  for (let i = 1; i <= count; i++) {
    const node = (from + step * i + count) % count;
    if (termOf[frame[node]!]) return node;
  }
  return null;
}

/** `Matched 12.3 % · 4.1 ms · 7 boxes`, and what a status line should say besides. */
export function formatMatches({ matchedTime, matchedShare, count, error }: SearchResult): string {
  const time = count > 0 ? ` · ${formatDuration(matchedTime)}` : '';
  const note = error ? ' · no valid pattern, searched as plain text' : '';
  return `Matched ${formatPercent(matchedShare)}${time} · ${formatCount(count, 'box', 'boxes')}${note}`;
}
