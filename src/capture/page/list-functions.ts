/**
 * Runs in the page, without attaching: which functions are there. A slice at a time, so that the page goes on in between;
 * what one slice leaves to the next is said in paths, since nothing of ours may stay in the page.
 */
import type { Holder, Listing, Side, Slice } from '../list-functions.ts';
import { type Accessor, formatAccessor, formatStep, type PathStep } from '../target.ts';
import { isHolder, isNative, keyOf, kindOf, ownProperty } from './walk.ts';

const { getPrototypeOf, ownKeys } = Reflect;

/** Steps from the global object to the deepest functions listed: `Widget.prototype.render`. */
const LEVELS = 3;
const MOST_FUNCTIONS = 20_000;
/** Each slice looks all of them up again. */
const MOST_HOLDERS = 10_000;
const CHECK_TIME_EVERY = 64;
/** Larger objects are not looked through twice. */
const LARGE = 1000;
/** Properties that every function has. */
const ownOfFunctions = new Set<PropertyKey>(['length', 'name', 'prototype', 'arguments', 'caller']);

/**
 * Breadth first, so that each function is listed under its shortest path's owner first and cycles end. The browser's own
 * functions, where they are asked for, come last.
 */
export function listSlice(listing: Listing): Slice {
  return new Slicing(listing).run();
}

class Slicing {
  readonly #natives: boolean;
  readonly #until: number;
  readonly #holders: Record<Side, Holder[]>;
  readonly #seen = new Set<object>([globalThis, Object.prototype, Function.prototype]);
  readonly #next: Record<Side, number>;
  readonly #lines = { own: '', native: '' };
  #side: Side;
  #key: number;
  #count: number;
  #looked = 0;

  constructor({ natives, milliseconds, holders, next, side, key, count }: Listing) {
    this.#natives = natives;
    this.#until = now() + milliseconds;
    this.#holders = holders;
    this.#next = next;
    this.#side = side;
    this.#key = key;
    this.#count = count;
    for (const holder of [...holders.own, ...holders.native]) {
      const object = holder.up === 0 ? resolve(holder) : null;
      if (object) this.#seen.add(object);
    }
  }

  run(): Slice {
    const known = { own: this.#holders.own.length, native: this.#holders.native.length };
    const isThrough = this.#listUntilTimeIsUp();
    const { own, native } = this.#holders;
    return {
      lines: this.#lines,
      found: { own: own.slice(known.own), native: native.slice(known.native) },
      next: this.#next,
      side: this.#side,
      key: this.#key,
      count: this.#count,
      isLast: isThrough || this.#count >= MOST_FUNCTIONS,
      isCutOff: this.#count >= MOST_FUNCTIONS || own.length + native.length >= MOST_HOLDERS,
    };
  }

  /** Returns whether nothing is left. */
  #listUntilTimeIsUp(): boolean {
    for (let holder = this.#current(); holder; holder = this.#current()) {
      const object = resolve(holder);
      if (object && !this.#listPropertiesOf(object, holder)) return false;
      // Methods that an instance has of its classes are called through the instance too.
      if (object && object !== globalThis && typeof object !== 'function' && !holder.isPrototype) {
        const isTheDocument = isDocument(object);
        let up = 0;
        for (const _ of isTheDocument ? allPrototypes(object) : pagePrototypes(object))
          this.#keep({ steps: holder.steps, up: ++up, isPrototype: true }, isTheDocument);
      }
      this.#next[this.#side]++;
      this.#key = 0;
    }
    return true;
  }

  /** What is to be listed; the browser's own only once the page's is at its end, though not left half way. */
  #current(): Holder | undefined {
    if (this.#key === 0) this.#side = this.#next.own < this.#holders.own.length ? 'own' : 'native';
    return this.#holders[this.#side][this.#next[this.#side]];
  }

  /** Returns whether all of them were listed. */
  #listPropertiesOf(object: object, holder: Holder): boolean {
    const path = object === globalThis ? null : pathOf(holder.steps);
    const keys = safely(() => ownKeys(object)) ?? [];
    for (; this.#key < keys.length; this.#key++) {
      if (this.#count >= MOST_FUNCTIONS || (++this.#looked % CHECK_TIME_EVERY === 0 && now() > this.#until))
        return false;
      const key = keys[this.#key]!;
      if (isSkipped(object, key, holder.isPrototype)) continue;
      const step = stepOf(key);
      const property = step && safely(() => ownProperty(object, key));
      if (!property) continue;
      const next = path === null ? pathOf([step]) : path + formatStep(step);
      this.#listProperty(property, step, next, holder);
    }
    return true;
  }

  #listProperty(property: PropertyDescriptor, step: PathStep, path: string, { steps, isPrototype }: Holder): void {
    const isGlobal = steps.length === 0;
    for (const half of ['get', 'set'] as const) {
      const fn = property[half];
      // The window's own are its events, a hundred of them.
      if (fn && !(isGlobal && isNative(fn))) this.#listFunction(fn, path, isPrototype, half);
    }
    const value: unknown = isGlobal && 'key' in step && step.key === 'document' ? document : property.value;
    const way = [...steps, step];
    if (typeof value === 'function') {
      const isForeign = this.#listFunction(value, path, isPrototype, null);
      if (isForeign && !this.#natives) return;
      this.#enqueue(value, way, false, isForeign);
      const prototype: unknown = ownProperty(value, 'prototype')?.value;
      if (isHolder(prototype)) this.#enqueue(prototype, way, true, isForeign);
    } else if (isHolder(value) && (isOfThePage(value) || (this.#natives && isDocument(value))))
      this.#enqueue(value, way, false, isDocument(value));
  }

  /** Returns whether it is the browser's own. */
  #listFunction(fn: object, path: string, isMethod: boolean, accessor: Accessor | null): boolean {
    const isForeign = isNative(fn);
    if (isForeign && !this.#natives) return true;
    this.#count++;
    const kind = `${isForeign ? 'native ' : ''}${kindOf(fn, isMethod, accessor)}`;
    this.#lines[isForeign ? 'native' : 'own'] += `${kind}\t${path}${formatAccessor(accessor)}\n`;
    return isForeign;
  }

  /** Takes a note of what a way leads to, or of the prototype there, if it is not known yet and anything can be listed of it. */
  #enqueue(object: object, way: readonly PathStep[], isPrototype: boolean, isForeign: boolean): void {
    if (way.length + (isPrototype ? 1 : 0) >= LEVELS || this.#seen.has(object)) return;
    if (!isDocument(object) && !leadsOn(object, isPrototype)) return;
    this.#seen.add(object);
    const steps = isPrototype ? [...way, { key: 'prototype' }] : way;
    this.#keep({ steps, up: 0, isPrototype }, isForeign);
  }

  #keep(holder: Holder, isForeign: boolean): void {
    const { own, native } = this.#holders;
    if (own.length + native.length < MOST_HOLDERS) (isForeign ? native : own).push(holder);
  }
}

/** Where the page has broken its clock, the numbers of functions and holders are the only limits. */
function now(): number {
  try {
    return performance.now();
  } catch {
    return 0;
  }
}

/** What a path leads to now, by the values of its properties alone. */
function resolve({ steps, up }: Holder): object | null {
  let at: unknown = globalThis;
  for (const step of steps) {
    const owner = at;
    if (!isHolder(owner)) return null;
    const isTheDocument = owner === globalThis && 'key' in step && step.key === 'document';
    at = isTheDocument ? document : safely(() => ownProperty(owner, keyOf(step))?.value);
  }
  for (let i = 0; i < up && isHolder(at); i++) {
    const below = at;
    at = safely(() => getPrototypeOf(below));
  }
  return isHolder(at) ? at : null;
}

function isSkipped(object: object, key: PropertyKey, isPrototype: boolean): boolean {
  return typeof object === 'function' ? ownOfFunctions.has(key) : isPrototype && key === 'constructor';
}

/** Whether anything can be listed of it: most functions have nothing of their own, and most objects only data. */
function leadsOn(object: object, isPrototype: boolean): boolean {
  const keys = safely(() => ownKeys(object)) ?? [];
  if (keys.length > LARGE) return true;
  for (const key of keys) {
    if (isSkipped(object, key, isPrototype)) continue;
    const property = safely(() => ownProperty(object, key));
    if (property && (property.get || property.set || isHolder(property.value))) return true;
  }
  return typeof object !== 'function' && !isPrototype && pagePrototypes(object).next().done === false;
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

/** From the bare name of a global on. */
function pathOf([first, ...rest]: readonly PathStep[]): string {
  const text = formatStep(first!);
  const root = text.startsWith('.') ? text.slice(1) : `window${text}`;
  return root + rest.map(formatStep).join('');
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
