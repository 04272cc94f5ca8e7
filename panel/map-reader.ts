import { Sources } from '../src/sources/client.ts';
import type { MapText } from '../src/sources/script.ts';
import type { Found, Problem } from '../src/sources/source-index.ts';
import { idOf, type PageScript } from './page-script.ts';

/** A script with its map. */
export interface MappedScript {
  readonly script: PageScript;
  readonly map: MapText;
}

/** Reads scripts with their maps, in workers. What was read is kept by the script's text. */
export class MapReader {
  readonly #sources: Sources;
  #ids: ReadonlySet<string> = new Set();
  /** With which the text of a script was read last. */
  readonly #mapByHash = new Map<string, MapText>();
  #whenRead: () => void = () => {};

  constructor() {
    const newWorker = () => new Worker(new URL('../src/sources/worker.ts', import.meta.url), { type: 'module' });
    this.#sources = new Sources(newWorker, {
      onProgress: (read, total) => {
        if (read === total) this.#whenRead();
      },
    });
  }

  /** Reads these, and lets go of all others. One at a time. */
  async read(mapped: readonly MappedScript[]): Promise<void> {
    const ids = new Set(mapped.map(({ script }) => idOf(script)));
    for (const id of this.#ids) if (!ids.has(id)) this.#sources.remove(id);
    const isRead = new Promise<void>((resolve) => {
      this.#whenRead = resolve;
    });
    let isToBeRead = false;
    for (const { script, map } of mapped) {
      const { url, begin, hash, text } = script;
      const id = idOf(script);
      const before = this.#mapByHash.get(hash);
      const isOther = before !== undefined && !isSame(before, map);
      if (this.#ids.has(id) && !isOther) continue;
      isToBeRead = true;
      this.#mapByHash.set(hash, map);
      this.#sources.add({ id, url, begin, hash, load: async () => ({ text, map }) });
      if (isOther) this.#sources.readAgain(hash);
    }
    this.#ids = ids;
    if (isToBeRead) await isRead;
  }

  /** The function at a place of each script; null where it is not known. */
  functionsAt(
    places: readonly { readonly script: PageScript; readonly line: number; readonly column: number }[],
  ): Promise<(Found | null)[]> {
    const asked = places.map(({ script, line, column }) => ({ scriptId: idOf(script), line, column }));
    return this.#sources.functionsAt(asked);
  }

  problems(): Promise<Problem[]> {
    return this.#sources.problems();
  }
}

function isSame(one: MapText, other: MapText): boolean {
  return 'json' in one ? 'json' in other && one.json === other.json : 'dataUrl' in other;
}
