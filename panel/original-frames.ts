import type { FrameIndex, FrameTable } from '../src/profile/model.ts';
import type { OriginalFrame, OriginalFrames } from '../src/profile/originals.ts';
import type { Found } from '../src/sources/source-index.ts';
import type { MapReader } from './map-reader.ts';
import type { PageScript } from './page-script.ts';

/** What the frames are in the original sources, as far as these scripts and their maps tell. */
export async function originalFrames(
  reader: Pick<MapReader, 'functionsAt'>,
  scripts: readonly PageScript[],
  frames: FrameTable,
): Promise<OriginalFrames> {
  const asked = scripts.flatMap((script) =>
    framesOf(frames, script.url).map((frame) => ({
      frame,
      script,
      line: frames.line[frame]!,
      column: frames.column[frame]!,
    })),
  );
  const found = await reader.functionsAt(asked);
  const originals = new Map<FrameIndex, OriginalFrame>();
  for (const [index, { frame, line, column }] of asked.entries()) {
    const one = found[index];
    // A script of that address may be another version of the one that ran: there another function stands at the place.
    if (one?.original && one.place.line === line && one.place.column === column)
      originals.set(frame, originalOf(one.name, one.original));
  }
  return originals;
}

function framesOf({ url, line }: FrameTable, of: string): FrameIndex[] {
  return [...url.keys()].filter((frame) => url[frame] === of && line[frame]! > 0);
}

const link = ' › ';

/** By its own name: the functions around it say too little in a narrow box. */
function originalOf(chain: string, { source, line, column }: NonNullable<Found['original']>): OriginalFrame {
  const at = chain.lastIndexOf(link);
  const own = at < 0 ? chain : chain.slice(at + link.length);
  return { name: own === '(anonymous)' ? '' : own, url: source, line, column };
}
