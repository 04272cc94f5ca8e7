/**
 * Runs in the page. The place where calls of the target go through, and how to stand there without leaving a trace.
 */
import type { CaptureFailure } from '../errors.ts';
import type { Accessor } from '../target.ts';
import { type Bare, type Found, findProperty, ownProperty, sourceOf } from './walk.ts';

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, isExtensible } = Reflect;
const { eval: indirectEval } = globalThis;

type WrapReason = Extract<CaptureFailure, { code: 'cannot wrap' }>['reason'];

/** None of its methods throws, whatever a proxy of the page's does on being touched. */
export interface Place {
  /** Whether that stands there now. */
  holds(fn: object): boolean;
  /** Puts a function there. False if the page won't have it. */
  stand(fn: object): boolean;
  /** Leaves the place as it was found. False if the page won't have it. */
  leave(): boolean;
}

/** A top-level let or class: only an assignment by name reaches it. */
export interface Binding {
  read(): unknown;
  write(value: unknown): void;
}

/**
 * The place of a function that was found, or why nothing else can stand there; null for one that an expression made and
 * that stands nowhere. Changes nothing.
 */
export function placeOf(found: Found, binding: Binding | null): Place | WrapReason | null {
  const { owner, key, holder, value } = found;
  const field = found.accessor ?? 'value';
  // Code that it is given sees the caller's variables only when the very function is called by its name.
  if (value === indirectEval) return 'eval';
  if (hasPrivateStatics(value as object)) return 'private static';
  if (owner === undefined || key === undefined) return binding && bindingPlace(value, binding);
  return owner === holder ? ownPlace(owner, key, field, value) : inheritedPlace(owner, key, field);
}

/** The debugger shows private static fields, but not methods. */
function hasPrivateStatics(fn: object): boolean {
  const source = sourceOf(fn);
  return source.startsWith('class') && /\bstatic\s+(async\b\s*)?(\*\s*)?([gs]et\b\s*)?#/.test(source);
}

function bindingPlace(original: unknown, binding: Binding): Place | WrapReason {
  const stand = (value: unknown) => {
    try {
      binding.write(value);
      return true;
    } catch {
      return false;
    }
  };
  if (!stand(original)) return 'const';
  return { holds: (fn) => binding.read() === fn, stand, leave: () => stand(original) };
}

/** The field of a property's descriptor in which the function stands. */
type Field = 'value' | Accessor;

/** Only that field is redefined, so every attribute stays, writable or not. */
function ownPlace(owner: object, key: PropertyKey, field: Field, original: unknown): Place | WrapReason {
  const property = ownProperty(owner, key);
  if (isModule(owner)) return 'module';
  if (!property?.configurable && !(field === 'value' && property?.writable)) return 'read-only';
  const stand = redefiner(owner, key, field, { __proto__: null });
  return { holds: (fn) => isHeld(owner, key, field, fn), stand, leave: () => stand(original) };
}

/** The namespace of a module says that its exports can be written, and yet only the module itself can. */
function isModule(owner: object): boolean {
  const tag = ownProperty(owner, Symbol.toStringTag);
  return tag?.value === 'Module' && !tag.configurable && !isExtensible(owner);
}

/** What is inherited gets an own property in front of it, as hidden from loops as the inherited one. */
function inheritedPlace(owner: object, key: PropertyKey, field: Field): Place | WrapReason {
  const inherited = findProperty(owner, key)?.property;
  if (!isExtensible(owner)) return 'not extensible';
  const attributes: PropertyDescriptor = { ...inherited, configurable: true };
  if (field === 'value') attributes.writable = true;
  const sealed = redefiner(owner, key, field, { __proto__: null });
  return {
    holds: (fn) => isHeld(owner, key, field, fn),
    stand: redefiner(owner, key, field, { __proto__: null, ...attributes }),
    // A property that the page has sealed in meanwhile stays, but as what was inherited.
    leave: () => remove(owner, key) || sealed(inherited?.[field]),
  };
}

function remove(owner: object, key: PropertyKey): boolean {
  try {
    return deleteProperty(owner, key);
  } catch {
    return false;
  }
}

function isHeld(owner: object, key: PropertyKey, field: Field, fn: object): boolean {
  try {
    return getOwnPropertyDescriptor(owner, key)?.[field] === fn;
  } catch {
    return false;
  }
}

/** One descriptor serves every call: making one takes as long as all the rest. */
function redefiner(owner: object, key: PropertyKey, field: Field, property: PropertyDescriptor & Bare) {
  return (value: unknown): boolean => {
    property[field] = value as () => unknown;
    try {
      return defineProperty(owner, key, property);
    } catch {
      return false;
    }
  };
}
