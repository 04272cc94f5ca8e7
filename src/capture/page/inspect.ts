/** Runs in the page, without attaching: which functions are there, and what stands at a path. */
import type { PathCheck } from '../inspect.ts';
import { kindOf, typeName, type Way, walkFromRoot } from './walk.ts';

export { listSlice } from './list-functions.ts';

/** What a path leads to now. */
export function checkPath({ root, steps, accessor }: Way & { root: string }, read: () => unknown): PathCheck {
  const walked = walkFromRoot({ name: root, isLexical: false, read }, { steps, accessor });
  if (!walked.ok) return walked;
  const { value, path } = walked;
  if (typeof value !== 'function')
    return { ok: false, failure: { code: 'not a function', path, type: typeName(value) } };
  return { ok: true, kind: kindOf(value, walked.holder !== walked.owner, walked.accessor) };
}
