import type { FrameGroups } from '../src/profile/groups.ts';
import { FrameKind, type FrameTable } from '../src/profile/model.ts';
import { packageOf, shortPath } from '../src/sources/urls.ts';

const groupsByFrames = new WeakMap<FrameTable, FrameGroups>();

/** Packages and scripts, as frames show them; of one table always the same object. */
export function frameGroups(frames: FrameTable): FrameGroups {
  const known = groupsByFrames.get(frames);
  if (known) return known;
  const groups = groupFrames(frames);
  groupsByFrames.set(frames, groups);
  return groups;
}

function groupFrames({ url, kind }: FrameTable): FrameGroups {
  const groupByName = new Map<string, number>();
  const isMine = new Uint8Array(url.length);
  const groupByFrame = Int32Array.from(url, (address, frame) => {
    if (kind[frame] !== FrameKind.script) return -1;
    const library = packageOf(address);
    isMine[frame] = library === null && !isExtension(address) ? 1 : 0;
    if (address === '') return -1;
    const name = library ?? shortPath(address);
    const group = groupByName.get(name) ?? groupByName.size;
    groupByName.set(name, group);
    return group;
  });
  return { names: [...groupByName.keys()], groupByFrame, isMine };
}

/** Scripts that other extensions put into the page. */
function isExtension(url: string): boolean {
  return /^(?:chrome|moz)-extension:/.test(url);
}
