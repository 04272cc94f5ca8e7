/** Reads source maps for the lines of functions, off the panel's main thread. */
import { dataUrlMap } from '../src/sources/data-url.ts';
import { intoScript } from '../src/sources/lines.ts';
import { readMap, type SourceMap } from '../src/sources/maps.ts';
import type { MapText } from '../src/sources/script.ts';
import type { LinesAnswer, LinesQuestion } from './original-lines.ts';

/** The one that was asked about last: one looks at the lines of function after function of a script. */
let latest: { readonly text: string; readonly read: SourceMap | null } | null = null;

addEventListener('message', ({ data }: MessageEvent<LinesQuestion>) => {
  const { map, begin, source, places } = data;
  const read = mapOf(map);
  const lines =
    read &&
    Int32Array.from(places, (place) => {
      const original = read.original(intoScript(place, begin));
      return original?.source === source ? original.line : 0;
    });
  postMessage({ number: data.number, lines } satisfies LinesAnswer);
});

/** Null where it can't be read. */
function mapOf(map: MapText): SourceMap | null {
  const text = 'json' in map ? map.json : map.dataUrl;
  if (latest?.text !== text) {
    const json = 'json' in map ? map.json : dataUrlMap(map.dataUrl);
    const read = json === null ? null : readMap(json, map.url);
    latest = { text, read: read && 'error' in read ? null : read };
  }
  return latest.read;
}
