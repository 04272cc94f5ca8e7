import type { Place } from './lines.ts';
import {
  listen,
  type Port,
  type Question,
  type Questions,
  type Request,
  type Response,
  type Role,
  type ToRead,
} from './protocol.ts';
import type { ScriptInfo, ScriptText } from './script.ts';
import type { Found, Problem } from './source-index.ts';
import { packageOf } from './urls.ts';

/** A script to be listed, before its text is asked for. */
export interface ScriptToAdd extends ScriptInfo {
  /** Characters of the text, where known: short scripts are read first. */
  readonly length?: number;
  /**
   * Not called where the hash is known from before. What fails while nothing is to be loaded, or after its script has been
   * removed, is no fault of the script.
   */
  load(): Promise<ScriptText>;
}

export interface SourcesOptions {
  /** After every change: how many of those added are searchable by now. */
  readonly onProgress?: (read: number, total: number) => void;
}

/** Texts on their way at once: while one is read the next one is loaded. */
const loadedAhead = 2;

/** What Flambe knows of the page's scripts. Every answer is about what has been read so far. */
export class Sources {
  private readonly reader: Port;
  private readonly index: Port;
  private readonly scripts = new Map<string, ScriptToAdd & { readonly isPackage: boolean }>();
  /** Hashes whose reading the index has. */
  private readonly known = new Set<string>();
  private readonly loading = new Set<string>();
  /** Hashes that are to be read again once what is on its way has come. */
  private readonly outdated = new Set<string>();
  private readonly asked = new Map<number, (answer: never) => void>();
  private goesOn = false;
  private isPaused = false;
  private lastNumber = 0;
  private lastSearch = 0;
  private searching: Promise<unknown> = Promise.resolve();

  /** `newWorker` starts a worker of worker.ts; it is called twice. */
  constructor(
    newWorker: () => Port,
    private readonly options: SourcesOptions = {},
  ) {
    this.reader = newWorker();
    this.index = newWorker();
    const { port1, port2 } = new MessageChannel();
    this.reader.postMessage({ role: 'reader', line: port1 } satisfies Role, [port1]);
    this.index.postMessage({ role: 'index', line: port2 } satisfies Role, [port2]);
    listen<Response>(this.index, (response) => this.hear(response));
  }

  /** Queues a script. The page's own code is read before packages, short scripts before long ones. */
  add(script: ScriptToAdd): void {
    const { id, url, begin, hash } = script;
    this.scripts.set(id, { ...script, isPackage: packageOf(url) !== null });
    this.request({ kind: 'add', script: { id, url, begin, hash } });
    this.goOn();
  }

  remove(id: string): void {
    if (!this.scripts.delete(id)) return;
    this.request({ kind: 'remove', id });
    this.goOn();
  }

  /** Loads no more texts, until `resume`. What is on its way is read, if it comes. */
  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.goOn();
  }

  /** Loads and reads a text anew, as when the user has given its map. Until then the old reading stands. */
  readAgain(hash: string): void {
    if (this.loading.has(hash)) this.outdated.add(hash);
    this.known.delete(hash);
    this.goOn();
  }

  /** The functions that best match, the best first; null where a newer search has taken this one's place. */
  async search(typed: string, limit = 50): Promise<Found[] | null> {
    const number = ++this.lastSearch;
    // One at a time: of those that wait, only the newest is ever asked.
    await this.searching;
    if (number !== this.lastSearch) return null;
    const answer = this.ask({ kind: 'search', ask: { typed, limit } });
    this.searching = answer;
    const found = await answer;
    return number === this.lastSearch ? found : null;
  }

  /** The functions at places of loaded scripts, such as those of call frames. */
  functionsAt(places: readonly (Place & { readonly scriptId: string })[]): Promise<(Found | null)[]> {
    return this.ask({ kind: 'functionsAt', ask: places });
  }

  /** The functions that `store.ts:88` or `store.ts:88:12` means: one for each script that has it. */
  findAt(source: string, line: number, column?: number): Promise<Found[]> {
    return this.ask({ kind: 'findAt', ask: { source, line, ...(column !== undefined && { column }) } });
  }

  problems(): Promise<Problem[]> {
    return this.ask({ kind: 'problems', ask: null });
  }

  /** Ends both workers. What was asked and not answered stays so. */
  close(): void {
    for (const port of [this.reader, this.index]) {
      port.terminate?.();
      port.close?.();
    }
  }

  private ask<Kind extends keyof Questions>(question: Question & { kind: Kind }): Promise<Questions[Kind]['answer']> {
    const number = ++this.lastNumber;
    return new Promise((resolve) => {
      this.asked.set(number, resolve);
      this.request({ kind: 'ask', number, question });
    });
  }

  private request(request: Request): void {
    this.index.postMessage(request);
  }

  private hear(response: Response): void {
    if (response.kind === 'answer') {
      this.asked.get(response.number)?.(response.answer as never);
      this.asked.delete(response.number);
      return;
    }
    this.loading.delete(response.hash);
    if (!this.outdated.delete(response.hash)) this.known.add(response.hash);
    this.goOn();
  }

  /** Once for all that is added, removed or read at one time: the best to go first is known when all are there. */
  private goOn(): void {
    if (this.goesOn) return;
    this.goesOn = true;
    queueMicrotask(() => {
      this.goesOn = false;
      this.loadNext();
      this.tellProgress();
    });
  }

  private loadNext(): void {
    while (!this.isPaused && this.loading.size < loadedAhead) {
      const next = this.nextToLoad();
      if (!next) return;
      this.loading.add(next.hash);
      void this.load(next);
    }
  }

  private nextToLoad(): ScriptToAdd | null {
    const waiting = [...this.scripts.values()].filter(({ hash }) => !this.known.has(hash) && !this.loading.has(hash));
    const order = ({ isPackage, length = 0 }: (typeof waiting)[number]) => length + (isPackage ? 2 ** 32 : 0);
    return waiting.reduce<(typeof waiting)[number] | null>(
      (best, one) => (best && order(best) <= order(one) ? best : one),
      null,
    );
  }

  private async load({ id, hash, load }: ScriptToAdd): Promise<void> {
    let script: ScriptText | string;
    try {
      script = await load();
    } catch (error) {
      if (this.isPaused || this.scripts.get(id)?.hash !== hash) {
        this.loading.delete(hash);
        this.goOn();
        return;
      }
      script = `The script could not be loaded: ${error}`;
    }
    this.reader.postMessage({ hash, script } satisfies ToRead);
  }

  private tellProgress(): void {
    let read = 0;
    for (const { hash } of this.scripts.values()) if (this.known.has(hash)) read++;
    this.options.onProgress?.(read, this.scripts.size);
  }
}
