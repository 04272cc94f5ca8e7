import { CaptureError } from './errors.ts';
import type { MarkKind } from './page/mark.ts';
import nativesCode from './page/natives.ts?iife';
import { objectIdOf, type Remote } from './remote.ts';

/** The browser's own functions in the page, whatever the page has made of the names they go by. */
export interface Natives {
  /** An object with the functions of the language, by name. */
  readonly language: string;
  /** An object with what leaves marks, by name. Not all of it need be the browser's own. */
  readonly window: string;
  /** Names in `window` that are. */
  readonly ofWindow: ReadonlySet<string>;
}

/**
 * Gathers them. Where the page has replaced some, they come from a document of our own, there for a moment. Throws a
 * CaptureError where the page leaves no way to them.
 */
export async function gatherNatives(remote: Remote): Promise<Natives> {
  const [page, window] = await Promise.all([gather(remote, 'ofLanguage'), gather(remote, 'ofWindow')]);
  const language = page.foreign.length === 0 ? page : await gather(remote, 'ofMomentaryFrame').catch(() => page);
  if (language.foreign.length > 0) throw new CaptureError({ code: 'natives replaced', names: page.foreign });
  return { language: language.objectId, window: window.objectId, ofWindow: window.native };
}

/** Of marks in a trace those that cost the page least; null where the page leaves no way to any. */
export function traceMarks({ ofWindow }: Natives): Exclude<MarkKind, 'profile'> | null {
  if (ofWindow.has('clearTimeout')) return 'timer';
  return ofWindow.has('context') || ofWindow.has('timeStamp') ? 'timeStamp' : null;
}

interface Gathered {
  readonly objectId: string;
  readonly native: ReadonlySet<string>;
  /** Names of what is missing or not the browser's own. */
  readonly foreign: readonly string[];
}

async function gather(remote: Remote, from: 'ofLanguage' | 'ofMomentaryFrame' | 'ofWindow'): Promise<Gathered> {
  const objectId = objectIdOf(await remote.evaluate(`${nativesCode}.${from}()`));
  const { result } = await remote.properties(objectId);
  // The debugger describes functions by itself: nothing that the page runs can make one look native under a name. A
  // bound function has no name there, a proxy is called one.
  const isNative = ({ name, value }: (typeof result)[number]) =>
    value?.description === `function ${name}() { [native code] }`;
  return {
    objectId,
    native: new Set(result.filter(isNative).map(({ name }) => name)),
    foreign: result.filter((property) => !isNative(property)).map(({ name }) => name),
  };
}
