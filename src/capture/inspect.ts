import type { CaptureFailure } from './errors.ts';
import inspectCode from './page/inspect.ts?iife';
import type { PathTarget } from './target.ts';

/** A function of the page that can be a target. */
export interface FunctionEntry {
  /** Canonical text of the path. Hostile data, like every name of the page. */
  readonly path: string;
  /** `function`, `async function`, `generator`, `async generator`, `class`, `method`, `getter`, `setter`; `native …` of the browser's. */
  readonly kind: string;
}

export interface FunctionList {
  readonly functions: readonly FunctionEntry[];
  /** The page has more functions than the list holds, or looking at all of them would have taken too long. */
  readonly truncated: boolean;
}

/** What stands at a path now. */
export type PathCheck =
  | { readonly ok: true; readonly kind: string }
  | { readonly ok: false; readonly failure: CaptureFailure };

/** Text to evaluate in the page: gives a {@link PathCheck} as a JSON value. Runs no getter of the page. */
export function checkPathExpression(target: PathTarget): string {
  const { root, steps, accessor = 'any' } = target;
  return `${inspectCode}.checkPath(${JSON.stringify({ root, steps, accessor })}, ${readRoot(root)})`;
}

/**
 * A function that reads the root of a path by its bare name, which is the only way to a top-level let, const or class.
 * The root is an identifier by construction of {@link PathTarget}; anything else must never be pasted into code.
 */
export function readRoot(root: string): string {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(root))
    throw new TypeError(`Not an identifier: ${root}`);
  return `() => ${root}`;
}
