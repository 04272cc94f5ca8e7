import type { FunctionEntry, FunctionList } from './inspect.ts';
import inspectCode from './page/inspect.ts?iife';
import type { PathStep } from './target.ts';

/** Whose functions an object leads to: the page's or the browser's. */
export type Side = 'own' | 'native';

/** An object of the page whose properties are listed. */
export interface Holder {
  /** From the global object, which has none. */
  readonly steps: readonly PathStep[];
  /** How many prototypes up from there. */
  readonly up: number;
  /** Whether its functions are methods. */
  readonly isPrototype: boolean;
}

/** How far a listing has come, for the slice to come; a JSON value. */
export interface Listing {
  readonly natives: boolean;
  /** How long the slice may take. */
  readonly milliseconds: number;
  /** All that were found, in the order of their turn. */
  readonly holders: Record<Side, Holder[]>;
  /** Index of the holder whose turn it is. */
  readonly next: Record<Side, number>;
  /** Where a holder was left half way: on which side, and at which of its keys. */
  readonly side: Side;
  readonly key: number;
  /** Functions listed. */
  readonly count: number;
}

/** What came of a slice; a JSON value. */
export interface Slice extends Pick<Listing, 'next' | 'side' | 'key' | 'count'> {
  /** A line for each function: its kind, a tab, its path. An object for each would take the page as long as the look itself. */
  readonly lines: Readonly<Record<Side, string>>;
  /** Holders that were not known before. */
  readonly found: Readonly<Record<Side, readonly Holder[]>>;
  readonly isLast: boolean;
  readonly isCutOff: boolean;
}

/** The page stands still for no more than 50 ms, which leaves as long again to the last function and the answer. */
const SLICE_MILLISECONDS = 25;
const MOST_SLICES = 100;

/**
 * Lists the functions of the page that `evaluate` evaluates in. Runs no getter, leaves nothing behind, and lets the page go
 * on in between. The browser's own functions are left out unless `natives` asks for them. Null where it was no longer
 * wanted.
 */
export async function listFunctions(
  evaluate: (expression: string) => Promise<unknown>,
  natives: boolean,
  isWanted: () => boolean = () => true,
): Promise<FunctionList | null> {
  const lines = { own: '', native: '' };
  let listing = beginListing(natives, SLICE_MILLISECONDS);
  for (let slices = 1; ; slices++) {
    const slice = readSlice(await evaluate(`${inspectCode}.listSlice(${JSON.stringify(listing)})`));
    if (!isWanted()) return null;
    lines.own += slice.lines.own;
    lines.native += slice.lines.native;
    if (slice.isLast || slices === MOST_SLICES)
      return { functions: readLines(lines.own + lines.native), truncated: slice.isCutOff || !slice.isLast };
    listing = continueListing(listing, slice);
  }
}

export function beginListing(natives: boolean, milliseconds: number): Listing {
  const globalObject: Holder = { steps: [], up: 0, isPrototype: false };
  const holders = { own: [globalObject], native: [] };
  return { natives, milliseconds, holders, next: { own: 0, native: 0 }, side: 'own', key: 0, count: 0 };
}

export function continueListing({ natives, milliseconds, holders }: Listing, slice: Slice): Listing {
  holders.own.push(...slice.found.own);
  holders.native.push(...slice.found.native);
  const { next, side, key, count } = slice;
  return { natives, milliseconds, holders, next, side, key, count };
}

/** The page may have replaced whatever our code in it relies on. What it goes on with is the page's own affair. */
function readSlice(answer: unknown): Slice {
  const slice = answer as Slice | undefined;
  const { own, native } = slice?.lines ?? {};
  const isList = Array.isArray(slice?.found?.own) && Array.isArray(slice.found.native);
  if (typeof own !== 'string' || typeof native !== 'string' || !isList)
    throw new TypeError('The page answered without a list of functions');
  return slice!;
}

/** Entries of lines. Names hold no line break or tab as they are written; whatever else there is stands in no list. */
export function readLines(lines: string): FunctionEntry[] {
  return Array.from(lines.matchAll(/^(.*)\t(.*)$/gm), ([, kind, path]) => ({ kind: kind!, path: path! }));
}
