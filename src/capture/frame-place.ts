import { type FrameIndex, FrameKind, type FrameTable } from '../profile/model.ts';
import type { PlaceTarget } from './target.ts';

/** Where to capture a frame; null where it has no place in a source. */
export function placeTarget(frames: FrameTable, frame: FrameIndex): PlaceTarget | null {
  const [source, line, column] = [frames.url[frame]!, frames.line[frame]!, frames.column[frame]!];
  const isScript = frames.kind[frame] === FrameKind.script;
  return isScript && source !== '' && line > 0 ? { kind: 'place', source, line, ...(column > 0 && { column }) } : null;
}
