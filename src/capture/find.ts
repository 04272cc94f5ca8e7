import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../cdp/session.ts';
import { CaptureError, type CaptureFailure } from './errors.ts';
import { readRoot } from './inspect.ts';
import hookCode from './page/hook.ts?iife';
import type { TargetFunction } from './record.ts';
import { objectIdOf, type Remote } from './remote.ts';
import { type PathStep, type PathTarget, parseTarget, type Target } from './target.ts';

/** The target in the page, before anything is touched. */
export interface FoundFunction {
  /** The page-side object (`FoundTarget` of page/hook.ts). */
  readonly objectId: string;
  /** The context it lives in. */
  readonly contextId: number | undefined;
  readonly fn: TargetFunction;
  readonly path: string;
  /** Has private static members, which a stand-in would break. */
  readonly hasPrivateStatics: boolean;
}

/**
 * Finds the target in the page, running nothing but an expression, once. `hookUrl` becomes the address of the hook's
 * script. Throws a CaptureError that says why there is no such function.
 */
export async function findTarget(
  session: CdpSession,
  remote: Remote,
  target: Target,
  hookUrl: string,
): Promise<FoundFunction> {
  const hook = objectIdOf(await remote.evaluate(`${hookCode}\n//# sourceURL=${hookUrl}`));
  const found = await find(remote, target, hook);
  const failure = await remote.callForValue<CaptureFailure | null>(
    found,
    'function () { return "code" in this ? this : null; }',
  );
  if (failure) throw new CaptureError(failure);

  const summary = await remote.callForValue<{ name: string; kind: string; path: string }>(
    found,
    'function () { return this.summary; }',
  );
  const fnId = objectIdOf(await remote.call(found, 'function () { return this.fn; }'));
  const { internalProperties = [], privateProperties = [] } = await remote.properties(fnId);
  const location: Protocol.Debugger.Location | undefined = internalProperties.find(
    ({ name }) => name === '[[FunctionLocation]]',
  )?.value?.value;
  return {
    objectId: found,
    contextId: contextOf(found),
    path: summary.path,
    hasPrivateStatics: privateProperties.length > 0,
    fn: {
      name: summary.name || nameFromPath(summary.path),
      kind: summary.kind,
      url: location ? await scriptUrl(session, location.scriptId) : '',
      line: location ? location.lineNumber + 1 : 0,
      column: location ? (location.columnNumber ?? 0) + 1 : 0,
    },
  };
}

async function find(remote: Remote, target: Target, hook: string): Promise<string> {
  switch (target.kind) {
    case 'place':
      throw new CaptureError({ code: 'places not supported', target });
    case 'path': {
      const binding = objectIdOf(await remote.evaluate(bindingOf(target)));
      const declaration = 'function (root, steps, binding) { return this.findByPath(root, steps, binding); }';
      const args = [{ value: target.root }, { value: target.steps }, { objectId: binding }];
      return objectIdOf(await remote.call(hook, declaration, ...args));
    }
    case 'expression': {
      const { head, steps } = await splitExpression(remote, target.text);
      const object = await remote.evaluate(`(${head}\n)`, target.text);
      const argument =
        object.objectId === undefined ? { value: object.value as unknown } : { objectId: object.objectId };
      const declaration = 'function (value, text, steps) { return this.findUnder(value, text, steps); }';
      return objectIdOf(await remote.call(hook, declaration, argument, { value: head }, { value: steps }));
    }
    default:
      return target satisfies never;
  }
}

/** Reads and writes the root by its bare name, the only way to a top-level let or class. */
function bindingOf({ root }: PathTarget): string {
  return `({ read: ${readRoot(root)}, write: (value) => { ${root} = value; } })`;
}

const lastStep =
  /^(.*?)((?:\s*\.\s*[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)|(?:\s*\[\s*(?:\d+|"[^"\\]*"|'[^'\\]*'|Symbol\s*\.\s*\w+)\s*\]))$/su;

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
  return /([^.[\]"']+)["'\]]*$/.exec(path)?.[1] ?? path;
}

/** V8 writes the context into an object's id: isolate, context, object. */
function contextOf(objectId: string): number | undefined {
  const context = Number(objectId.split('.')[1]);
  return Number.isInteger(context) && context > 0 ? context : undefined;
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
