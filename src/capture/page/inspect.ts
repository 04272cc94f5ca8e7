/**
 * Runs in the page, without attaching: which functions are there, and what stands at a path.
 */
import type { FunctionEntry, FunctionList, PathCheck } from '../inspect.ts';
import { formatStep, type PathStep, type PathTarget } from '../target.ts';
import { isHolder, isNative, kindOf, typeName, walkFromRoot } from './walk.ts';

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;

/** Steps from the global object to the deepest functions listed: `Widget.prototype.render`. */
const LEVELS = 3;
const MOST_FUNCTIONS = 20_000;
const MOST_MILLISECONDS = 250;
const CHECK_TIME_EVERY = 256;
/** Properties that every function has. */
const ownOfFunctions = new Set<PropertyKey>(['length', 'name', 'prototype', 'arguments', 'caller']);

/** An object whose properties are still to be listed. */
interface Pending {
  readonly object: object;
  /** Empty for the global object. */
  readonly path: string;
  readonly level: number;
  readonly isPrototype: boolean;
}

/** Breadth first, so that each function is listed under its shortest path's owner first and cycles end. */
export function listFunctions(): FunctionList {
  const functions: FunctionEntry[] = [];
  const seen = new Set<object>([globalThis, Object.prototype, Function.prototype]);
  const queue: Pending[] = [{ object: globalThis, path: '', level: 1, isPrototype: false }];
  const giveUpAt = performance.now() + MOST_MILLISECONDS;
  let looked = 0;
  for (const { object, path, level, isPrototype } of queue) {
    const later = (next: object, nextPath: string, nextIsPrototype: boolean, nextLevel = level + 1) => {
      if (nextLevel > LEVELS || seen.has(next)) return;
      seen.add(next);
      queue.push({ object: next, path: nextPath, level: nextLevel, isPrototype: nextIsPrototype });
    };
    for (const [key, value] of dataProperties(object)) {
      if (functions.length >= MOST_FUNCTIONS) return { functions, truncated: true };
      if (++looked % CHECK_TIME_EVERY === 0 && performance.now() > giveUpAt) return { functions, truncated: true };
      const step = stepOf(key);
      if (!step || !isHolder(value) || (isPrototype && key === 'constructor')) continue;
      const next = path === '' ? rootPath(step) : path + formatStep(step);
      if (next === null) continue;
      if (typeof value === 'function') {
        if (isNative(value) || (typeof object === 'function' && ownOfFunctions.has(key))) continue;
        functions.push({ path: next, kind: kindOf(value, isPrototype) });
        later(value, next, false);
        const prototype: unknown = getOwnPropertyDescriptor(value, 'prototype')?.value;
        if (isHolder(prototype)) later(prototype, `${next}.prototype`, true, level + 2);
      } else if (isOfThePage(value)) {
        later(value, next, false);
      }
    }
    // Methods that an instance has of its classes are called through the instance too.
    if (object !== globalThis && typeof object !== 'function' && !isPrototype)
      for (const prototype of pagePrototypes(object)) queue.push({ object: prototype, path, level, isPrototype: true });
  }
  return { functions, truncated: false };
}

/** What a path leads to now. */
export function checkPath(target: PathTarget, readRoot: () => unknown): PathCheck {
  const walked = walkFromRoot(target.root, target.steps, readRoot);
  if (!walked.ok) return walked;
  const { value, path } = walked;
  if (typeof value !== 'function')
    return { ok: false, failure: { code: 'not a function', path, type: typeName(value) } };
  return { ok: true, kind: kindOf(value, walked.holder !== walked.owner) };
}

function* dataProperties(object: object): Generator<[PropertyKey, unknown]> {
  for (const key of safely(() => ownKeys(object)) ?? []) {
    const property = safely(() => getOwnPropertyDescriptor(object, key));
    if (property && 'value' in property) yield [key, property.value];
  }
}

/** Cross-origin windows, revoked proxies and module namespaces being loaded throw when they are looked at. */
function safely<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

const symbolNames = new Map<PropertyKey, string>(
  ownKeys(Symbol).flatMap((name) => {
    const value: unknown = getOwnPropertyDescriptor(Symbol, name)?.value;
    return typeof value === 'symbol' && typeof name === 'string' ? [[value, name] as const] : [];
  }),
);

/** Null for symbols that cannot be written down. */
function stepOf(key: PropertyKey): PathStep | null {
  if (typeof key !== 'symbol') return { key: String(key) };
  const symbol = symbolNames.get(key);
  return symbol === undefined ? null : { symbol };
}

/** The path of a global: its bare name, or null if it has none that can stand alone. */
function rootPath(step: PathStep): string | null {
  const text = formatStep(step);
  return text.startsWith('.') ? text.slice(1) : `window${text}`;
}

/** Plain objects and instances of the page's own classes; not arrays, maps, elements and other things of the browser. */
function isOfThePage(object: object): boolean {
  const prototype = safely(() => getPrototypeOf(object));
  return prototype === null || prototype === Object.prototype || pagePrototypes(object).next().done === false;
}

/** The prototypes of an object that belong to classes of the page, up to the first of the browser's own. */
function* pagePrototypes(object: object): Generator<object> {
  for (let at = safely(() => getPrototypeOf(object)); at; at = safely(() => getPrototypeOf(at!))) {
    const madeBy: unknown = safely(() => getOwnPropertyDescriptor(at!, 'constructor')?.value);
    if (typeof madeBy !== 'function' || isNative(madeBy)) return;
    yield at;
  }
}
