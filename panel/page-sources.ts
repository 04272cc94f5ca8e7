import { type Script, Scripts } from '../src/capture/scripts.ts';
import type { PlaceTarget } from '../src/capture/target.ts';
import { Sources } from '../src/sources/client.ts';
import type { ScriptText } from '../src/sources/script.ts';
import type { Found, Problem } from '../src/sources/source-index.ts';
import type { GivenMaps, MappableScript } from './given-maps.ts';
import type { Page } from './page.ts';

/** The functions of the scripts that the page has loaded, as far as they were read through the debugger. */
export class PageSources {
  readonly #sources: Sources;
  readonly #maps: GivenMaps;
  readonly #listed = new Map<string, Script>();
  /** While the page is visited. */
  #scripts: Scripts | null = null;
  #whenRead: () => void = () => {};

  /**
   * @param maps which the user has given
   * @param onProgress hears how many of the page's scripts are read by now
   */
  constructor(maps: GivenMaps, onProgress: (read: number, total: number) => void) {
    this.#maps = maps;
    const newWorker = () => new Worker(new URL('../src/sources/worker.ts', import.meta.url), { type: 'module' });
    this.#sources = new Sources(newWorker, {
      onProgress: (read, total) => {
        onProgress(read, total);
        if (read === total) this.#whenRead();
      },
    });
  }

  /** Lists what the page has by now and reads what is new in it. Over when all is read, or when `signal` ends it. */
  async read(page: Page, signal: AbortSignal): Promise<void> {
    await page.visit(async ({ session }) => {
      if (signal.aborted) return;
      const scripts = new Scripts(session);
      let stopListening = () => {};
      try {
        const isOver = new Promise<void>((resolve) => {
          this.#whenRead = resolve;
          signal.addEventListener('abort', () => resolve());
          stopListening = session.onDetach(() => resolve());
        });
        await Promise.race([scripts.ready, isOver]);
        if (signal.aborted) return;
        this.#scripts = scripts;
        this.#list(scripts);
        this.#sources.resume();
        if (!signal.aborted) await isOver;
      } finally {
        this.#sources.pause();
        this.#scripts = null;
        stopListening();
        const disabled = scripts.disable();
        // A page that hangs would keep whoever ended the visit waiting.
        if (!signal.aborted) await disabled;
      }
    });
  }

  /** To be called when the page has gone to another document: its scripts went with it. */
  clear(): void {
    for (const id of this.#listed.keys()) this.#sources.remove(id);
    this.#listed.clear();
  }

  /** The functions that best fit what was typed, the best first; null where more was typed meanwhile. */
  search(typed: string, limit: number): Promise<Found[] | null> {
    return this.#sources.search(typed, limit);
  }

  findAt({ source, line, column }: PlaceTarget): Promise<Found[]> {
    return this.#sources.findAt(source, line, column);
  }

  /** Whether that is the whole address of a script, so that places in it are those of the script. */
  has(url: string): boolean {
    return [...this.#listed.values()].some((script) => script.url === url);
  }

  /** Those that it knows. */
  get scripts(): MappableScript[] {
    return [...this.#listed.values()].map(({ url, hash, sourceMapUrl: mapUrl }) => ({ url, hash, mapUrl }));
  }

  /** Reads the scripts with that text anew: at once while the page is visited, else in the next visit. */
  readAgain(hash: string): void {
    this.#sources.readAgain(hash);
  }

  /** What could not be read. Maps that were given for it do not stand in the way of another try. */
  async problems(): Promise<Problem[]> {
    const problems = await this.#sources.problems();
    for (const { scriptId } of problems) {
      const script = this.#listed.get(scriptId);
      if (script) this.#maps.drop(script.hash);
    }
    return problems;
  }

  #list(scripts: Scripts): void {
    const add = (script: Script) => {
      // What has no address has no place that could be named.
      if (script.url === '' || this.#listed.get(script.scriptId)?.hash === script.hash) return;
      this.#listed.set(script.scriptId, script);
      const { scriptId: id, url, begin, hash, length } = script;
      this.#sources.add({ id, url, begin, hash, length, load: () => this.#load(script) });
    };
    const loaded = scripts.all;
    const ids = new Set(loaded.map(({ scriptId }) => scriptId));
    for (const id of this.#listed.keys()) {
      if (ids.has(id)) continue;
      this.#sources.remove(id);
      this.#listed.delete(id);
    }
    loaded.forEach(add);
    this.#maps.meet(this.scripts);
    scripts.onLoaded((script) => {
      add(script);
      this.#maps.meet(this.scripts);
    });
  }

  async #load(script: Script): Promise<ScriptText> {
    if (this.#scripts === null) throw new Error('The page is not visited now');
    const text = await this.#scripts.textOf(script);
    const { isModule: module, sourceMapUrl, url, hash } = script;
    const map = this.#maps.of(hash) ?? (sourceMapUrl.startsWith('data:') ? { dataUrl: sourceMapUrl, url } : null);
    return { text, module, ...(map && { map }) };
  }
}
