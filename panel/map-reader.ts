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
  readonly #mapById = new Map<string, MapText>();
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
    for (const id of this.#mapById.keys()) {
      if (ids.has(id)) continue;
      this.#sources.remove(id);
      this.#mapById.delete(id);
    }
    const fresh = mapped.filter(({ script, map }) => !isSame(this.#mapById.get(idOf(script)), map));
    if (fresh.length === 0) return;
    const isRead = new Promise<void>((resolve) => {
      this.#whenRead = resolve;
    });
    for (const { script, map } of fresh) {
      const { url, begin, hash, text } = script;
      const id = idOf(script);
      const isAgain = this.#mapById.has(id);
      this.#mapById.set(id, map);
      this.#sources.add({ id, url, begin, hash, load: async () => ({ text, map }) });
      if (isAgain) this.#sources.readAgain(hash);
    }
    await isRead;
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

function isSame(one: MapText | undefined, other: MapText): boolean {
  if (!one) return false;
  return 'json' in one ? 'json' in other && one.json === other.json : 'dataUrl' in other;
}
