import { type ReadonlySignal, signal } from '@preact/signals';
import { type PlaceTarget, parseTarget } from '../src/capture/target.ts';
import type { Found } from '../src/sources/source-index.ts';
import { GivenMaps, type MappableScript } from './given-maps.ts';
import type { Page } from './page.ts';
import type { PageSources } from './page-sources.ts';

/** Functions of scripts that are offered at a time. */
export const mostFound = 50;
/** Characters from which on it is worth it to attach the debugger for them. */
const fewestTyped = 2;
/** ms after the last key before the page is visited. */
const typingPause = 150;
/** ms between two looks at what is read by now. */
const refreshPause = 250;

/** How far the scripts of the page are read. */
export interface Reading {
  readonly isOn: boolean;
  readonly read: number;
  readonly total: number;
  /** In words, of scripts that gave no functions, or only without their map. */
  readonly problems: readonly string[];
  /** Why the page could not be visited, in the browser's words. */
  readonly refusal: string | null;
}

/** What the page's scripts have for the text in "Function": for a place the function that is meant comes first. */
export interface Matches {
  readonly text: string;
  readonly found: readonly Found[];
}

const unread: Reading = { isOn: false, read: 0, total: 0, problems: [], refusal: null };
const nothing: Matches = { text: '', found: [] };

/** Finds functions in the sources of the page's scripts, which are read when that is first wanted. */
export class SourceSearch {
  /** What they are read with, besides the maps that they carry. */
  readonly maps = new GivenMaps();
  readonly #page: Page;
  readonly #mayVisit: () => boolean;
  readonly #reading = signal(unread);
  readonly #matches = signal(nothing);
  readonly #selected = signal<PlaceTarget | null>(null);
  #sources: Promise<PageSources> | null = null;
  #loaded: PageSources | null = null;
  #visit: { readonly abort: AbortController; readonly over: Promise<void> } | null = null;
  /** Whether all that the document had when it was last visited has been read. */
  #isListed = false;
  /** Whether what is typed should be looked for in scripts that were not listed yet. */
  #isWanted = false;
  #text = '';
  #pause: ReturnType<typeof setTimeout> | undefined;
  #refresh: ReturnType<typeof setTimeout> | undefined;

  /** @param mayVisit false while something else works on the page */
  constructor(page: Page, mayVisit: () => boolean) {
    this.#page = page;
    this.#mayVisit = mayVisit;
    page.onNavigated(() => void this.#clear());
    page.onScriptAdded(() => {
      this.#isListed = false;
    });
    page.onSourceSelected((place) => {
      this.#selected.value = place;
    });
    this.maps.onChange((hash) => this.#loaded?.readAgain(hash));
  }

  /** The page's scripts that are known by now. */
  get scripts(): readonly MappableScript[] {
    return this.#loaded?.scripts ?? [];
  }

  get reading(): ReadonlySignal<Reading> {
    return this.#reading;
  }

  get matches(): ReadonlySignal<Matches> {
    return this.#matches;
  }

  /** Where the cursor stands in DevTools' Sources panel. */
  get selected(): ReadonlySignal<PlaceTarget | null> {
    return this.#selected;
  }

  /** Takes what stands in "Function". Whoever types it, and not just a letter, wants the page's scripts read. */
  take(text: string, isTyped: boolean): void {
    this.#text = text.trim();
    clearTimeout(this.#pause);
    // Its workers take a while to start.
    if (isTyped) void this.#load();
    this.#isWanted = isTyped && this.#text.length >= fewestTyped && !this.#isAllRead;
    if (this.#isWanted) this.#pause = setTimeout(() => this.read(), typingPause);
    void this.#ask();
  }

  /** Nobody looks at the list any more: what was about to begin does not. */
  leave(): void {
    clearTimeout(this.#pause);
  }

  /** Visits the page to read what it has loaded since the last visit. */
  read(): void {
    if (this.#mayVisit()) this.#begin();
  }

  #begin(): void {
    if (this.#visit) return;
    const abort = new AbortController();
    this.#reading.value = { ...this.#reading.value, isOn: true, refusal: null };
    this.#visit = { abort, over: this.#readAll(abort.signal) };
  }

  /** Ends a visit under way, as two can't be at once. What is not read is read next time. */
  async rest(): Promise<void> {
    clearTimeout(this.#pause);
    this.#visit?.abort.abort();
    await this.#visit?.over;
  }

  /**
   * The place in a script that a place means, which may be one in an original source; as it is where that is not known. To
   * be called by who is about to visit the page.
   */
  async locate(target: PlaceTarget, signal: AbortSignal): Promise<PlaceTarget> {
    clearTimeout(this.#pause);
    if (this.#isWanted) this.#begin();
    const sources = await this.#sources;
    if (!sources || sources.has(target.source)) return target;
    const found = async () => (await sources.findAt(target)).at(-1);
    let fn = await found();
    if (!fn && this.#visit) {
      const isCancelled = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      await Promise.race([this.#visit.over, isCancelled]);
      fn = await found();
    }
    return fn ? placeOfFound(fn) : target;
  }

  get #isAllRead(): boolean {
    const { read, total } = this.#reading.value;
    return this.#isListed && read === total;
  }

  #load(): Promise<PageSources> {
    this.#sources ??= import('./page-sources.ts').then(({ PageSources }) => {
      this.#loaded = new PageSources(this.maps, (read, total) => this.#progress(read, total));
      return this.#loaded;
    });
    return this.#sources;
  }

  async #readAll(signal: AbortSignal): Promise<void> {
    try {
      const sources = await this.#load();
      await sources.read(this.#page, signal);
      this.#isListed = !signal.aborted;
      this.#isWanted &&= !this.#isAllRead;
      const problems = (await sources.problems()).map(({ url, problem }) => `${url}: ${problem}`);
      this.#reading.value = { ...this.#reading.value, problems };
    } catch (error) {
      console.debug('The page’s scripts were not read:', error);
      const refusal = error instanceof Error ? error.message : String(error);
      this.#reading.value = { ...this.#reading.value, refusal };
    } finally {
      this.#visit = null;
      this.#reading.value = { ...this.#reading.value, isOn: false };
      void this.#ask();
    }
  }

  async #clear(): Promise<void> {
    this.#isListed = false;
    await this.rest();
    (await this.#sources)?.clear();
    this.#reading.value = unread;
    void this.#ask();
  }

  #progress(read: number, total: number): void {
    this.#reading.value = { ...this.#reading.value, read, total };
    this.#refresh ??= setTimeout(
      () => {
        this.#refresh = undefined;
        void this.#ask();
        // Who has nothing yet waits for the first.
      },
      this.#matches.value.found.length === 0 ? 0 : refreshPause,
    );
  }

  async #ask(): Promise<void> {
    const text = this.#text;
    const target = parseTarget(text);
    const sources = target && (await this.#sources);
    if (!sources) {
      this.#matches.value = nothing;
      return;
    }
    const found =
      target.kind === 'place' ? (await sources.findAt(target)).reverse() : await sources.search(text, mostFound + 1);
    const before = this.#matches.value;
    const isSame = before.text === text && before.found.length === 0 && found?.length === 0;
    if (found && text === this.#text && !isSame) this.#matches.value = { text, found };
  }
}

/** How to capture it: where V8 says that it is, in its script. */
export function placeOfFound({ url, place }: Found): PlaceTarget {
  return { kind: 'place', source: url, line: place.line, column: place.column };
}
