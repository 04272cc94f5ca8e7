import type { Natives } from './natives.ts';
import { objectIdOf, type Remote } from './remote.ts';

/** The address of our code for one capture, as it stands in stack traces and lists of scripts. */
export function hookUrlOf(id: string): string {
  return `flambe-hook-${id}.js`;
}

/** Whether a script is ours, of this capture or of one before it. */
export function isHookUrl(url: string): boolean {
  return /^flambe-hook-[\da-f]+\.js$/.test(url);
}

/**
 * Loads code of ours into the page, with the browser's own functions under the names that it knows them by. `url` becomes
 * the address of its script. Gives the page-side object with what the code exports.
 */
export async function loadInto(
  remote: Remote,
  { language, window, ofWindow }: Natives,
  code: string,
  url: string,
): Promise<string> {
  // A console made anew has the browser's own functions, whatever has become of the page's.
  const console = ofWindow.has('context') ? 'window.context("flambe")' : 'window';
  const declaration = `function (window) {
    return ((Reflect, Proxy, Function, console) => ${code})(
      this, this.Proxy, { prototype: { toString: this.toString } }, ${console});
    //# sourceURL=${url}
  }`;
  return objectIdOf(await remote.call(language, declaration, { objectId: window }));
}
