import { type MapFile, type Mappable, scriptsOfMap } from '../src/sources/map-match.ts';
import type { MapText } from '../src/sources/script.ts';

/** A script that a map may be given for. */
export interface MappableScript extends Mappable {
  /** Of the text, as the browser gives it. */
  readonly hash: string;
}

/** The source maps that the user has given, for whoever reads the scripts that they are of. */
export class GivenMaps {
  readonly #byHash = new Map<string, MapText>();
  /** Given before their scripts were known. */
  #kept: MapFile[] = [];
  readonly #listeners = new Set<(hash: string) => void>();

  /** Of the script with that hash. */
  of(hash: string): MapText | undefined {
    return this.#byHash.get(hash);
  }

  /** Called with the hash of each script that has got another map, or lost the one that it was given. */
  onChange(listener: (hash: string) => void): void {
    this.#listeners.add(listener);
  }

  take(map: MapFile, script: MappableScript): void {
    this.#byHash.set(script.hash, { json: map.json, url: baseOf(map, script) });
    this.#tell(script.hash);
  }

  /** Lets go of a map that can't be read; false where none was given. */
  drop(hash: string): boolean {
    const wasGiven = this.#byHash.delete(hash);
    if (wasGiven) this.#tell(hash);
    return wasGiven;
  }

  /** Keeps a map until its script is met. Gives the number of those that wait. */
  keep(map: MapFile): number {
    return this.#kept.push(map);
  }

  /** Scripts have come into sight: what was kept for one of them is its map from now on. */
  meet(scripts: readonly MappableScript[]): void {
    this.#kept = this.#kept.filter((map) => {
      const script = theOnly(scriptsOfMap(map, scripts));
      if (script) this.take(map, script);
      return !script;
    });
  }

  #tell(hash: string): void {
    for (const listener of this.#listeners) listener(hash);
  }
}

/** The one script that these are, under whatever addresses. */
export function theOnly<Script extends MappableScript>(scripts: readonly Script[]): Script | undefined {
  return new Set(scripts.map(({ hash }) => hash)).size === 1 ? scripts[0] : undefined;
}

/** What the sources of a map are relative to: the place where the browser would have found it. */
function baseOf({ name }: MapFile, { url, mapUrl }: MappableScript): string {
  const address = mapUrl === '' || mapUrl.startsWith('data:') ? name : mapUrl;
  return URL.canParse(address, url) ? new URL(address, url).href : url;
}
