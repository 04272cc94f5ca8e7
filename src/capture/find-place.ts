import type { CdpSession } from '../cdp/session.ts';
import type { Outcome } from '../profile/model.ts';
import { sourceMatches } from '../sources/urls.ts';
import { CaptureError } from './errors.ts';
import type { FoundFunction } from './find.ts';
import { gatherNatives, traceMarks } from './natives.ts';
import placeHookCode from './page/place-hook.ts?iife';
import { loadInto } from './page-code.ts';
import type { TargetFunction } from './record.ts';
import { objectIdOf, Remote } from './remote.ts';
import { type Script, Scripts } from './scripts.ts';
import type { PlaceTarget } from './target.ts';

/** Where breakpoints have to stand; lines and columns from 0, as the protocol has it. */
interface Location {
  readonly lineNumber: number;
  readonly columnNumber: number;
}
interface Doors {
  readonly entry: Location;
  readonly returns: readonly Location[];
}

/**
 * Finds the function at a place of a source. Enables the Debugger domain, which `leave` of what was found disables again.
 * Throws a CaptureError that says why there is no such function.
 */
export async function findPlace(session: CdpSession, target: PlaceTarget, hookUrl: string): Promise<FoundFunction> {
  const scripts = await Scripts.enable(session);
  try {
    const script = scriptOf(scripts.all, target);
    const { fn, name, outcome } = await readFunction(script, await scripts.textOf(script), target);
    const doors = await findDoors(session, script, fn, target);
    const remote = new Remote(session, script.contextId);
    const natives = await gatherNatives(remote);
    return {
      fn,
      path: name,
      hook: 'breakpoints',
      // A mark of this kind has V8 take a sample with it, which tells where the target stands on the stack.
      traceMarks: traceMarks(natives) && 'timeStamp',
      callable: null,
      async arm(options) {
        const code = await loadInto(remote, natives, placeHookCode, hookUrl);
        const declaration = 'function (options) { return this.armPlace(options); }';
        const hook = await remote.call(code, declaration, { value: { ...options, hookUrl, outcome } });
        if (hook.objectId === undefined) throw new CaptureError({ code: 'cannot reach', path: name });
        await setBreakpoints(session, script, doors, options.id, hookUrl);
        return { objectId: objectIdOf(hook), fn };
      },
      async leave() {
        await scripts.disable();
        await remote.release();
      },
    };
  } catch (error) {
    await scripts.disable();
    throw error;
  }
}

/** Of scripts of the same address the last one that was loaded, or in a document the one that has the line. */
function scriptOf(scripts: readonly Script[], target: PlaceTarget): Script {
  const named = scripts.filter(({ url }) => sourceMatches(url, target.source));
  const found = named.findLast(({ begin, endLine }) => begin.line <= target.line && target.line <= endLine);
  if (found) return found;
  const { source, line } = target;
  const last = named.at(-1);
  if (last) throw new CaptureError({ code: 'no such line', source: last.url, line, lines: last.endLine });
  throw new CaptureError({ code: 'no script', source });
}

async function readFunction(script: Script, text: string, target: PlaceTarget) {
  // The parser is large, and hardly ever needed.
  const { describeFunction, functionAt, listFunctions, ownName } = await import('../sources/functions.ts');
  const list = listFunctions(text, { module: script.isModule });
  if ('error' in list) throw new CaptureError({ code: 'unreadable script', source: script.url, message: list.error });
  const { line, column } = target;
  const index = functionAt(list, line, column, script.begin);
  if (index === null) throw new CaptureError({ code: 'no function there', target });
  const { name, kind, async, generator, place } = describeFunction(list, index, script.begin);
  const kinds = [async && 'async', generator ? 'generator' : kind].filter(Boolean).join(' ');
  const fn: TargetFunction = { name: ownName(list, index), kind: kinds, url: script.url, ...place };
  const outcome: Outcome = async && !generator ? 'returned a promise' : 'returned';
  return { fn, name, outcome };
}

/** V8 knows where a function is entered and left. */
async function findDoors(
  session: CdpSession,
  { scriptId }: Script,
  { line, column }: TargetFunction,
  target: PlaceTarget,
): Promise<Doors> {
  const { locations } = await session.send('Debugger.getPossibleBreakpoints', {
    start: { scriptId, lineNumber: line - 1, columnNumber: column - 1 },
    // To the end of the function, which for an arrow function without braces is behind its last character.
    restrictToFunction: true,
  });
  const places = locations.map(({ lineNumber, columnNumber = 0, type }) => ({ lineNumber, columnNumber, type }));
  const [entry] = places;
  // An empty constructor, say, that its class does not write out.
  if (!entry) throw new CaptureError({ code: 'no function there', target });
  return { entry, returns: places.filter(({ type }) => type === 'return') };
}

/** Conditions are never fulfilled, so nothing ever pauses. */
async function setBreakpoints(
  session: CdpSession,
  { scriptId }: Script,
  { entry, returns }: Doors,
  id: string,
  hookUrl: string,
): Promise<void> {
  const set = ({ lineNumber, columnNumber }: Location, method: 'enter' | 'exit') =>
    session.send('Debugger.setBreakpoint', {
      location: { scriptId, lineNumber, columnNumber },
      condition: conditionOf(id, method, hookUrl),
    });
  await Promise.all([...returns.map((location) => set(location, 'exit')), set(entry, 'enter')]);
}

/** Reaches the hook (`PlaceHook` of page/place-hook.ts) by syntax alone, whatever the names around it mean. */
function conditionOf(id: string, method: 'enter' | 'exit', hookUrl: string): string {
  return `(async function* () {})["flambe ${id}"]?.${method}()\n//# sourceURL=${hookUrl}`;
}
