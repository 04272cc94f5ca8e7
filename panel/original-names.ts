import { type Signal, signal } from '@preact/signals';
import { placeTarget } from '../src/capture/frame-place.ts';
import type { PlaceTarget } from '../src/capture/target.ts';
import { FrameKind, type FrameTable } from '../src/profile/model.ts';
import { type OriginalFrames, withOriginals } from '../src/profile/originals.ts';
import { looksLikeMap, type MapFile, scriptsOfMap } from '../src/sources/map-match.ts';
import type { MapText } from '../src/sources/script.ts';
import type { Problem } from '../src/sources/source-index.ts';
import { fileOf } from '../src/sources/urls.ts';
import { type GivenMaps, type MappableScript, theOnly } from './given-maps.ts';
import type { MappedScript, MapReader } from './map-reader.ts';
import type { Page } from './page.ts';
import { idOf, type PageScript } from './page-script.ts';

/** A map of which it is not clear whose it is. */
export interface UnclearMap {
  readonly map: MapFile;
  /** Those that it may be of. */
  readonly scripts: readonly MappableScript[];
}

/** Who else reads scripts, with the maps that the user gives. */
interface Searched {
  readonly maps: GivenMaps;
  /** Those that are known there. */
  readonly scripts: readonly MappableScript[];
}

type NamedPage = Pick<Page, 'scriptsOf' | 'onUnknownSource'>;

/** ms of looking for names after which it is worth a word. */
const longReading = 300;

/** Where frames are looked at; one table at a time each. */
type Kind = 'capture' | 'recording' | 'listeners';

/** What is looked at, and the scripts that it is of. */
interface Table {
  readonly frames: FrameTable;
  readonly scripts: readonly PageScript[];
}

/** Frames with what is known of their originals by now. */
interface Named {
  readonly originals: OriginalFrames;
  /** With their original names; the table itself where none is known. */
  readonly frames: FrameTable;
}

/**
 * The original names of what is looked at, from the maps that scripts carry and from those that the user gives. Flambe loads
 * nothing for it: a map in a file of its own comes from the user.
 */
export class OriginalNames {
  /** Whether the user wants to see them. */
  readonly areWanted: Signal<boolean>;
  /** What there is to say of maps, in words. */
  readonly note = signal<string | null>(null);
  readonly unclear = signal<UnclearMap | null>(null);
  /** Whether names are looked for, and have been for a while. */
  readonly isSlow = signal(false);
  readonly #page: NamedPage;
  readonly #searched: Searched;
  readonly #maps: GivenMaps;
  #reader: MapReader | null = null;
  readonly #namedByFrames = new WeakMap<FrameTable, Signal<Named>>();
  readonly #tables = new Map<Kind, Table>();
  /** Of broken maps, each once. */
  readonly #told = new Set<string>();
  #reading: Promise<void> = Promise.resolve();
  #underWay = 0;

  constructor(page: NamedPage, searched: Searched, areWanted: boolean) {
    this.#page = page;
    this.#searched = searched;
    this.#maps = searched.maps;
    this.areWanted = signal(areWanted);
    page.onUnknownSource((place) => this.#generatedPlace(place));
  }

  /** The originals of these frames that are known by now. */
  of(frames: FrameTable): OriginalFrames {
    return this.#named(frames).value.originals;
  }

  /** With their original names; the same table as long as nothing changes, and as it came where none is known. */
  original(frames: FrameTable): FrameTable {
    return this.#named(frames).value.frames;
  }

  /** The frames as the user wants to see them. */
  shown(frames: FrameTable): FrameTable {
    return this.areWanted.value ? this.original(frames) : frames;
  }

  /** The script of that address which frames are of, if it has a map. */
  mappedScript(frames: FrameTable, url: string): MappedScript | null {
    const table = [...this.#tables.values()].find((one) => one.frames === frames);
    return this.#mapped(table?.scripts.filter((script) => script.url === url) ?? [])[0] ?? null;
  }

  /** Finds the originals of what comes into sight, and lets go of what was there of that kind. */
  async read(kind: Kind, frames: FrameTable): Promise<void> {
    // A function of a recording has the recording's own table.
    if ([...this.#tables.values()].some((table) => table.frames === frames)) return;
    this.#tables.set(kind, { frames, scripts: [] });
    try {
      await this.#telling(this.#readOf(kind, frames));
    } catch (error) {
      // The page may have gone, and the names with it.
      console.debug('The original names could not be read:', error);
    }
  }

  async #readOf(kind: Kind, frames: FrameTable): Promise<void> {
    const found = await this.#page.scriptsOf(scriptUrls(frames));
    if (this.#tables.get(kind)?.frames === frames) this.#tables.set(kind, { frames, scripts: found });
    this.#maps.meet(this.#scripts());
    await this.#readAll();
  }

  /** Lets it be known when something takes long. */
  async #telling(work: Promise<void>): Promise<void> {
    this.#underWay++;
    const timer = setTimeout(() => {
      this.isSlow.value = true;
    }, longReading);
    try {
      await work;
    } finally {
      clearTimeout(timer);
      this.#underWay--;
      if (this.#underWay === 0) this.isSlow.value = false;
    }
  }

  /** Takes files that should be source maps. Of a single one it asks whose it is, where that is not clear; others it keeps. */
  async give(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const map = { name: file.name, json: await file.text() };
      const scripts = this.#known();
      const fits = scriptsOfMap(map, scripts);
      const only = theOnly(fits);
      if (!looksLikeMap(map.json)) this.note.value = `${map.name} is no source map.`;
      else if (only) await this.#use(map, only);
      else if (files.length > 1 || scripts.length === 0) this.#keep(map);
      else this.unclear.value = { map, scripts: fits.length > 0 ? fits : scripts };
    }
  }

  /** Says whose the unclear map is; null lets go of it. */
  async settle(script: MappableScript | null): Promise<void> {
    const unclear = this.unclear.value;
    this.unclear.value = null;
    if (unclear && script) await this.#use(unclear.map, script);
  }

  /** Where the browser has what stands there in an original source: of maps that the user gave, DevTools knows nothing. */
  #generatedPlace({ source, line, column }: PlaceTarget): PlaceTarget | null {
    for (const { frames } of this.#tables.values())
      for (const [frame, original] of this.of(frames))
        if (original.url === source && original.line === line && original.column === column)
          return placeTarget(frames, frame);
    return null;
  }

  #keep(map: MapFile): void {
    const count = this.#maps.keep(map);
    const what = count === 1 ? map.name : `${map.name} and ${count - 1} more`;
    this.note.value = `${what} will be used when a graph or a table has functions of its script, or “Function” finds them.`;
  }

  async #use(map: MapFile, script: MappableScript): Promise<void> {
    this.note.value = null;
    this.#maps.take(map, script);
    await this.#telling(this.#readAll());
    if (this.note.value !== null) return;
    const tables = [...this.#tables.values()];
    const file = fileOf(script.url);
    if (!tables.some(({ scripts }) => scripts.some(({ hash }) => hash === script.hash)))
      this.note.value = `${map.name} is used for ${file}: “Function” finds its functions by their original names.`;
    else if (!tables.some(({ frames }) => [...this.of(frames).keys()].some((at) => frames.url[at] === script.url)))
      this.note.value = `${map.name} says nothing of the functions seen of ${file}: is it of this build?`;
  }

  /** Reads what the tables need and tells of it; one after the other, as each lets go of what it does not need. */
  #readAll(): Promise<void> {
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#readMaps());
    return this.#reading;
  }

  async #readMaps(): Promise<void> {
    const mapped = this.#mapped(this.#scripts());
    if (mapped.length === 0 && !this.#reader) return;
    const { MapReader } = await import('./map-reader.ts');
    this.#reader ??= new MapReader();
    await this.#reader.read(mapped);
    if (this.#dropBroken(await this.#reader.problems())) return this.#readMaps();
    const { originalFrames } = await import('./original-frames.ts');
    const scripts = mapped.map(({ script }) => script);
    for (const { frames } of this.#tables.values()) {
      const originals = await originalFrames(this.#reader, scripts, frames);
      this.#named(frames).value = { originals, frames: originals.size > 0 ? withOriginals(frames, originals) : frames };
    }
  }

  /** Tells of broken maps. True where one of them was given, and what the script itself has is to be read again. */
  #dropBroken(problems: readonly Problem[]): boolean {
    for (const { url, problem } of problems) {
      const words = `${fileOf(url)}: ${problem}.`;
      if (!this.#told.has(words)) this.note.value = words;
      this.#told.add(words);
    }
    const broken = this.#scripts().filter((script) => problems.some(({ scriptId }) => scriptId === idOf(script)));
    return broken.filter(({ hash }) => this.#maps.drop(hash)).length > 0;
  }

  #mapped(scripts: readonly PageScript[]): MappedScript[] {
    return scripts.flatMap((script) => {
      const map = this.#maps.of(script.hash) ?? mapWithin(script);
      return map ? [{ script, map }] : [];
    });
  }

  /** Of the tables and of the search. */
  #known(): MappableScript[] {
    const byKey = new Map<string, MappableScript>();
    for (const script of [...this.#searched.scripts, ...this.#scripts()])
      byKey.set(`${script.hash} ${script.url}`, script);
    return [...byKey.values()];
  }

  #scripts(): PageScript[] {
    const byId = new Map<string, PageScript>();
    for (const { scripts } of this.#tables.values()) for (const script of scripts) byId.set(idOf(script), script);
    return [...byId.values()];
  }

  #named(frames: FrameTable): Signal<Named> {
    const named = this.#namedByFrames.get(frames) ?? signal({ originals: new Map(), frames });
    this.#namedByFrames.set(frames, named);
    return named;
  }
}

/** Addresses of the scripts that frames are of. */
function scriptUrls({ url, kind }: FrameTable): Set<string> {
  return new Set(url.filter((one, frame) => one !== '' && kind[frame] === FrameKind.script));
}

function mapWithin({ url, mapUrl }: PageScript): MapText | null {
  return mapUrl.startsWith('data:') ? { dataUrl: mapUrl, url } : null;
}
