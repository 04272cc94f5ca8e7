import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../cdp/session.ts';
import { CaptureError, type CaptureFailure } from './errors.ts';
import { findPlace } from './find-place.ts';
import { readRoot } from './inspect.ts';
import { gatherNatives, traceMarks } from './natives.ts';
import type { CallsOptions } from './page/calls.ts';
import foundCode from './page/found.ts?iife';
import type { HookOptions } from './page/hook.ts';
import type { MarkKind } from './page/mark.ts';
import { loadInto } from './page-code.ts';
import type { HookKind, TargetFunction } from './record.ts';
import { objectIdOf, type Remote } from './remote.ts';
import {
  type ExpressionTarget,
  type PathStep,
  type PathTarget,
  type PlaceTarget,
  parseTarget,
  type Target,
} from './target.ts';

/** Milliseconds without a renewal; a panel renews its hook every second or two. */
const ORPHANED_AFTER = 5000;

/** The target, before anything is touched. */
export interface FoundFunction {
  readonly fn: TargetFunction;
  /** What people call it. */
  readonly path: string;
  readonly hook: HookKind;
  /** The best marks that can be had in this page; null where the page leaves no way to any. */
  readonly traceMarks: Exclude<MarkKind, 'profile'> | null;
  /** The page-side object that can call the target (`FoundTarget` of page/found.ts); null where only the page can. */
  readonly callable: string | null;
  arm(options: CallsOptions): Promise<ArmedFunction>;
  /** Reloads the page with a hook in it from the start; null where only a hook in the page as it is can be had. */
  armAndReload: ((options: CallsOptions, whenReloaded: Promise<void>) => Promise<ArmedFunction>) | null;
  /** Takes back what finding it took, and what of the hook is not in the page. */
  leave(): Promise<void>;
}

/** The target with a hook on it. */
export interface ArmedFunction {
  /** The page-side object (`Calls` of page/calls.ts). */
  readonly objectId: string;
  /** As it was by then. */
  readonly fn: TargetFunction;
  /** The page has loaded a new version of its source, in which it is not. */
  hasMoved(): boolean;
}

/**
 * Finds the target in the page, running nothing but an expression, once. `hookUrl` becomes the address of the hook's
 * script. Throws a CaptureError that says why there is no such function.
 */
export function findTarget(
  session: CdpSession,
  remote: Remote,
  target: Target,
  hookUrl: string,
): Promise<FoundFunction> {
  return target.kind === 'place'
    ? findPlace(session, remote, target, hookUrl)
    : findHeld(session, remote, target, hookUrl);
}

/** Finds the target by its place in a source, which outlives the document. Throws like {@link findTarget}. */
export async function findReloadable(
  session: CdpSession,
  remote: Remote,
  target: Target,
  hookUrl: string,
): Promise<FoundFunction> {
  if (target.kind === 'place') return findPlace(session, remote, target, hookUrl);
  const { fn, path } = await findHeld(session, remote, target, hookUrl);
  const { at } = placeOf(fn);
  if (!at) throw new CaptureError({ code: 'cannot reach', path });
  return findPlace(session, remote, at, hookUrl);
}

/** A function that something in the page holds, where another can stand in for it. */
async function findHeld(
  session: CdpSession,
  remote: Remote,
  target: PathTarget | ExpressionTarget,
  hookUrl: string,
): Promise<FoundFunction> {
  const natives = await gatherNatives(remote);
  const found = await find(session, remote, target, await loadInto(remote, natives, foundCode, hookUrl));
  const failure = await remote.callForValue<CaptureFailure | null>(
    found,
    'function () { return "arm" in this ? null : this; }',
  );
  if (failure) throw new CaptureError(failure);

  const [{ path, fn, hasPrivateStatics, standing }, owner] = await Promise.all([
    describe(session, remote, found),
    remote.call(found, 'function () { return this.owner; }'),
  ]);
  if (standing) await takeOffOrphan(remote, standing, path);
  return {
    fn,
    path,
    hook: 'stand-in',
    traceMarks: traceMarks(natives),
    callable: found,
    async arm(options) {
      if (hasPrivateStatics)
        throw new CaptureError({ code: 'cannot wrap', path, reason: 'private static', ...placeOf(fn) });
      const objectId = await putStandIn(remote, found, fn, { ...options, stays: owner.subtype === 'proxy' });
      const isNewer = await remote.callForValue<boolean>(found, 'function () { return this.isNewer; }');
      const armed = isNewer ? (await describe(session, remote, found)).fn : fn;
      return { objectId, fn: armed, hasMoved: () => false };
    },
    armAndReload: null,
    leave: () => Promise.resolve(),
  };
}

/** Throws a CaptureError that says why it cannot stand there. */
async function putStandIn(remote: Remote, found: string, fn: TargetFunction, options: HookOptions): Promise<string> {
  const hook = await remote.call(found, 'function (options) { return this.arm(options); }', { value: options });
  const objectId = objectIdOf(hook);
  const failure = await remote.callForValue<CaptureFailure | null>(
    objectId,
    'function () { return "renew" in this ? null : this; }',
  );
  if (failure?.code === 'cannot wrap' || failure?.code === 'no place')
    throw new CaptureError({ ...failure, ...placeOf(fn) });
  if (failure) throw new CaptureError(failure);
  return objectId;
}

/** Where breakpoints can do what a stand-in can't. */
function placeOf({ url, line, column }: TargetFunction): { at?: PlaceTarget } {
  return url === '' || line === 0 ? {} : { at: { kind: 'place', source: url, line, column } };
}

/** The function that a target (`FoundTarget` of page/found.ts) stands for at the time. */
async function describe(session: CdpSession, remote: Remote, found: string) {
  const [{ name, kind, path }, fn] = await Promise.all([
    remote.callForValue<{ name: string; kind: string; path: string }>(found, 'function () { return this.summary; }'),
    remote.call(found, 'function () { return this.fn; }'),
  ]);
  const { location, privateProperties, standing } = await lookInto(remote, objectIdOf(fn));
  const target: TargetFunction = {
    name: name || nameFromPath(path),
    kind,
    url: location ? await scriptUrl(session, location.scriptId) : '',
    line: location ? location.lineNumber + 1 : 0,
    column: location ? (location.columnNumber ?? 0) + 1 : 0,
  };
  return { path, fn: target, hasPrivateStatics: privateProperties.length > 0, standing };
}

/**
 * Takes a hook off that nobody has looked after for a while: the debugger was taken from its panel, or the document came
 * back out of the browser's cache. Throws where somebody does look after it.
 */
async function takeOffOrphan(remote: Remote, handler: string, path: string): Promise<void> {
  const since = await remote.callForValue<number>(handler, 'function () { return this.sinceRenewal(); }');
  if (since < ORPHANED_AFTER) throw new CaptureError({ code: 'armed already', path });
  await remote.call(handler, 'function () { this.release(); }');
}

/** What only the debugger sees of a function; of a proxy, that of the function behind it. */
async function lookInto(remote: Remote, fnId: string) {
  let standing: string | undefined;
  for (let objectId = fnId; ; ) {
    const { internalProperties = [], privateProperties = [] } = await remote.properties(objectId);
    const internal = (wanted: string) => internalProperties.find(({ name }) => name === wanted)?.value;
    const handler = internal('[[Handler]]')?.objectId;
    const behind = internal('[[Target]]')?.objectId;
    if (handler === undefined || behind === undefined) {
      const location: Protocol.Debugger.Location | undefined = internal('[[FunctionLocation]]')?.value;
      return { location, privateProperties, standing };
    }
    const { result } = await remote.properties(handler);
    if (result.some(({ name, value }) => name === 'armedBy' && value?.type === 'string')) standing ??= handler;
    objectId = behind;
  }
}

async function find(
  session: CdpSession,
  remote: Remote,
  target: PathTarget | ExpressionTarget,
  hook: string,
): Promise<string> {
  switch (target.kind) {
    case 'path': {
      const { names } = await session.send('Runtime.globalLexicalScopeNames', {});
      const root = objectIdOf(await remote.evaluate(rootOf(target, names.includes(target.root))));
      const declaration = 'function (target, root) { return this.findByPath(target, root); }';
      const { steps, accessor = 'any' } = target;
      return objectIdOf(await remote.call(hook, declaration, { value: { steps, accessor } }, { objectId: root }));
    }
    case 'expression': {
      const { head, steps } = await splitExpression(remote, target.text);
      const object = await remote.evaluate(`(${head}\n)`, target.text);
      const argument =
        object.objectId === undefined ? { value: object.value as unknown } : { objectId: object.objectId };
      const declaration = 'function (value, text, rest) { return this.findUnder(value, text, rest); }';
      const rest = { steps, accessor: target.accessor ?? 'any' };
      return objectIdOf(await remote.call(hook, declaration, argument, { value: head }, { value: rest }));
    }
    default:
      return target satisfies never;
  }
}

/** Reads and writes the root by its bare name, the only way to a top-level let or class. */
function rootOf({ root }: PathTarget, isLexical: boolean): string {
  const write = `(value) => { ${root} = value; }`;
  return `({ name: "${root}", isLexical: ${isLexical}, read: ${readRoot(root)}, write: ${write} })`;
}

const lastStep =
  /^(.*?)((?:\s*\.\s*[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)|(?:\s*\[\s*(?:\d+|"[^"\\]*"|'[^'\\]*'|Symbol\s*\.\s*(?:for\s*\(\s*(?:"[^"\\]*"|'[^'\\]*')\s*\)|\w+))\s*\]))$/su;

/**
 * Splits `getStore().dispatch` into the expression of its owner and the last step, so that the function can be captured
 * where it stands. The engine's own parser, on a function that nobody calls, says whether the text is a member
 * expression at all: only such a one can be assigned to (`a + b.c` cannot). Any other expression stays whole.
 */
async function splitExpression(remote: Remote, text: string): Promise<{ head: string; steps: readonly PathStep[] }> {
  const whole = { head: text, steps: [] };
  const [, head, step] = lastStep.exec(text) ?? [];
  if (!head?.trim() || !step) return whole;
  const isMember = await remote.evaluate(`() => { (${text}\n) = 0; }`).then(
    () => true,
    () => false,
  );
  if (!isMember) return whole;
  // Read as a path of its own, so that there is one grammar of steps.
  const parsed = parseTarget(`x${step}`);
  return parsed?.kind === 'path' ? { head, steps: parsed.steps } : whole;
}

function nameFromPath(path: string): string {
  return /([^.[\]"']+)["')\]]*( \([gs]et\))?$/.exec(path)?.[1] ?? path;
}

/** The Debugger domain names all scripts when it is enabled; it is enabled just for that. */
async function scriptUrl(session: CdpSession, scriptId: string): Promise<string> {
  let url = '';
  const stopListening = session.on('Debugger.scriptParsed', (script) => {
    if (script.scriptId === scriptId) url = script.url;
  });
  try {
    await session.send('Debugger.enable');
    await session.send('Debugger.disable');
    return url;
  } finally {
    stopListening();
  }
}
