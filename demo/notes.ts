import MiniSearch from 'minisearch';
import { foldLetters, fuzzyScore } from './fuzzy.ts';

declare function countWords(text: string): number;

export interface Note {
  readonly id: number;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly tags: readonly string[];
  /** Milliseconds since 1970. */
  readonly updated: number;
  /** Rendered while importing, so that opening the note needs no parsing. */
  html?: string;
}

export interface Hit {
  readonly note: Note;
  readonly score: number;
  /** The words of the body around the terms searched for. */
  readonly excerpt: string;
}

export type SortKey = 'title' | 'updated' | 'words';

const titleOrder = new Intl.Collator('en');

export class Notes {
  readonly #byId = new Map<number, Note>();
  readonly #index = new MiniSearch<Note>({ fields: ['title', 'body', 'tags'], processTerm: foldLetters });

  constructor(notes: readonly Note[]) {
    for (const note of notes) this.add(note);
  }

  get size(): number {
    return this.#byId.size;
  }

  add(note: Note): void {
    this.#byId.set(note.id, note);
    this.#index.add(note);
  }

  find(id: number): Note | undefined {
    return this.#byId.get(id);
  }

  /** Full text first, then a fuzzy look at every title; the best `limit` notes, best first. */
  search(query: string, limit = 60): Hit[] {
    const scoreById = this.#searchText(query);
    this.#rankTitles(query, scoreById);
    const best = [...scoreById].sort(([, a], [, b]) => b - a).slice(0, limit);
    const terms = foldLetters(query).split(/\s+/);
    return best.map(([id, score]) => {
      const note = this.#byId.get(id)!;
      return { note, score, excerpt: excerptAround(note.body, terms) };
    });
  }

  #searchText(query: string): Map<number, number> {
    const hits = this.#index.search(query, { prefix: true, fuzzy: 0.2, boost: { title: 2 } });
    return new Map(hits.map((hit) => [hit.id, hit.score]));
  }

  #rankTitles(query: string, scoreById: Map<number, number>): void {
    for (const { id, title } of this.#byId.values()) {
      const score = fuzzyScore(query, title);
      if (score > 0) scoreById.set(id, (scoreById.get(id) ?? 0) + 10 * score);
    }
  }

  /** All notes: titles from A to Z, latest or longest first. */
  sortBy(key: SortKey): Note[] {
    return [...this.#byId.values()].sort(comparisonBy(key));
  }
}

/** By words is slow on purpose: it counts the words of two notes for every comparison, which a flame graph shows. */
function comparisonBy(key: SortKey): (a: Note, b: Note) => number {
  switch (key) {
    case 'title':
      return (a, b) => titleOrder.compare(a.title, b.title);
    case 'updated':
      return (a, b) => b.updated - a.updated;
    case 'words':
      return (a, b) => countWords(b.body) - countWords(a.body);
    default:
      return key satisfies never;
  }
}

const excerptLength = 24;

/** The stretch of words that holds the most terms. */
function excerptAround(body: string, terms: readonly string[]): string {
  const words = body
    .replace(/^# .*$/m, '')
    .split(/\s+/)
    .filter(Boolean);
  const matches = words.map((word) => terms.some((term) => foldLetters(word).startsWith(term)));
  let bestStart = 0;
  let bestCount = 0;
  for (let start = 0; start + excerptLength <= words.length; start++) {
    const count = matches.slice(start, start + excerptLength).filter(Boolean).length;
    if (count <= bestCount) continue;
    bestStart = start;
    bestCount = count;
  }
  return words.slice(bestStart, bestStart + excerptLength).join(' ');
}
