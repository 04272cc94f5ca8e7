/**
 * Runs in the page. Walks a path by property descriptors, so that no getter of the page ever runs.
 */
import type { CaptureFailure } from '../errors.ts';
import { type Accessor, formatAccessor, formatStep, type PathStep } from '../target.ts';

// Taken at load: the page may replace them later.
const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, setPrototypeOf } = Reflect;
const { toString: sourceText } = Function.prototype;

/** A function's source, as it says itself. */
export function sourceOf(fn: object): string {
  return apply(sourceText, fn, []);
}

export type Holder = object;

/** Where a value was found. */
export interface Found {
  readonly ok: true;
  readonly path: string;
  readonly value: unknown;
  /** What the last step was taken on; `this` of a call. Missing for a root. */
  readonly owner?: Holder;
  readonly key?: PropertyKey;
  /** The object that has the property: the owner, or one that it inherits from. */
  readonly holder?: Holder;
  /** The half of the property that the value is; null where the property holds it. */
  readonly accessor: Accessor | null;
}
export type Walked = Found | { readonly ok: false; readonly failure: CaptureFailure };

export function isHolder(value: unknown): value is Holder {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

/** What makes an object one that inherits nothing, whatever a page has put into the prototype of all others. */
export interface Bare {
  readonly __proto__: null;
}

/** The descriptor of an own property, which has its own fields alone. */
export function ownProperty(of: Holder, key: PropertyKey): PropertyDescriptor | undefined {
  const property = getOwnPropertyDescriptor(of, key);
  if (property) setPrototypeOf(property, null);
  return property;
}

/** The property of an object or what it inherits, without running anything but the traps of a page-made proxy. */
export function findProperty(of: Holder, key: PropertyKey): { holder: Holder; property: PropertyDescriptor } | null {
  for (let holder: Holder | null = of; holder; holder = getPrototypeOf(holder)) {
    const property = ownProperty(holder, key);
    if (property) return { holder, property };
  }
  return null;
}

/** From a value to the target. */
export interface Way {
  readonly steps: readonly PathStep[];
  /** Never left out, since the page may have put one on every object, and never null, which gets lost on the way here. */
  readonly accessor: Accessor | 'any';
}

/** How a path begins: the root by its bare name. */
export interface Root {
  readonly name: string;
  /** A top-level let, const or class has this name, which then hides a property of the window. */
  readonly isLexical: boolean;
  read(): unknown;
}

/** Walks from the global scope. No getter is run but the browser's own, such as `document` and `performance`. */
export function walkFromRoot(root: Root, way: Way): Walked {
  const { steps, accessor } = way;
  const path = root.name;
  const found = root.isLexical ? null : findProperty(globalThis, path);
  const isAccessor = found !== null && !('value' in found.property);
  if (isAccessor && steps.length === 0) return take(globalThis, path, path, accessor);
  if (isAccessor && !isReadable(found.property)) return fail({ code: 'behind getter', path });
  let value: unknown;
  try {
    value = root.read();
  } catch {
    return fail({ code: 'not found', path, ...near(path, '', globalThis) });
  }
  const isProperty = found !== null && (isAccessor || found.property.value === value);
  const start: Found = isProperty
    ? { ok: true, path, value, owner: globalThis, key: path, holder: found.holder, accessor: null }
    : { ok: true, path, value, accessor: null };
  return walk(start, way);
}

/** Whether reading a property runs no code of the page. */
function isReadable(property: PropertyDescriptor): boolean {
  // The browser's getters say their names; a bound function or a proxy, which may run anything, has none to say.
  return (
    'value' in property ||
    (!!property.get && /^function get \w+\(\) \{ \[native code\] \}$/.test(sourceOf(property.get)))
  );
}

/** Walks on from a value. Where the last property is an accessor, the value found is the half asked for. */
export function walk(start: Found, { steps, accessor }: Way): Walked {
  if (steps.length === 0 && accessor !== 'any') return fail({ code: 'no accessor', path: start.path, accessor });
  let at = start;
  for (const [i, step] of steps.entries()) {
    const { value: owner } = at;
    const path = at.path + formatStep(step);
    if (!isHolder(owner)) return fail({ code: 'not a function', path: at.path, type: typeName(owner) });
    const key = keyOf(step);
    try {
      const found = findProperty(owner, key);
      if (!found) return fail({ code: 'not found', path, ...near(key, at.path, owner) });
      if (i === steps.length - 1) return take(owner, key, path, accessor);
      const { property, holder } = found;
      if (!isReadable(property)) return fail({ code: 'behind getter', path });
      const value: unknown = property.get ? apply(property.get, owner, []) : property.value;
      at = { ok: true, path, value, owner, key, holder, accessor: null };
    } catch (error) {
      // Windows of other origins and revoked proxies throw when they are looked at.
      const message = error instanceof Error ? error.message : '';
      return fail({ code: 'evaluation threw', text: path, message });
    }
  }
  return at;
}

/** What a property holds, or a half of it where it is an accessor. */
function take(owner: Holder, key: PropertyKey, path: string, asked: Way['accessor']): Walked {
  const { holder, property } = findProperty(owner, key)!;
  if ('value' in property) {
    if (asked !== 'any') return fail({ code: 'no accessor', path, accessor: asked });
    return { ok: true, path, value: property.value, owner, key, holder, accessor: null };
  }
  const accessor = asked !== 'any' ? asked : property.get ? 'get' : 'set';
  const value = property[accessor];
  if (!value) return fail({ code: 'no accessor', path, accessor });
  return { ok: true, path: path + formatAccessor(accessor), value, owner, key, holder, accessor };
}

function fail(failure: CaptureFailure): Walked {
  return { ok: false, failure };
}

export function keyOf(step: PathStep): PropertyKey {
  if ('key' in step) return step.key;
  if ('symbolFor' in step) return Symbol.for(step.symbolFor);
  const symbol = ownProperty(Symbol, step.symbol)?.value;
  return typeof symbol === 'symbol' ? symbol : `[Symbol.${step.symbol}]`;
}

/** What people call the type of a value: `string`, `array`, `null`, `object` … */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

export function isNative(fn: object): boolean {
  return /\{\s*\[native code\]\s*\}\s*$/.test(sourceOf(fn));
}

const kindByPrototype = new Map<unknown, string>([
  [getPrototypeOf(async () => {}), 'async function'],
  [getPrototypeOf(function* () {}), 'generator'],
  [getPrototypeOf(async function* () {}), 'async generator'],
]);

/** What a function is called by people. */
export function kindOf(fn: object, isMethod: boolean, accessor: Accessor | null): string {
  if (accessor) return accessor === 'get' ? 'getter' : 'setter';
  const kind = kindByPrototype.get(getPrototypeOf(fn));
  if (kind) return kind;
  if (sourceOf(fn).startsWith('class')) return 'class';
  return isMethod ? 'method' : 'function';
}

/** The name most like a missing one, when it is at most two letters off, as the whole path to it. */
function near(wanted: PropertyKey, ownerPath: string, owner: Holder): { near?: string } {
  if (typeof wanted !== 'string') return {};
  let best: string | undefined;
  let bestDistance = Math.min(3, wanted.length);
  for (let holder: Holder | null = owner; holder && holder !== Object.prototype; holder = getPrototypeOf(holder)) {
    for (const key of ownKeys(holder)) {
      if (typeof key !== 'string' || Math.abs(key.length - wanted.length) >= bestDistance) continue;
      const distance = key.toLowerCase() === wanted.toLowerCase() ? 0 : editDistance(key, wanted);
      if (distance < bestDistance) [best, bestDistance] = [key, distance];
    }
  }
  if (best === undefined) return {};
  return { near: ownerPath === '' ? best : ownerPath + formatStep({ key: best }) };
}

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(previous[j]! + 1, row[j - 1]! + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length]!;
}
