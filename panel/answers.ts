import type { PathCheck } from '../src/capture/inspect.ts';
import type { PlaceTarget } from '../src/capture/target.ts';

/** Readers of what the page answered, which may have replaced whatever our code in it relies on, and DevTools. */

export function readPathCheck(answer: unknown): PathCheck {
  const { ok, kind, failure } = asRecord(answer);
  if (ok === true) return { ok, kind: String(kind) };
  const { code, path, near, type, accessor } = asRecord(failure);
  const where = { path: String(path) };
  switch (code) {
    case 'not found':
      return { ok: false, failure: { code, ...where, ...(near !== undefined && { near: String(near) }) } };
    case 'not a function':
      return { ok: false, failure: { code, ...where, type: String(type) } };
    case 'behind getter':
      return { ok: false, failure: { code, ...where } };
    case 'no accessor':
      return { ok: false, failure: { code, ...where, accessor: accessor === 'set' ? 'set' : 'get' } };
    default:
      throw new TypeError(`The page answered with an unknown failure: ${String(code)}`);
  }
}

/** The cursor in DevTools' Sources panel; null where it is in nothing that the page has loaded. */
export function readSelection(selection: unknown): PlaceTarget | null {
  const { url, startLine, startColumn } = asRecord(selection);
  if (typeof url !== 'string' || url === '' || url.startsWith('debugger:')) return null;
  if (typeof startLine !== 'number' || typeof startColumn !== 'number') return null;
  return { kind: 'place', source: url, line: startLine + 1, column: startColumn + 1 };
}

/** Whether DevTools says that it could not do what it was asked to. */
export function isRefusal(answer: unknown): boolean {
  return asRecord(answer).isError === true;
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError('The page answered with no object');
  return { ...value };
}
