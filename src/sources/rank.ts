/** How well names match what a person types. */

export interface Query {
  /** What the function's own name is to match. */
  readonly name: string;
  /** What must come before it, in the names around it or in its file's: each in lower case. */
  readonly before: readonly string[];
}

/** `createStore › dispatch`, `Widget.render` and `store.ts dispatch` are words; the last one is the function's own. */
export function parseQuery(typed: string): Query | null {
  const words = typed.split(/[\s›>]+|(?<=[\w$])\.(?=[\w$#])|\.$|\(\)$/).filter((word) => word !== '');
  const name = words.pop();
  return name === undefined ? null : { name, before: words.map((word) => word.toLowerCase()) };
}

/** From the best to none at all. */
export const Match = { exact: 5, prefix: 4, hump: 3, inside: 2, file: 1, none: 0 } as const;

/** How a name matches, in whatever case: `dS` and `ds` are humps of `dispatchStore`. */
export function matchName(name: string, wanted: string): number {
  const lower = name.toLowerCase();
  const sought = wanted.toLowerCase();
  const at = lower.indexOf(sought);
  if (at === 0) return name.length === wanted.length ? Match.exact : Match.prefix;
  if (matchesHumps(name, lower, sought)) return Match.hump;
  return at > 0 ? Match.inside : Match.none;
}

/**
 * Whether the letters sought begin words of the name in order, each going on as long as it likes. All ways to take them are
 * followed at once: bit `n` of `ended` stands for "the first n letters can be had before here", of `fresh` "right before".
 */
function matchesHumps(name: string, lower: string, sought: string): boolean {
  if (sought.length > mostBits || !hasInOrder(lower, sought)) return false;
  let ended = 1;
  let fresh = 0;
  for (let at = 0; at < name.length; at++) {
    let letters = 0;
    for (let n = 0; n < sought.length; n++) if (sought[n] === lower[at]) letters |= 1 << n;
    const anew = (ended & letters) !== 0 && beginsWord(name, at) ? ended : 0;
    fresh = ((fresh | anew) & letters) << 1;
    ended |= fresh;
  }
  return (ended & (1 << sought.length)) !== 0;
}
const mostBits = 30;

/** Whether the letters are there in that order, whatever is between them: of most names that is soon told. */
export function hasInOrder(lower: string, sought: string): boolean {
  let at = -1;
  for (let n = 0; n < sought.length; n++) {
    at = lower.indexOf(sought[n]!, at + 1);
    if (at < 0) return false;
  }
  return true;
}

function beginsWord(name: string, at: number): boolean {
  const before = name[at - 1];
  if (before === undefined || !/[\p{L}\p{N}]/u.test(before)) return true;
  return /\p{Lu}/u.test(name[at]!) && !/\p{Lu}/u.test(before);
}

/**
 * One number to order results by, higher is better. The page's own code comes before packages but for what matches two
 * steps better, named functions before descriptions, shorter names before longer ones.
 */
export function rank(match: number, own: boolean, described: boolean, nameLength: number): number {
  const step = match * 2 + (own ? 5 : 0) - (described ? 1 : 0);
  return step * lengths + Math.max(0, lengths - 1 - nameLength);
}
const lengths = 64;

/** More than any rank. */
export const ranks = (Match.exact * 2 + 6) * lengths;
