import { dataUrlMap } from '../src/sources/data-url.ts';
import { intoScript } from '../src/sources/lines.ts';
import { readMap } from '../src/sources/maps.ts';
import type { MappedScript } from './map-reader.ts';
import type { PageScript } from './page-script.ts';

/** The line of an original source that a place of a script came of; 0 where it came of another source, or of none. */
export type OriginalLine = (source: string, line: number, column: number) => number;

interface Read {
  /** What was read. */
  readonly text: string;
  readonly lineOf: OriginalLine | null;
}

const readByScript = new WeakMap<PageScript, Read>();

/** Reads the map of a script, once. Takes some 100 ms for megabytes of it; null where it can't be read. */
export function originalLines({ script, map }: MappedScript): OriginalLine | null {
  const text = 'json' in map ? map.json : map.dataUrl;
  const before = readByScript.get(script);
  if (before?.text === text) return before.lineOf;
  const json = 'json' in map ? map.json : dataUrlMap(map.dataUrl);
  const read = json === null ? null : readMap(json, map.url);
  const lineOf: OriginalLine | null =
    read === null || 'error' in read
      ? null
      : (source, line, column) => {
          const original = read.original(intoScript({ line, column }, script.begin));
          return original?.source === source ? original.line : 0;
        };
  readByScript.set(script, { text, lineOf });
  return lineOf;
}
