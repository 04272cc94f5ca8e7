import type { CallTree, FrameTable, NodeIndex } from '../profile/model.ts';
import { displayName } from './names.ts';
import { formatCount, formatPercent, shareOf } from './units.ts';

export interface SearchResult {
  /** Share of the view's time that runs in matching functions, 0 to 1; time of nested matches counts once. */
  readonly matchedShare: number;
  /** Matching boxes in the view, in sight or not. */
  readonly count: number;
  /** Why the term is no pattern, in the browser's words; it was then searched as plain text. */
  readonly error?: string;
}

/** A search term made ready. */
export interface Matcher {
  readonly matches: (text: string) => boolean;
  readonly error?: string;
}

/** A regular expression; upper and lower case are the same unless the term has an upper-case letter (`\S` has none). */
export function createMatcher(term: string): Matcher {
  const caseMatters = /\p{Lu}/u.test(term.replaceAll(/\\./gs, ''));
  try {
    const pattern = new RegExp(term, caseMatters ? '' : 'i');
    return { matches: (text) => pattern.test(text) };
  } catch (error) {
    const fold = (text: string) => (caseMatters ? text : text.toLowerCase());
    const plain = fold(term);
    return { matches: (text) => fold(text).includes(plain), error: (error as Error).message };
  }
}

/** 1 for each frame whose name or address matches. Places and numbers are not searched. */
export function matchFrames(frames: FrameTable, { matches }: Matcher): Uint8Array {
  return Uint8Array.from(frames.name, (name, frame) =>
    matches(name) || (name === '' && matches(displayName(frames, frame))) || matches(frames.url[frame]!) ? 1 : 0,
  );
}

/** Adds up the matching boxes of a view. */
export function countMatches(tree: CallTree, matched: Uint8Array, root: NodeIndex): SearchResult {
  const { frame, subtreeSize, total } = tree;
  const end = root + subtreeSize[root]!;
  let time = 0;
  let count = 0;
  /** Nodes before this one have a matching ancestor. */
  let covered = root;
  for (let node = root; node < end; node++) {
    if (!matched[frame[node]!]) continue;
    count++;
    if (node < covered) continue;
    time += total[node]!;
    covered = node + subtreeSize[node]!;
  }
  return { matchedShare: count > 0 ? shareOf(time, total[root]!) : 0, count };
}

/** `Matched 12.3 %`, with the rest that a status line should say. */
export function formatMatches({ matchedShare, count, error }: SearchResult): string {
  const matched = count > 0 ? `Matched ${formatPercent(matchedShare)}` : 'Matched 0 %';
  const boxes = count === 1 ? '1 box' : formatCount(count, 'box').replace(/s$/, 'es');
  return `${matched} · ${boxes}${error ? ' · no valid pattern, searched as plain text' : ''}`;
}
