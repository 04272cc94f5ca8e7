import type { CdpSession } from '../cdp/session.ts';
import { withoutQuery } from '../sources/urls.ts';
import { Breakpoints, findDoors } from './breakpoints.ts';
import { CaptureError } from './errors.ts';
import type { ArmedFunction, FoundFunction } from './find.ts';
import { gatherNatives, traceMarks } from './natives.ts';
import type { CallsOptions } from './page/calls.ts';
import type { PlaceHookOptions } from './page/place-hook.ts';
import placeHookCode from './page/place-hook.ts?iife';
import { loadInto } from './page-code.ts';
import { objectIdOf, Remote } from './remote.ts';
import { type Script, Scripts } from './scripts.ts';
import { functionAtPlace, functionLike, type SourceFunction, scriptOf } from './source-function.ts';
import type { PlaceTarget } from './target.ts';

/**
 * Finds the function at a place of a source. Enables the Debugger domain, which `leave` of what was found disables again.
 * Throws a CaptureError that says why there is no such function.
 */
export async function findPlace(
  session: CdpSession,
  remote: Remote,
  target: PlaceTarget,
  hookUrl: string,
): Promise<FoundFunction> {
  const scripts = await Scripts.enable(session);
  try {
    const script = scriptOf(scripts.all, target);
    const found = await functionAtPlace(script, await scripts.textOf(script), target);
    const doors = await findDoors(session, script, found);
    // The constructor of a class that does not write one out, say.
    if (doors === null) throw new CaptureError({ code: 'no function there', target });
    const natives = await gatherNatives(new Remote(session, script.contextId));
    const place: Place = { session, scripts, script, found, hookUrl };
    return {
      fn: found.fn,
      path: found.name,
      hook: 'breakpoints',
      // A mark of this kind has V8 take a sample with it, which tells where the target stands on the stack.
      traceMarks: traceMarks(natives) && 'timeStamp',
      callable: null,
      async arm(options) {
        const code = await loadInto(new Remote(session, script.contextId), natives, placeHookCode, hookUrl);
        const hook = await remote.call(code, 'function (options) { return this.armPlace(options); }', {
          value: optionsFor(place, options, false),
        });
        if (hook.objectId === undefined) throw new CaptureError({ code: 'cannot reach', path: found.name });
        const breakpoints = new Breakpoints(session, options.id, hookUrl);
        await breakpoints.setIn(script, doors);
        return { objectId: hook.objectId, fn: found.fn, hasMoved: followSource(place, breakpoints) };
      },
      async armAndReload(options, whenReloaded) {
        const breakpoints = new Breakpoints(session, options.id, hookUrl);
        await breakpoints.setInComing(script, doors);
        const arming = `if (window === top) ${placeHookCode}.armPlace(${JSON.stringify(optionsFor(place, options, true))});`;
        const source = `${arming}\n//# sourceURL=${hookUrl}`;
        const { identifier } = await session.send('Page.addScriptToEvaluateOnNewDocument', { source });
        try {
          await Promise.all([whenReloaded, session.send('Page.reload', {})]);
        } finally {
          await session.send('Page.removeScriptToEvaluateOnNewDocument', { identifier });
        }
        const objectId = objectIdOf(await remote.evaluate(`${breakpoints.hook}.collect()`));
        return { objectId, fn: found.fn, hasMoved: followSource(place, breakpoints) };
      },
      leave: () => scripts.disable(),
    };
  } catch (error) {
    await scripts.disable();
    throw error;
  }
}

interface Place {
  readonly session: CdpSession;
  readonly scripts: Scripts;
  readonly script: Script;
  readonly found: SourceFunction;
  readonly hookUrl: string;
}

function optionsFor({ found, hookUrl }: Place, options: CallsOptions, isAwaited: boolean): PlaceHookOptions {
  return { ...options, hookUrl, outcome: found.outcome, isAwaited };
}

/**
 * Puts breakpoints into other versions of the script too, as they come in place of the first (hot module replacement, or a
 * reload after a change). Returns what says whether one came in which the function could not be found.
 */
function followSource({ session, scripts, script, found }: Place, breakpoints: Breakpoints): ArmedFunction['hasMoved'] {
  let hasMoved = false;
  const isOther = ({ url, hash }: Script) => hash !== script.hash && withoutQuery(url) === withoutQuery(script.url);
  // A document may have many scripts, all under its own address.
  const isWholeFile = script.begin.line === 1 && script.begin.column === 1;
  const follow = async (other: Script) => {
    const alike = await functionLike(found, other, await scripts.textOf(other));
    const doors = alike && (await findDoors(session, other, alike));
    if (doors) await breakpoints.setIn(other, doors);
    hasMoved = doors === null && isWholeFile;
  };
  scripts.onLoaded((other) => {
    if (isOther(other))
      follow(other).catch(() => {
        hasMoved = true;
      });
  });
  return () => hasMoved;
}
