import { formatTarget, type PlaceTarget, parseTarget, type Target } from '../src/capture/target.ts';
import { readPathCheck } from './answers.ts';
import type { Page } from './page.ts';
import type { PageTurns } from './page-turns.ts';
import type { SourceSearch } from './source-search.ts';
import type { Check } from './state.ts';
import type { Store } from './store.ts';

/** ms after the last key before a path is looked up. */
const typingPause = 150;

/** What stands in "Function", what the page says of it, and the functions that it offers instead. */
export class TargetField {
  readonly #page: Page;
  readonly #store: Store;
  readonly #turns: PageTurns;
  readonly #sources: SourceSearch;
  #checking: ReturnType<typeof setTimeout> | undefined;
  /** Numbers the listings: a later one takes the place of one under way. */
  #listing = 0;

  constructor(page: Page, store: Store, turns: PageTurns, sources: SourceSearch) {
    this.#page = page;
    this.#store = store;
    this.#turns = turns;
    this.#sources = sources;
    page.onNavigated(() => this.#lookAgain());
  }

  type(text: string): void {
    this.#store.dispatch({ type: 'typed', field: 'target', text });
    this.#sources.take(text, true);
    this.#checkSoon(typingPause);
  }

  /** Takes the place of the cursor in DevTools' Sources panel. */
  chooseSelected(place: PlaceTarget): void {
    this.type(formatTarget(place));
  }

  /** Takes a whole path or place, as chosen from a list. */
  choose(path: string): void {
    this.#store.dispatch({ type: 'typed', field: 'target', text: path });
    this.#sources.take(path, false);
    this.#checkSoon(0);
  }

  /** To be called when the list of functions is opened: the page may have loaded more since. */
  lookForFunctions(): void {
    void this.listFunctions();
    // In DevTools that would bring Chrome's bar, so only for one who types.
    if (this.#store.state.value.isAttached) this.#sources.read();
  }

  /**
   * Asks the page for its functions. One that can't be asked keeps the list that was there; once a job runs nothing more
   * is asked, since looking may call what is hooked.
   */
  async listFunctions(): Promise<void> {
    if (this.#turns.isBusy) return;
    const listing = ++this.#listing;
    try {
      // After the panel stands.
      const { listFunctions } = await import('../src/capture/list-functions.ts');
      const { listsNatives } = this.#store.state.value;
      const isWanted = () => listing === this.#listing && !this.#turns.isBusy;
      const functions = await listFunctions((slice) => this.#page.evaluate(slice), listsNatives, isWanted);
      if (functions) this.#store.dispatch({ type: 'listed', functions });
    } catch (error) {
      console.debug('The page was not asked for its functions:', error);
      const functions = { functions: [], truncated: true };
      if (this.#store.state.value.functions === null) this.#store.dispatch({ type: 'listed', functions });
    }
  }

  /** Lists the browser's own functions too, or no longer. */
  listNatives(listsNatives: boolean): void {
    this.#store.dispatch({ type: 'lists natives', listsNatives });
    void this.listFunctions();
  }

  /** A job begins, which will say itself whether the function is there. */
  leave(): void {
    clearTimeout(this.#checking);
  }

  #lookAgain(): void {
    void this.listFunctions();
    if (this.#store.state.value.check.kind !== 'unknown') this.#checkSoon(0);
  }

  #checkSoon(pause: number): void {
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => void this.#check(), pause);
  }

  /** Looks the typed path up. What is no path is not evaluated: it may be half typed, and it may do anything. */
  async #check(): Promise<void> {
    if (this.#turns.isBusy) return;
    const { target: text } = this.#store.state.value.form;
    const check = await this.#lookUp(parseTarget(text));
    const isCurrent = this.#store.state.value.form.target === text && !this.#turns.isBusy;
    if (isCurrent) this.#store.dispatch({ type: 'checked', check });
  }

  async #lookUp(target: Target | null): Promise<Check> {
    if (!target) return { kind: 'blank' };
    if (target.kind !== 'path') return { kind: target.kind };
    try {
      const { checkPathExpression } = await import('../src/capture/inspect.ts');
      const answer = readPathCheck(await this.#page.evaluate(checkPathExpression(target)));
      return answer.ok ? { kind: 'function', functionKind: answer.kind } : { kind: 'refused', failure: answer.failure };
    } catch (error) {
      console.debug('The page was not asked for a path:', error);
      return { kind: 'unknown' };
    }
  }
}
