/**
 * Runs in the page, without attaching: which functions are there, and what stands at a path.
 */
import type { FunctionEntry, FunctionList, PathCheck } from '../inspect.ts';
import { type Accessor, formatAccessor, formatStep, type PathStep } from '../target.ts';
import { isHolder, isNative, kindOf, ownProperty, typeName, type Way, walkFromRoot } from './walk.ts';

const { getPrototypeOf, ownKeys } = Reflect;

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

/**
 * Breadth first, so that each function is listed under its shortest path's owner first and cycles end. Lists the
 * browser's own functions too where `natives` asks for them; those come last.
 */
export function listFunctions(natives = false): FunctionList {
  const own: FunctionEntry[] = [];
  const native: FunctionEntry[] = [];
  const seen = new Set<object>([globalThis, Object.prototype, Function.prototype]);
  const queue: Pending[] = [{ object: globalThis, path: '', level: 1, isPrototype: false }];
  const nativeQueue: Pending[] = [];
  const later = (to: Pending[], next: Pending) => {
    if (next.level > LEVELS || seen.has(next.object)) return;
    seen.add(next.object);
    to.push(next);
  };
  /** Lists a function; returns whether what hangs on it is worth a look. */
  const add = (fn: object, path: string, isMethod: boolean, accessor: Accessor | null = null): boolean => {
    const isForeign = isNative(fn);
    const kind = kindOf(fn, isMethod, accessor);
    const entry = { path: path + formatAccessor(accessor), kind: isForeign ? `native ${kind}` : kind };
    if (!isForeign || natives) (isForeign ? native : own).push(entry);
    return !isForeign || natives;
  };
  const giveUpAt = now() + MOST_MILLISECONDS;
  let looked = 0;
  const isEnough = () =>
    own.length + native.length >= MOST_FUNCTIONS || (++looked % CHECK_TIME_EVERY === 0 && now() > giveUpAt);

  for (const { object, path, level, isPrototype } of inTurn(queue, nativeQueue)) {
    const isGlobal = object === globalThis;
    for (const [key, property] of propertiesOf(object)) {
      if (isEnough()) return { functions: [...own, ...native], truncated: true };
      const step = stepOf(key);
      if (!step || (isPrototype && key === 'constructor')) continue;
      if (typeof object === 'function' && ownOfFunctions.has(key)) continue;
      const next = isGlobal ? rootPath(step) : path + formatStep(step);
      if (next === null) continue;
      for (const half of ['get', 'set'] as const) {
        const fn = property[half];
        // The window's own are its events, a hundred of them.
        if (fn && !(isGlobal && isNative(fn))) add(fn, next, isPrototype, half);
      }
      const value: unknown = isGlobal && key === 'document' ? document : property.value;
      if (typeof value === 'function') {
        if (!add(value, next, isPrototype)) continue;
        const to = isNative(value) ? nativeQueue : queue;
        later(to, { object: value, path: next, level: level + 1, isPrototype: false });
        const prototype: unknown = ownProperty(value, 'prototype')?.value;
        if (isHolder(prototype))
          later(to, { object: prototype, path: `${next}.prototype`, level: level + 2, isPrototype: true });
      } else if (isHolder(value) && (isOfThePage(value) || (natives && isDocument(value)))) {
        const to = isDocument(value) ? nativeQueue : queue;
        later(to, { object: value, path: next, level: level + 1, isPrototype: false });
      }
    }
    // Methods that an instance has of its classes are called through the instance too.
    if (!isGlobal && typeof object !== 'function' && !isPrototype)
      for (const prototype of isDocument(object) ? allPrototypes(object) : pagePrototypes(object))
        (isDocument(object) ? nativeQueue : queue).push({ object: prototype, path, level, isPrototype: true });
  }
  return { functions: [...own, ...native], truncated: false };
}

/** Where the page has broken its clock, the number of functions is the only limit. */
function now(): number {
  try {
    return performance.now();
  } catch {
    return 0;
  }
}

/** The second only once the first has ended; both grow meanwhile. */
function* inTurn(first: readonly Pending[], second: readonly Pending[]): Generator<Pending> {
  let i = 0;
  for (let j = 0; i < first.length || j < second.length; ) yield i < first.length ? first[i++]! : second[j++]!;
}

/** What a path leads to now. */
export function checkPath({ root, steps, accessor }: Way & { root: string }, read: () => unknown): PathCheck {
  const walked = walkFromRoot({ name: root, isLexical: false, read }, { steps, accessor });
  if (!walked.ok) return walked;
  const { value, path } = walked;
  if (typeof value !== 'function')
    return { ok: false, failure: { code: 'not a function', path, type: typeName(value) } };
  return { ok: true, kind: kindOf(value, walked.holder !== walked.owner, walked.accessor) };
}

function* propertiesOf(object: object): Generator<[PropertyKey, PropertyDescriptor]> {
  for (const key of safely(() => ownKeys(object)) ?? []) {
    const property = safely(() => ownProperty(object, key));
    if (property) yield [key, property];
  }
}

function isDocument(object: object): boolean {
  return typeof document !== 'undefined' && object === document;
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
    const value: unknown = ownProperty(Symbol, name)?.value;
    return typeof value === 'symbol' && typeof name === 'string' ? [[value, name] as const] : [];
  }),
);

/** Null for symbols that cannot be written down. */
function stepOf(key: PropertyKey): PathStep | null {
  if (typeof key !== 'symbol') return { key: String(key) };
  const symbol = symbolNames.get(key);
  if (symbol !== undefined) return { symbol };
  const symbolFor = Symbol.keyFor(key);
  return symbolFor === undefined ? null : { symbolFor };
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
    const madeBy: unknown = safely(() => ownProperty(at!, 'constructor')?.value);
    if (typeof madeBy !== 'function' || isNative(madeBy)) return;
    yield at;
  }
}

function* allPrototypes(object: object): Generator<object> {
  for (let at = safely(() => getPrototypeOf(object)); at && at !== Object.prototype; at = getPrototypeOf(at)) yield at;
}
