/**
 * Runs in the page. The place where calls of the target go through, and how to stand there without leaving a trace.
 */
import type { CaptureFailure } from '../errors.ts';
import { type Found, findProperty } from './walk.ts';

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, isExtensible } = Reflect;

type WrapReason = Extract<CaptureFailure, { code: 'cannot wrap' }>['reason'];

/** Something that can be put in the function's place and taken away again. */
export interface Place {
  /** False if the page refused. */
  put(standIn: object): boolean;
  /** Puts things back as they were. False if the page has put something else there since: that stays. */
  restore(standIn: object): boolean;
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
  const { owner, key, holder } = found;
  if (owner === undefined || key === undefined) return binding && bindingPlace(found.value, binding);
  return owner === holder ? ownPlace(owner, key, found.value) : inheritedPlace(owner, key);
}

function bindingPlace(original: unknown, binding: Binding): Place | WrapReason {
  try {
    binding.write(original);
  } catch {
    return 'const';
  }
  return {
    put(standIn) {
      binding.write(standIn);
      return true;
    },
    restore(standIn) {
      if (binding.read() !== standIn) return false;
      binding.write(original);
      return true;
    },
  };
}

/** Only the value is redefined, so every attribute stays, writable or not. */
function ownPlace(owner: object, key: PropertyKey, original: unknown): Place | WrapReason {
  const property = getOwnPropertyDescriptor(owner, key);
  if (!property?.writable && !property?.configurable) return 'read-only';
  return {
    put: (standIn) => defineProperty(owner, key, { value: standIn }),
    restore(standIn) {
      if (getOwnPropertyDescriptor(owner, key)?.value !== standIn) return false;
      return defineProperty(owner, key, { value: original });
    },
  };
}

/** An inherited method gets an own property in front of it, as hidden from loops as the inherited one. */
function inheritedPlace(owner: object, key: PropertyKey): Place | WrapReason {
  if (!isExtensible(owner)) return 'not extensible';
  const enumerable = findProperty(owner, key)?.property.enumerable ?? false;
  return {
    put: (value) => defineProperty(owner, key, { value, enumerable, writable: true, configurable: true }),
    restore(standIn) {
      if (getOwnPropertyDescriptor(owner, key)?.value !== standIn) return false;
      return deleteProperty(owner, key);
    },
  };
}
